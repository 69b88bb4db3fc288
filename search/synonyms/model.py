"""A list of synonyms."""

from dataclasses import dataclass
from datetime import datetime

Group = tuple[str, ...]
"""Words that mean the same, two or more."""


@dataclass(frozen=True, slots=True)
class Held:
    """A list as it is kept; `version` counts its changes, 0 where nothing was ever kept."""

    groups: tuple[Group, ...] = ()
    changed_at: datetime | None = None
    version: int = 0


OWN, OPERATORS = 1_000, 20_000
"""Groups of a person's list, and of the operator's."""

TERMS, LONGEST = 50, 100
"""Words of a group, and characters of a word."""
