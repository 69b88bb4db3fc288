"""What a search and a look-up answer: the shapes that are written as JSON, and from which OpenAPI is described.

A hit's parts have the shapes they have in the record.  Absent is absent: a default is left out.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from search.patent.model import Legal, Party, Symbol


class Answered(Struct, omit_defaults=True, kw_only=True, frozen=True):
    """Base of what goes out: keys with their default left out."""


class Translation(Answered, frozen=True):
    """The query in one language."""

    text: Annotated[str, Meta(description="What the language can't say stands in braces.", examples=["ti=battery and pa=siemens"])]
    warnings: Annotated[list[str], Meta(description="What the language does not carry, in the caller's language.")] = []


class Wider(Answered, frozen=True):
    """A term of the question that was widened, as asked: by words that mean the same, or by other names of an applicant."""

    clause: Annotated[str, Meta(description="The term in the native language.", examples=["battery"])]
    added: Annotated[list[str], Meta(description="What is sought too.", examples=[["电池", "accumulator"]])] = []
    left_out: Annotated[list[str], Meta(description="What `without` kept from being sought.")] = []


class Understood(Answered, frozen=True):
    """The query as it was understood."""

    canonical: Annotated[str, Meta(description="The query in the native language, complete and unambiguous.", examples=["电池"])]
    dialect: Annotated[str, Meta(description="The dialect it was read in.", examples=["native"])]
    warnings: Annotated[list[str], Meta(description="What may have been meant otherwise, in the caller's language.")] = []
    expanded: Annotated[bool, Meta(description="Whether a class was searched with more than its symbol.")] = False
    translations: Annotated[dict[str, Translation], Meta(description="The query in each language, where they were asked for.")] = {}
    widened: Annotated[list[Wider], Meta(description="Terms widened by synonyms or other names, where these were asked for.")] = []


class Remark(Answered, frozen=True):
    """What may have been meant otherwise."""

    code: str
    position: Annotated[int, Meta(description="The code point it is about, counted from 0.")]
    message: Annotated[str, Meta(description="In the caller's language.")]


class ParsedQuery(Answered, frozen=True):
    """A query read, and written in every language."""

    tree: Annotated[dict[str, Any], Meta(description="`node` is the kind: all word wild value range not and or near ref.")]
    canonical: Annotated[str, Meta(description="The query in the native language, complete and unambiguous.")]
    dialect: Annotated[str, Meta(description="The dialect it was read in.")]
    translations: dict[str, Translation]
    warnings: list[Remark] = []


class Passage(Answered, frozen=True):
    """A text of the document, or a part of it around what was found."""

    text: str
    spans: Annotated[list[tuple[int, int]], Meta(description="Code-point offsets into `text`, start and end.")]
    lang: str | None = None


class Held(Struct, frozen=True, kw_only=True):
    """What a search reads of a stored document; its other keys are passed over, which is what makes a page cheap."""

    number: str
    kind: str | None = None
    stage: str | None = None
    type: str | None = None
    titles: dict[str, str] = {}
    abstracts: dict[str, str] = {}
    applicants: tuple[Party, ...] = ()
    publication_date: str | None = None
    ipc: tuple[Symbol, ...] = ()
    legal: Legal | None = None


class Hit(Answered, frozen=True):
    """A document of the page. Only `number`, `score` and `gone` stand where it was deleted after the cursor's view was made."""

    number: str
    score: float
    gone: bool = False
    stage: str | None = None
    type: str | None = None
    titles: dict[str, str] = {}
    abstracts: dict[str, str] = {}
    applicants: tuple[Party, ...] = ()
    publication_date: str | None = None
    ipc: tuple[Symbol, ...] = ()
    legal: Legal | None = None
    highlights: Annotated[dict[str, list[Passage]], Meta(description="What the query found, by field.")] = {}


class Count(Answered, frozen=True):
    """A value of a facet; `label` is in the caller's language."""

    value: str
    label: str
    count: int


Change = Literal["spelling", "field", "name", "number", "class", "words", "distance", "left_out"]


class Instead(Answered, frozen=True):
    """A query that finds something: the question with one part changed or left out, under the same filters; `alone`, that part
    by itself without filters, where with the rest of the question it still finds nothing."""

    change: Annotated[Change, Meta(description="What is otherwise: how a word is spelled, its field, a nearer name …")]
    query: Annotated[str, Meta(description="In the native language.", examples=["abstract:电池"])]
    count: Annotated[int, Meta(description="The exact number of documents that the query finds.")]
    alone: bool = False


class Clause(Answered, frozen=True):
    """One part of the question alone, and how many documents it has."""

    clause: Annotated[str, Meta(examples=["title:电池"])]
    count: int
    instead: Annotated[list[Instead], Meta(description="What could be asked instead of it.")] = []


class Checked(Answered, frozen=True):
    """How many of the documents that have the words of a distance were looked at, each field by itself."""

    looked_at: Annotated[int, Meta(examples=[180000])]
    of: Annotated[int, Meta(examples=[412000])]


class Found(Answered, frozen=True):
    """The answer to a search."""

    query: Understood
    total: Annotated[int, Meta(description="The exact number of documents; with `checked`, of those that were looked at.")]
    took_ms: Annotated[float, Meta(description="Milliseconds from the question to this answer.")]
    hits: list[Hit]
    checked: Annotated[
        Checked | None,
        Meta(description="Only where a distance had more candidates than could be looked at, the last loaded first: narrow it."),
    ] = None
    facets: dict[str, list[Count]] = {}
    families: Annotated[int | None, Meta(description="The exact number of families, where it was asked for.")] = None
    applications: Annotated[int | None, Meta(description="The exact number of applications, where it was asked for.")] = None
    cursor: Annotated[str | None, Meta(description="Continues the stable view; absent at its end.")] = None
    recorded_as: Annotated[int | None, Meta(description="Its number in the caller's history, where it was written down.")] = None
    why: Annotated[list[Clause], Meta(description="For no hit at all: what each part of the question finds alone.")] = []
