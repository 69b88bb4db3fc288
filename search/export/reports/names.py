"""Under which names an applicant is looked for: the one it is asked for by, or all that count as one (`search.applicants`)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from search.engine.drill import clause
from search.query.tree import Query, either


@dataclass(frozen=True, slots=True)
class Names:
    """`groups` are the names of each applicant that has several; none where names are not merged."""

    groups: Sequence[tuple[str, ...]] = field(default=())

    def every(self) -> tuple[str, ...]:
        """All names of the groups."""
        return tuple(name for group in self.groups for name in group)

    def query(self, name: str) -> Query:
        """The documents of the applicant, under any of its names."""
        return either(*(clause("applicant", each) for each in self._of(name)))

    def distinct(self, names: Sequence[str]) -> tuple[str, ...]:
        """The applicants, each once, by the name that comes first."""
        first: dict[tuple[str, ...], str] = {}
        for name in names:
            first.setdefault(self._of(name), name)
        return tuple(first.values())

    def several(self, held: Collection[str]) -> tuple[int, int]:
        """How many applicants have several of the names `held`, and how many names these are."""
        found = [count for group in self.groups if (count := sum(name in held for name in group)) > 1]
        return len(found), sum(found)

    def _of(self, name: str) -> tuple[str, ...]:
        return next((group for group in self.groups if name in group), (name,))
