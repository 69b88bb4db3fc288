"""High-value inventions (高价值发明专利), as far as the documents held tell.

国家知识产权局's definition for the 14th five-year plan (「十四五」国家知识产权保护和运用规划, 2021) has five kinds: of a strategic
emerging industry; with a family patent abroad; in force for more than ten years; of a high pledge; of a national prize. An
invention of several kinds counts once. Of pledges and prizes no record tells; an industry is what a query that is given says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from search.analysis import caveats, kin
from search.analysis.errors import StrategicUnreadable
from search.analysis.kept import documents
from search.analysis.model import Analysis, Number
from search.analysis.population import Population, share
from search.engine.model import Cell, Table
from search.patent.terms import after
from search.query.errors import QueryError
from search.query.tree import Listed, Query, Range, both, either

NAME = "density.high_value"
KINDS = ("over_10_years", "family_abroad", "strategic")
UNION = "high_value"

_LONG = 10
"""Years from filing beyond which an invention in force counts as lasting."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The inventions of each kind that can be told, by its name, and those of any, under `UNION`; `texts` say which these are of
    those `owned`."""

    owned: Population
    told: dict[str, Population]
    texts: dict[str, Query]

    @property
    def whole(self) -> bool:
        """Whether families were looked up: without them those of any kind are too few, and are not told."""
        return "family_abroad" in self.told

    def figures(self, totals: Sequence[int]) -> dict[str, Number]:
        """By kind; what could not be told has none."""
        known = dict(zip(self.told, totals, strict=True))
        return {name: known.get(name) if self.whole or name != UNION else None for name in (*KINDS, UNION)}

    def table(self, whole: int, totals: Sequence[int]) -> Analysis:
        """A row a kind, the union last; each opens what it counts."""
        rows = [
            self.owned.row(("criterion",), Cell((name,), total), {"share": share(total, whole)}, text)
            for (name, text), total in zip(self.texts.items(), totals, strict=True)
            if name != UNION or self.whole
        ]
        return self.owned.told(NAME, ("criterion",), Table((), whole, ()), rows=rows, notes=(caveats.FAMILY_ABROAD,))


def kinds(owned: Population, at: date, *, among: Population) -> Kinds:
    """Of the inventions `owned` on a day, all of them `among` those whose families are looked up. A brief population's families are
    not. Raises `StrategicUnreadable`."""
    ask, kept = owned.ask, owned.kept
    lasting = Range("application_date", None, after(at, years=-_LONG).isoformat())
    met: dict[str, tuple[Query, Query]] = {"over_10_years": (lasting, lasting)}
    if not owned.brief and (numbers := kin.abroad(among)) is not None:
        met["family_abroad"] = (Listed(numbers), documents(kept, ask.user, numbers, "海外同族 family abroad"))
    if ask.strategic and kept is not None:
        try:
            met["strategic"] = kept.meant(ask.user, ask.strategic, expand=ask.expand)
        except QueryError as error:
            raise StrategicUnreadable(error) from error
    conditions, texts = zip(*met.values(), strict=True)
    met[UNION] = (either(*conditions), either(*texts))
    told = {name: owned.narrowed(condition, said=both(owned.said, said)) for name, (condition, said) in met.items()}
    return Kinds(owned, told, {name: said for name, (_, said) in met.items()})
