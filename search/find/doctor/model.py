"""What the number doctor says of the lines it is given."""

from typing import Annotated, Literal

from msgspec import Meta

from search.find.answers import Answered

LINES = 10_000
"""Lines that are taken at a time."""

Kind = Literal["found", "not_held", "check_digit", "ambiguous", "not_number", "blank"]


class Candidate(Answered, frozen=True):
    """A number that may have been meant; of an application, with the documents held of it."""

    number: str
    held: tuple[str, ...] = ()


class Verdict(Answered, frozen=True):
    """What one line is."""

    line: Annotated[int, Meta(description="Its place in what was sent, from 1.")]
    text: Annotated[str, Meta(description="The line as it was sent, to 100 characters.")]
    verdict: Annotated[
        Kind,
        Meta(
            description="`found`; `not_held`: well formed, nothing held; `check_digit`: a wrong check digit; `ambiguous`: several "
            "numbers may be meant; `not_number`; `blank`."
        ),
    ]
    number: Annotated[str | None, Meta(description="The number it was read as, canonical.")] = None
    held: Annotated[tuple[str, ...], Meta(description="The documents held under it, or of this application.")] = ()
    candidates: Annotated[tuple[Candidate, ...], Meta(description="What may have been meant; those held come first.")] = ()
    more: Annotated[bool, Meta(description="There are more candidates than are listed.")] = False
    same_as: Annotated[int | None, Meta(description="The earlier line that is the same number.")] = None
    advice: Annotated[str, Meta(description="What to do, in the caller's language; empty for what is found.")] = ""


class Examined(Answered, frozen=True):
    """The verdicts, how many of each there are, and the documents found, each once, ascending."""

    verdicts: list[Verdict]
    counts: dict[str, int]
    numbers: list[str]
