"""Tables counted document by document."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from search.engine import layout
from search.engine.errors import TooManyCells
from search.engine.model import Cell, Question, Scanned, Table
from search.patent.model import Patent
from search.query.tree import Query, both

MOST_CELLS, MOST_FIRST = 65_000, 10_000

Keys = tuple[str, ...]


def tables(
    scan: Callable[[Query], Iterator[Scanned]], query: Query, questions: Sequence[Question], filters: Mapping[str, Query]
) -> list[Table]:
    found: list[Table] = []
    for question in questions:
        within = (question.within,) if question.within else ()
        asked = both(query, *filters.values(), *within)
        found.append(table([each.patent for each in scan(asked)], question))
    return found


def table(patents: Iterable[Patent], question: Question) -> Table:
    size = (*question.size, *(None,) * (len(question.by) - len(question.size)))
    if max((each or 0 for each in size), default=0) > MOST_FIRST:
        raise TooManyCells(MOST_FIRST)
    units: dict[str, list[list[Keys]]] = defaultdict(list)
    for patent in patents:
        entry = layout.entry(patent, 1)
        keys = [_listed(entry.get(layout.DIMENSIONS[name])) for name in question.by]
        for unit in _listed(entry.get(layout.DIMENSIONS[question.of])) if question.of else (_unit(patent, question.unit),):
            units[unit].append(keys)
    kept = [_kept(units, place, question.only.get(name), size[place]) for place, name in enumerate(question.by)]
    counts: Counter[Keys] = Counter()
    for documents in units.values():
        cells = {cell for keys in documents for cell in product(*keys)} if question.by else set()
        counts.update(cell for cell in cells if all(key in keep for key, keep in zip(cell, kept, strict=True)))
    if len(counts) > MOST_CELLS:
        raise TooManyCells(MOST_CELLS)
    order = sorted(counts.items()) if len(question.by) > 1 else sorted(counts.items(), key=lambda cell: (-cell[1], cell[0]))
    known = tuple(sum(any(keys[place] for keys in documents) for documents in units.values()) for place in range(len(question.by)))
    return Table(tuple(Cell(keys, count) for keys, count in order), len(units), known)


def _kept(units: Mapping[str, list[list[Keys]]], place: int, only: Keys | None, size: int | None) -> set[str]:
    counts: Counter[str] = Counter()
    for documents in units.values():
        counts.update({key for keys in documents for key in keys[place] if only is None or key in only})
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return set(ranked[:size])


def _unit(patent: Patent, unit: str) -> str:
    application = patent.application.number if patent.application else None
    if unit == "application" and application:
        return f"application {application}"
    return f"family {patent.family}" if unit == "family" and patent.family else patent.number


def _listed(value: object) -> Keys:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),) if value else ()
