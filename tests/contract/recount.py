"""Tables counted document by document, in plain loops: what the engines' tables are held against."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from search.engine import layout
from search.engine.model import Cell, Question, Table, Unit
from search.patent.model import Patent

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What a document is counted by: its unit of each kind, and its keys in each dimension."""

    units: Mapping[Unit, str]
    keys: Mapping[str, Keys]


def read(patent: Patent) -> Read:
    entry = layout.entry(patent, 1)
    units: dict[Unit, str] = {"publication": patent.number} | {unit: str(entry[column]) for unit, column in layout.UNITS.items()}
    return Read(units, {name: _listed(entry.get(column)) for name, column in layout.DIMENSIONS.items()})


def table(documents: Iterable[Read], question: Question) -> Table:
    units: dict[str, list[list[Keys]]] = defaultdict(list)
    for document in documents:
        keys = [document.keys[name] for name in question.by]
        for unit in document.keys[question.of] if question.of else (document.units[question.unit],):
            units[unit].append(keys)
    sizes = (*question.size, *(None,) * len(question.by))
    kept = [_kept(units, place, question.only.get(name), sizes[place]) for place, name in enumerate(question.by)]
    counts: Counter[Keys] = Counter()
    for owned in units.values():
        cells = {cell for keys in owned for cell in product(*keys)} if question.by else set()
        counts.update(cell for cell in cells if all(key in keep for key, keep in zip(cell, kept, strict=True)))
    ordered = sorted(counts.items(), key=lambda cell: (-cell[1] if len(question.by) == 1 else 0, cell[0]))
    known = tuple(sum(any(keys[place] for keys in owned) for owned in units.values()) for place in range(len(question.by)))
    return Table(tuple(Cell(keys, count) for keys, count in ordered), len(units), known)


def _kept(units: Mapping[str, list[list[Keys]]], place: int, only: Keys | None, size: int | None) -> set[str]:
    counts: Counter[str] = Counter()
    for owned in units.values():
        counts.update({key for keys in owned for key in keys[place] if only is None or key in only})
    return set(sorted(counts, key=lambda key: (-counts[key], key))[:size])


def _listed(value: object) -> Keys:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),) if value else ()
