"""Applicants under all their names: who has most, where several names are one's (`search.applicants`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.analysis.population import Population, Round, Steps
from search.engine.drill import clause
from search.engine.model import Count, Table, waiting
from search.query.tree import Expanded, Query, either

LISTED = 10_000
"""Names that are listed at most; an engine gives no more first keys."""


@dataclass(frozen=True, slots=True)
class Party:
    """`names` are all that it has in the population, the most frequent first, under which it is listed; `count` its units."""

    names: tuple[str, ...]
    count: int

    def clause(self, dimension: str) -> Query:
        """The documents of any of its names."""
        return either(*(clause(dimension, name) for name in self.names))


@dataclass(frozen=True, slots=True)
class Listing:
    """The first `parties`, the `counts` of all that are listed, in the same order, and the table of names that they come from."""

    parties: tuple[Party, ...]
    counts: Sequence[int]
    table: Table

    @property
    def complete(self) -> bool:
        return len(self.table.cells) < LISTED


def asked(population: Population) -> dict[str, Party]:
    """The applicants that are asked for, each once, by the name that it is asked for by first."""
    groups: dict[tuple[str, ...], str] = {}
    for name in population.ask.applicants:
        groups.setdefault(population.named("applicant", name), name)
    return {name: Party(group, 0) for group, name in groups.items()}


def listing(population: Population, dimension: str, first: int) -> Steps[Listing]:
    """The first parties of a population, those of several names counted together: a second round where there are such."""
    (table,) = yield Round((population.question(dimension, size=(LISTED,)),))
    return (yield from together(population, dimension, table, first))


def together(population: Population, dimension: str, table: Table, first: int) -> Steps[Listing]:
    """The listing of a table that was asked for already."""
    counts = {cell.keys[0]: cell.count for cell in table.cells}
    groups = _groups(population, counts) if dimension == "applicant" else []
    if not groups:
        parties = tuple(Party(cell.keys, cell.count) for cell in table.cells[:first])
        return Listing(parties, list(counts.values()), table)
    several = {name for group in groups for name in group}
    totals = yield from counted(population, dimension, groups)
    every = [Party((name,), count) for name, count in counts.items() if name not in several]
    every += [Party(group, total) for group, total in zip(groups, totals, strict=True)]
    every.sort(key=lambda party: (-party.count, party.names[0]))
    return Listing(tuple(every[:first]), [party.count for party in every], table)


def counted(population: Population, dimension: str, groups: Sequence[tuple[str, ...]]) -> Steps[list[int]]:
    """The exact number of units of each group of names.

    Of names that have no unit in common the numbers add up. So groups are asked for together, by halves where it shows that some
    have one: a question of its own takes only a group whose names meet, and not each.
    """
    names = tuple(dict.fromkeys(name for group in groups for name in group))
    (table,) = yield Round((population.question(dimension, only={dimension: names}),))
    counts = {cell.keys[0]: cell.count for cell in table.cells}
    held = {group: [counts[name] for name in group if name in counts] for group in groups}
    totals = {group: _sum(numbers) for group, numbers in held.items()}
    several = [group for group, numbers in held.items() if len(numbers) > 1]
    unsure = [several] if several else []
    while unsure:
        unions = [population.narrowed(_any(dimension, [name for group in some for name in group])).question() for some in unsure]
        tables = yield Round(tuple(unions))
        met = [some for some, each in zip(unsure, tables, strict=True) if each.total < sum(totals[group] for group in some)]
        totals |= {some[0]: each.total for some, each in zip(unsure, tables, strict=True) if len(some) == 1}
        unsure = [half for some in met if len(some) > 1 for half in (some[: len(some) // 2], some[len(some) // 2 :])]
    return [totals[group] for group in groups]


def _sum(counts: Sequence[int]) -> int:
    return Count(sum(counts), sum(map(waiting, counts)))


def _any(dimension: str, names: Sequence[str]) -> Query:
    """The documents of any of the names, of thousands too."""
    if dimension == "applicant":
        return Expanded(dimension, "", tuple(names))
    return either(*(clause(dimension, name) for name in names))


def _groups(population: Population, counts: Mapping[str, int]) -> list[tuple[str, ...]]:
    """The names that belong together, where more than one is in the population."""
    found: dict[tuple[str, ...], None] = {}
    for group in set(population.entities.values()):
        held = [each for each in group if each in counts]
        if len(held) > 1:
            found[tuple(sorted(held, key=lambda each: (-counts[each], each)))] = None
    return list(found)


def concentration(counts: Sequence[int], *, complete: bool) -> dict[str, float | int | None]:
    """The Herfindahl-Hirschman index, 0 to 10,000, and the shares of the first 4 and the first 10, of all that the parties have
    (one of two applicants is two here); ``None`` where not every party is listed. `counts` are theirs, the greatest first."""
    whole = sum(counts)
    if not whole or not complete:
        return {"hhi": None, "first_4": None, "first_10": None}
    return {
        "hhi": round(10_000 * sum(count * count for count in counts) / whole**2, 1),
        "first_4": round(sum(counts[:4]) / whole, 6),
        "first_10": round(sum(counts[:10]) / whole, 6),
    }
