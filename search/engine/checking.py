"""Plans whose distances an adapter checks itself, document by document: which documents it must look at, and what follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from search.engine.errors import TooMuchText
from search.engine.plan import Bool, Ordinals, Plan, Proximity


@dataclass(frozen=True, slots=True)
class Checked:
    """Of `of` documents that have the words, `found` (ordinals) hold them as close as asked, `rejected` do not, and the rest
    was too much to look at."""

    found: tuple[int, ...]
    rejected: tuple[int, ...]
    of: int

    @property
    def looked_at(self) -> int:
        return len(self.found) + len(self.rejected)


FURTHER = 20
"""So many times as much as for a page is looked at where an answer must be exact: counts, scans, tables."""


class Check(Protocol):
    """Looks at the documents that match all the plans given; ``None`` where the engine can search for the distance itself. Where
    it is not `wanted`, what was not looked at keeps documents out, so `rejected` is to have as many as can be."""

    def __call__(self, asked: Proximity, among: Sequence[Plan], *, wanted: bool) -> Checked | None: ...


@dataclass(slots=True)
class Checking:
    """Puts what `check` says in the place of every distance of a plan. `looked_at` and `of` sum up over them."""

    check: Check
    looked_at: int = 0
    of: int = 0

    @property
    def checked(self) -> tuple[int, int] | None:
        """As `search.engine.model.Results.checked`."""
        return (self.looked_at, self.of) if self.looked_at < self.of else None

    def plan(self, asked: Plan, among: Sequence[Plan] = ()) -> Plan:
        """The plan to execute instead; only documents that match `among` too are of interest."""
        return self._plan(asked, tuple(among), wanted=True)

    def whole(self, asked: Plan, among: Sequence[Plan] = ()) -> Plan:
        """As `plan`; raises `TooMuchText` where not all could be looked at."""
        found = self.plan(asked, among)
        if self.checked:
            raise TooMuchText(*self.checked)
        return found

    def _plan(self, asked: Plan, among: tuple[Plan, ...], *, wanted: bool) -> Plan:
        """`wanted` is False where a match of the part keeps a document out: there what was not looked at counts as matching,
        so that nothing is answered that does not match."""
        if not isinstance(asked, Bool) or not any(_distances(asked)):
            return asked
        own = tuple(part for part in (*asked.must, *asked.filters) if not any(_distances(part)))
        within = among + own
        kept = Bool(
            must=tuple(self._plan(part, within, wanted=wanted) for part in asked.must),
            should=tuple(self._plan(part, within, wanted=wanted) for part in asked.should),
            filters=tuple(self._plan(part, within, wanted=wanted) for part in asked.filters if not isinstance(part, Proximity)),
            must_not=tuple(self._plan(part, within, wanted=not wanted) for part in asked.must_not),
        )
        for part in asked.filters:
            if isinstance(part, Proximity):
                kept = self._checked(kept, part, within, wanted=wanted)
        return kept

    def _checked(self, kept: Bool, part: Proximity, among: Sequence[Plan], *, wanted: bool) -> Bool:
        found = self.check(part, among, wanted=wanted)
        if found is None:
            return replace(kept, filters=(*kept.filters, part))
        self.looked_at += found.looked_at
        self.of += found.of
        if wanted or found.looked_at == found.of:
            return replace(kept, filters=(*kept.filters, Ordinals(found.found)))
        return replace(kept, must_not=(*kept.must_not, Ordinals(found.rejected)))


def _distances(plan: Plan) -> Iterator[Proximity]:
    if isinstance(plan, Proximity):
        yield plan
    elif isinstance(plan, Bool):
        for part in (*plan.must, *plan.should, *plan.filters, *plan.must_not):
            yield from _distances(part)
