"""What goes in and out of the routes of oversight."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from auth.http.body import StrictModel
from auth.oversight.calls import Person, Shown
from auth.oversight.model import Answer, Replies
from auth.projects.schemas import Digest, Id, TargetId
from auth.registration.model import Position
from auth.targets.sampling import Outcome

MAX_PEOPLE = 1_000


class CommitmentBody(StrictModel):
    """The SHA-256 of a nonce of 32 random bytes that the bureau made and keeps to itself."""

    target: TargetId = Field(default="new_users", description="one that counts registrations")
    commitment: Digest


class DrawBody(StrictModel):
    """The nonce, and how many are to be called."""

    nonce: str = Field(pattern=r"^[0-9a-f]{64}$", description="32 bytes in hexadecimal")
    people: int = Field(ge=1, le=MAX_PEOPLE)


class RepliesBody(StrictModel):
    """The three questions."""

    self: bool = Field(description="signed up himself")
    rd: bool = Field(description="works in research and development at the enterprise named")
    used: bool = Field(description="used the system")

    def read(self) -> Replies:
        """The answers."""
        return Replies(self=self.self, rd=self.rd, used=self.used)


class CallBody(StrictModel):
    """What became of a call: the answers, or that nobody was reached."""

    unreachable: bool = False
    replies: RepliesBody | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if self.unreachable == (self.replies is not None):
            raise PydanticCustomError("one_outcome", "either replies, or unreachable")
        return self


class AnswerBody(RepliesBody):
    """The answers of the person who was drawn, with the code of the message."""

    code: str = Field(min_length=1, max_length=100, repr=False)


class SampleView(BaseModel):
    """A sample in numbers; nobody is named."""

    id: str
    target: str
    commitment: str
    committed_at: datetime
    checkpoint: str = Field(description="signed after the commitment: the draw is from its root")
    nonce: str | None = Field(description="once the sample is closed")
    population: int | None
    drawn: int
    yes: int
    no: int
    unreachable: int
    open: int
    drawn_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome | None

    @classmethod
    def of(cls, shown: Shown) -> Self:
        sample, tally = shown.sample, shown.tally
        fields = ("id", "target", "commitment", "committed_at", "checkpoint", "population", "drawn_at", "closed_at")
        counts = {name: getattr(tally, name) for name in ("drawn", "yes", "no", "unreachable", "open")}
        nonce = sample.nonce if sample.closed_at else None
        return cls(**{name: getattr(sample, name) for name in fields}, **counts, nonce=nonce, outcome=shown.outcome)


class PersonView(BaseModel):
    """One of those drawn, in the order of calling; name and contact only of who allowed to be called, while the sample is open."""

    place: int
    seq: int
    enterprise: str | None
    role: Position | None
    name: str | None
    contact: str | None
    answer: Answer | None
    by: Annotated[str | None, Field(description="`person` or `officer`")]
    answered_at: datetime | None

    @classmethod
    def of(cls, person: Person) -> Self:
        drawn = person.sampled
        return cls(
            place=drawn.place,
            seq=drawn.seq,
            enterprise=person.enterprise,
            role=person.role,
            name=person.name,
            contact=person.contact,
            answer=drawn.answer,
            by=drawn.by,
            answered_at=drawn.answered_at,
        )


class SampleDetail(SampleView):
    """A sample with those drawn."""

    people: list[PersonView] = []


class EnoughView(BaseModel):
    """If so many per cent are false: how many must be called to meet at least one with this chance."""

    false_percent: int
    chance_90: int
    chance_95: int
    chance_99: int


class Samples(BaseModel):
    """The samples of a project, the newest first; the table of how many to call is for what counts today."""

    items: list[SampleView]
    enough: list[EnoughView]


class MoveBody(StrictModel):
    """Which registration is credited to which project's agency, by which document."""

    account: Id
    to: Id = Field(description="the project it comes to, of another agency that the caller oversees")
    document_sha256: Digest
