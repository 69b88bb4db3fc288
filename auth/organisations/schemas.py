"""What goes in and out of the routes of organisations."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from auth.http.body import StrictModel, Whole
from auth.organisations.model import Kind, Mark, Marked, Named

MAX_PAGE = 100

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
AddressText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
Region = Annotated[str, Field(pattern=r"^\d{6}$", description="division code of the registered address, six digits")]
CreditCodeText = Annotated[str, Field(min_length=18, max_length=40, description="统一社会信用代码, any spelling of its 18 signs")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the document, in hexadecimal")]
Figure = Annotated[int, Field(ge=0, le=10**9)]


class _Body(StrictModel):
    name: Name
    region: Region | None = Field(default=None, description="read from the address unless given")
    address: AddressText | None = None


class BureauBody(_Body):
    """A bureau or service centre to enter."""

    kind: Annotated[Kind, Field(description="bureau or service_centre")] = Kind.BUREAU
    parent: str | None = Field(default=None, max_length=64, description="the bureau above; the caller's own unless given")


class AgencyBody(_Body):
    """An agency, library or makerspace to enter."""

    kind: Annotated[Kind, Field(description="agency, library or makerspace")] = Kind.AGENCY
    parent: str | None = Field(default=None, max_length=64, description="the bureau above; the caller's own unless given")
    credit_code: CreditCodeText | None = None


class EnterpriseBody(_Body):
    """An enterprise to enter."""

    credit_code: CreditCodeText


class ChangeBody(StrictModel):
    """What is to change; what is left out stays. `version` is that of the object the change was made on."""

    version: Whole = Field(ge=1)
    name: Name | None = None
    region: Region | None = None
    address: AddressText | None = None

    def values(self) -> dict[str, str | None]:
        """The columns to set."""
        return {name: value for name, value in self.model_dump(exclude={"version"}).items() if value is not None}


class FiguresBody(StrictModel):
    """By what a size class is computed: the table that the operator loaded for the mark's first day says which are needed."""

    industry: str = Field(max_length=20, description="the industry's code in that table")
    staff: Figure | None = Field(default=None, description="从业人员, persons")
    revenue: Figure | None = Field(default=None, description="营业收入, in 10,000 yuan, rounded down")
    assets: Figure | None = Field(default=None, description="资产总额, in 10,000 yuan, rounded down")


class MarkBody(StrictModel):
    """A mark to enter."""

    mark: Mark
    value: str = Field(default="", max_length=20, description="the grade, of a mark that has grades; none where figures give it")
    figures: FiguresBody | None = Field(default=None, description="of size_class alone: what it is computed from")
    document_sha256: Digest
    first: date = Field(description="first day, inclusive")
    last: date | None = Field(default=None, description="last day, inclusive; none: until further notice")


class OrganisationView(BaseModel):
    """An organisation as those see it for whom it exists."""

    id: str
    kind: Kind
    name: str
    parent: str | None
    region: str | None
    region_name: str | None = Field(description="province and prefecture in words")
    credit_code: str | None
    body: str | None = Field(description="the kind of body that the credit code says")
    code_region: str | None = Field(description="the division code inside the credit code: where it was registered")
    address: str | None
    version: int
    created_at: datetime


class OrganisationPage(BaseModel):
    """Some organisations, by name; `next` as `after` asks for more."""

    items: list[OrganisationView]
    next: str | None


class Marks(BaseModel):
    """An enterprise's marks, oldest first."""

    items: list[Marked]


class FoundEnterprises(BaseModel):
    """Enterprises by a part of their name, the likeliest first."""

    items: list[Named]
