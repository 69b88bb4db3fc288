"""A sample of the counted, and what each of them said."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Answer(StrEnum):
    """Three classes; who was not reached has not said no."""

    YES = "yes"
    NO = "no"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Replies:
    """The three questions: did he sign up himself, does he work in research at that enterprise, did he use the system."""

    self: bool
    rd: bool
    used: bool

    @property
    def answer(self) -> Answer:
        """Yes to all three is a yes."""
        return Answer.YES if self.self and self.rd and self.used else Answer.NO


@dataclass(frozen=True, slots=True)
class Sample:
    """Committed to, then drawn, then closed. `checkpoint` is the signed note that was made with the commitment: the draw is from
    its root. `nonce` (hexadecimal), `population` and `drawn_at` come with the draw."""

    id: str
    project: str
    target: str
    commitment: str
    committed_at: datetime
    checkpoint: str
    nonce: str | None = None
    population: int | None = None
    drawn_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sampled:
    """Who was drawn at `place` (from 1, the order of calling) by the fact `seq`; `account` is ``None`` once it was erased. `by`:
    `person` or `officer`."""

    place: int
    seq: int
    account: str | None
    answer: Answer | None
    by: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of those drawn said what; who has not answered is `open` till the sample is closed, then unreachable."""

    drawn: int
    yes: int
    no: int
    unreachable: int

    @property
    def open(self) -> int:
        """Those of whom nothing is known."""
        return self.drawn - self.yes - self.no - self.unreachable
