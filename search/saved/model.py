"""An entry of the history, and a saved search."""

from dataclasses import dataclass
from datetime import datetime

MOST = 10_000
"""Entries of a history; the oldest is forgotten for the next."""

SAVED = 1_000
"""Saved searches of an account."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A search as it was asked: `text` in `dialect` as typed, `canonical` in the native language with the filters within it,
    `total` the documents it had then. A list of numbers that was kept has no canonical text."""

    number: int
    asked_at: datetime
    text: str
    dialect: str
    canonical: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Saved:
    """A search kept under a name by `owner`, and, with an `organisation`, for everybody of it. `version` counts its changes."""

    id: str
    owner: str
    organisation: str | None
    name: str
    canonical: str
    created_at: datetime
    changed_at: datetime
    version: int
