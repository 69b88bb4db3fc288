"""What is answered of a document's relatives, within what is loaded."""

from typing import Annotated, Literal

from msgspec import Meta, field

from search.find.answers import Answered
from search.patent.model import Confidence, LegalEvent

Rule = Literal["family", "priorities", "application", "alone"]


class Relative(Answered, frozen=True):
    """A document that is held, in short."""

    number: str
    stage: str | None = None
    publication_date: str | None = None
    titles: dict[str, str] = field(default_factory=dict)


class Family(Answered, frozen=True):
    """The publications of one invention that are held, the document itself among them."""

    number: str
    rule: Annotated[Rule, Meta(description="By what they belong together, the first of these that tells of anything.")]
    said: Annotated[str, Meta(description="The rule in the caller's language.")]
    total: Annotated[int, Meta(description="The exact number of members held.")]
    members: Annotated[list[Relative], Meta(description="By date of publication, 200 at most.")]
    family: Annotated[str | None, Meta(description="The family that sources name.")] = None
    query: Annotated[str | None, Meta(description="Opens all members, where a query can.")] = None


class Cited(Answered, frozen=True):
    """A citation of the document."""

    number: str
    category: Annotated[str | None, Meta(description="WIPO ST.14.", examples=["X"])] = None
    phase: str | None = None
    date: str | None = None
    held: Annotated[list[str], Meta(description="The publication under this number, else its other kinds.")] = field(
        default_factory=list
    )


class Citing(Relative, frozen=True):
    """A document held that cites this one."""

    cited_as: str | None = None
    category: str | None = None
    phase: str | None = None


class Citations(Answered, frozen=True):
    """What the document cites and, of the documents held, which cite it under any of its kinds."""

    number: str
    cited_total: int
    cited_held: Annotated[int, Meta(description="Of how many cited numbers a publication is held.")]
    citing_total: Annotated[int, Meta(description="The exact number of documents held that cite it.")]
    said: Annotated[str, Meta(description="How far the counts reach, in the caller's language.")]
    query: Annotated[str, Meta(description="Opens all that cite it.", examples=["cites:CN107771443"])]
    cited: list[Cited] = field(default_factory=list)
    npl: list[str] = field(default_factory=list)
    citing: Annotated[list[Citing], Meta(description="The newest first, 100 at most.")] = field(default_factory=list)


class LegalStatus(Answered, frozen=True):
    """The legal status of the document's application, reckoned for the day of the answer."""

    number: str
    as_of: Annotated[str, Meta(description="The day, in Shanghai.")]
    status: str
    label: Annotated[str, Meta(description="The status in the caller's language.")]
    confidence: Confidence
    log: Annotated[list[LegalEvent], Meta(description="What it follows from: dates, events and, of what was reckoned, rules.")]
    publications: Annotated[list[str], Meta(description="The publications of the application that were looked at.")]
    said: Annotated[str, Meta(description="That it is not official, in the caller's language.")]
    since: str | None = None
    next_change: Annotated[str | None, Meta(description="The day the calendar changes it.")] = None
    indexed: Annotated[str | None, Meta(description="The status that searches find it by, where that is another still.")] = None
