"""What goes in and out of collections, over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from auth.http.body import StrictModel
from search.saved.collections.model import PROJECT, Chain, Stands
from search.saved.collections.service import Wanted
from search.saved.collections.works import Said
from search.saved.schemas import Dialect, Name

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.-]{1,20}$")]
Number = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
Numbers = Annotated[list[Number], Field(min_length=1, max_length=10_000)]
PresetName = Literal["integrated_circuits", "aerospace", "automobiles", "green_petrochemicals", "light_industry"]
Asked = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8_000)]


class CollectionBody(StrictModel):
    """A collection to make; a `preset` brings its query and branches."""

    name: Name
    query: Asked = Field("", examples=["title:电池 AND ipc:H01M"], description="Empty: of what is put in alone.")
    dialect: Dialect = "auto"
    about: Text = ""
    columns: list[Short] = Field(default=[], max_length=20, description="Fields of its own, for each document.")
    preset: PresetName | None = None

    def wanted(self) -> Wanted:
        return Wanted(self.name, self.query, self.dialect, self.about, tuple(dict.fromkeys(self.columns)))


class ProjectBody(StrictModel):
    """A navigation project, from the need to its use: need, scene and plan; form of the result; use afterwards; filing number."""

    need: Text = ""
    scene: Text = ""
    plan: Text = ""
    result: Text = ""
    use: Text = ""
    filing: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""

    def parts(self) -> dict[str, str]:
        return {name: text for name in PROJECT if (text := getattr(self, name))}


class CollectionChange(StrictModel):
    """What is to be otherwise; what is left out stays."""

    name: Name | None = None
    query: Asked | None = None
    dialect: Dialect = "auto"
    about: Text | None = None
    columns: list[Short] | None = Field(default=None, max_length=20)
    project: ProjectBody | None = None


class SharingBody(StrictModel):
    """Who sees it besides its owner."""

    organisation: bool = Field(description="The people of the owner's organisation see it and work on it.")
    enterprise: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        default=None, description="The people of this enterprise see it."
    )


class DocumentsBody(StrictModel):
    """Something said of documents; what is left out stays as it is."""

    numbers: Numbers
    stands: Literal["in", "out", "left"] | None = Field(default=None, description="Put in, put out, or left to the query again.")
    key: bool | None = Field(default=None, description="A key patent, shown in the roadmap.")
    note: Text | None = None
    tags: list[Short] = Field(default=[], max_length=20, description="Added to the tags it has.")
    untagged: list[Short] = Field(default=[], max_length=20, description="Tags to take off.")
    cells: dict[Short, Annotated[str, StringConstraints(max_length=500)]] | None = Field(
        default=None, description="The collection's own fields; an empty text clears one."
    )

    def said(self) -> Said:
        return Said(
            placed=self.stands is not None,
            stands=None if self.stands == "left" else self.stands,
            key=self.key,
            note=self.note,
            tags=tuple(self.tags),
            untagged=tuple(self.untagged),
            cells=self.cells,
        )


class BranchBody(StrictModel):
    """A branch as it is to be."""

    name: Name
    parent: Code | None = None
    place: Annotated[int, Field(ge=0, le=1_000)] = 0
    chain: Chain | None = Field(default=None, description="Upstream, midstream or downstream in the industry's chain.")
    rule: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)] = ""
    query: Asked = ""
    dialect: Dialect = "auto"


class MarksBody(StrictModel):
    """Documents put in or out of a branch by hand, judged, or known to belong there; without a `value` the marks are taken away."""

    kind: Literal["place", "sample", "known"]
    numbers: Numbers
    value: bool | None = None


class SampleBody(StrictModel):
    """How many documents to draw."""

    size: Annotated[int, Field(ge=1, le=500)] = 50


class SnapshotBody(StrictModel):
    """A name for a snapshot."""

    label: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""


class StepBody(StrictModel):
    """Whether the deed is to be undone, or done again."""

    undone: bool


class CollectionView(BaseModel):
    """A collection."""

    id: str
    name: str
    about: str
    query: str | None = Field(description="In the native language; null where it holds what was put in alone.")
    columns: list[str]
    project: dict[str, str]
    reference: str = Field(description="Names it in any query.", examples=['collection:"4f0a"'])
    organisation: str | None = Field(description="The organisation whose people work on it.")
    enterprise: str | None
    own: bool
    changed_at: datetime
    version: int


class BranchView(BaseModel):
    """A branch, and how many documents it holds; null where its query can't be asked, and `refused` says why."""

    code: str
    parent: str | None
    name: str
    chain: Chain | None
    rule: str
    query: str | None
    reference: str
    total: int | None
    refused: str | None = None


