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
