"""A question about effects from its form to its table, and where a cell of it is opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from search.analysis.charts.painter import Link
from search.analysis.effects.schemas import EffectsBody, EffectsParams
from search.analysis.effects.service import Effects, Matrix
from search.analysis.effects.table import table
from search.analysis.model import Analysis, Row
from search.find.history import conditions
from search.find.service import Finder
from search.query.render import render
from search.query.tree import both


@dataclass(frozen=True, slots=True)
class Crossed:
    """The crossing of the documents of `population`, which is native text."""

    matrix: Matrix
    population: str

    @property
    def table(self) -> Analysis:
        return table(self.matrix, self.population)


def crossed(finder: Finder, effects: Effects, asked: EffectsBody | EffectsParams, *, user: str, lang: str) -> Crossed:
    """The documents that are asked for, read in `lang` where they can be. Raises what `Finder.read` and `Effects.matrix` raise."""
    read = finder.read(asked.question(), user=user)
    whole = both(read.tree, *read.question.filters.values())
    matrix = effects.matrix(whole, user=user, lang=lang, size=asked.size, documents=asked.documents)
    return Crossed(matrix, render(both(*conditions(read.said.tree, read.question.filters))))


def opening(pairs: Sequence[tuple[str, str]], lang: str) -> Link:
    """The page of a cell's sentences, by the address's `pairs`; in the language in which means are named."""

    def address(row: Row) -> str:
        means, effect = row.keys
        return f"/effects?{urlencode([*pairs, ('means', means), ('effect', effect), ('lang', lang)])}"

    return address