class CollectionWhole(CollectionView):
    """A collection with its branches, each before those below it."""

    total: int
    refused: str | None = Field(default=None, description="Why its query can't be asked.")
    branches: list[BranchView]


class CollectionList(BaseModel):
    """The collections that exist for the caller, by name."""

    items: list[CollectionView]


class DocumentView(BaseModel):
    """A document of a collection, and what was said of it."""

    number: str
    titles: dict[str, str]
    publication_date: str | None
    applicants: list[str]
    branches: list[str]
    stands: Stands | None
    key: bool
    note: str
    tags: list[str]
    cells: dict[str, str]


class DocumentList(BaseModel):
    """A page of documents."""

    total: int
    items: list[DocumentView]


class Done(BaseModel):
    """The number of the deed, null where nothing became otherwise; `code` is the branch's."""

    deed: int | None
    code: str | None = None


class RowView(BaseModel):
    """What became of a row: `found`, `waiting` for its document, or `refused`, with what to do."""

    line: int
    text: str
    outcome: Literal["found", "waiting", "refused"]
    documents: list[str]
    advice: str


class ImportView(BaseModel):
    """A verdict for each row; the deed can be undone."""

    deed: int | None
    counts: dict[str, int]
    unknown: list[str] = Field(description="Branches that rows name and the collection has not.")
    rows: list[RowView]


class RecordView(BaseModel):
    """A row whose document is not held yet."""

    number: str
    kind: Literal["publication", "application"]
    record: dict[str, object]


class RecordList(BaseModel):
    items: list[RecordView]


class ShareView(BaseModel):
    """A share with the interval that holds the true one in 95 of 100 samples; `share` is null where nothing was looked at."""

    hits: int
    of: int
    share: float | None
    low: float
    high: float


class EstimateView(BaseModel):
    """How precise and how complete a branch is."""

    precision: ShareView
    recall: ShareView
    unjudged: list[str] = Field(description="Drawn and still to be judged.")
    left: int = Field(description="Drawn, and no longer in the branch.")
    missed: list[str] = Field(description="Known to belong there, held, and not found.")
    absent: list[str] = Field(description="Known to belong there, and not held.")


class DrawnView(BaseModel):
    numbers: list[str]


class SnapshotView(BaseModel):
    """How many documents there were, and in each branch; `query` opens them as they were."""

    number: int
    taken_at: datetime
    label: str
    total: int
    branches: dict[str, int]
    query: str


class SnapshotList(BaseModel):
    items: list[SnapshotView]


class SinceView(BaseModel):
    """What came and went since a snapshot, and the queries that open these."""

    came: list[str]
    went: list[str]
    stayed: int
    came_query: str
    went_query: str


class DeedView(BaseModel):
    """Something that was done; `by` is the account that did it, null once it has left."""

    number: int
    by: str | None
    done_at: datetime
    deed: str
    what: str
    rows: int
    undone_at: datetime | None


class DeedList(BaseModel):
    items: list[DeedView]
    next: int | None


class CellView(BaseModel):
    """The key patents of a branch in a year."""

    branch: str
    year: int | None
    numbers: list[str]


class RoadmapView(BaseModel):
    """Key patents by branch and year of application."""

    years: list[int]
    cells: list[CellView]
