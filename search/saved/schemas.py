"""What goes in and out of what is kept, over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from auth.http.body import StrictModel, Whole
from search.saved.model import Entry, Saved
from search.saved.searches import Wanted

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Dialect = Literal["auto", "native", "cql", "ppubs", "cprs", "pss", "google"]


class EntryView(BaseModel):
    """A search of the history. In a query it is named `#number`."""

    number: int
    asked_at: datetime
    text: str = Field(description="As it was typed; of a list of numbers its label.")
    dialect: str = Field(description="The language it was read in; `numbers` for a list of numbers, `names` for one of applicants.")
    canonical: str | None = Field(description="In the native language, filters included; null for a list of numbers.")
    total: int = Field(description="The documents it had when it was asked last.")


class HistoryPage(BaseModel):
    """A page of the history, the newest first; `next` is the `before` of the following one."""

    items: list[EntryView]
    next: int | None


class SetBody(StrictModel):
    """Numbers of documents to keep as a set."""

    numbers: list[Annotated[str, StringConstraints(min_length=1, max_length=64)]] = Field(min_length=1, max_length=10_000)
    label: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""


class Kept(BaseModel):
    """The number a set was kept under, and how many of its numbers are held."""

    number: int
    total: int


class SavedBody(StrictModel):
    """A search to keep."""

    name: Name
    query: str = Field(min_length=1, max_length=8_000, examples=["title:电池 AND ipc:H01M"])
    dialect: Dialect = "auto"
    shared: bool = Field(default=False, description="Everybody of the caller's organisation sees it.")

    def wanted(self) -> Wanted:
        return Wanted(self.name, self.query, self.dialect, self.shared)


class SavedChange(SavedBody):
    """A saved search as it is to be; `version` is that of the one read."""

    version: Whole = Field(ge=1)


class SavedView(BaseModel):
    """A saved search."""

    id: str
    name: str
    canonical: str = Field(description="In the native language.")
    shared: bool
    own: bool = Field(description="Whether the caller may change it.")
    created_at: datetime
    changed_at: datetime
    version: int


class SavedList(BaseModel):
    """The saved searches that exist for the caller, by name."""

    items: list[SavedView]


def entry_view(entry: Entry) -> EntryView:
    return EntryView.model_validate(entry, from_attributes=True)


def saved_view(kept: Saved, user: str) -> SavedView:
    return SavedView(
        id=kept.id,
        name=kept.name,
        canonical=kept.canonical,
        shared=kept.organisation is not None,
        own=kept.owner == user,
        created_at=kept.created_at,
        changed_at=kept.changed_at,
        version=kept.version,
    )
