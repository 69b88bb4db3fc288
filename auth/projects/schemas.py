"""What goes in and out of the routes of projects."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from auth.http.body import StrictModel
from auth.projects.model import Contract, Grade, Project, Quarters, Rung

MAX_PAGE = 100
MAX_CONTACTS = 2000

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the document, in hexadecimal")]
TargetId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Number = Annotated[int, Field(ge=0, le=10_000_000)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]


class ProjectBody(StrictModel):
    """A project to enter, with what its contract says."""

    name: Name
    agency: Id = Field(description="the agency that does the work; its log holds the facts")
    bureau: Id | None = Field(default=None, description="the bureau it is done for; the caller's own unless given")
    first: date = Field(description="first day, inclusive", examples=["2019-07-01"])
    last: date = Field(description="last day, inclusive", examples=["2020-06-30"])
    province: str = Field(pattern=r"^\d{2}$", description="first two digits of the division code", examples=["52"])
    contract_sha256: Digest
    quarters: Quarters = Field(default=Quarters.CONTRACT, description="counted from the first day, or the calendar's")
    reading: Rung = Field(default=Rung.ACTIVATED, description="how far a registration must have come to count")
    grade: Grade | None = Field(default=None, description="how far a push must have come; as the rule says unless given")
    numbers: dict[TargetId, Number] = Field(
        default_factory=dict, max_length=60, description="where the contract says other numbers"
    )
    modifiers: list[TargetId] = Field(default_factory=list, max_length=10, description="the rule's modifiers that apply")

    def contract(self) -> Contract:
        """What the contract says."""
        fields = {name: value for name, value in self if name not in ("name", "bureau", "modifiers")}
        return Contract(**fields, modifiers=tuple(self.modifiers))


class ProjectPage(BaseModel):
    """Some projects, the latest first; `next` as `after` asks for more."""

    items: list[Project]
    next: str | None


class EvaluatorBody(StrictModel):
    """Who may read the project, and till when."""

    user: Id = Field(description="id of an account with the role evaluator")
    until: date = Field(description="last day, inclusive")


class ContactsBody(StrictModel):
    """Users of another system, as the bureau knows them."""

    contacts: list[Annotated[str, Field(min_length=3, max_length=254)]] = Field(
        min_length=1, max_length=MAX_CONTACTS, description="mobile numbers and e-mail addresses"
    )
