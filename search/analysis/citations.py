"""What is cited, when, and whose documents cite whose, as far as documents are held."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from search.analysis import caveats
from search.analysis.entities import listing
from search.analysis.model import Analysis
from search.analysis.population import Population, Round, Steps, share
from search.engine.drill import clause
from search.engine.model import Cell, Table
from search.patent import numbers
from search.patent.model import Patent, decode
from search.query.tree import Query, either

NAME = "citations"
_CITED = 500
"""Most cited documents whose applicants are looked up."""

_OWNERS, _CITING = 10, 10
_EACH = 50
"""Documents of an applicant that a row asks for; a query has no more than some clauses."""


def citations(population: Population) -> Steps[Analysis]:
    """The most cited documents, with their citations by year and those between applicants as parts."""
    size = population.ask.size
    table, by_year = yield Round(
        (
            population.question("cites", size=(size if population.brief else max(size, _CITED),)),
            population.question("cites", "publication_year", size=(size, None)),
        )
    )
    held = {} if population.brief else _held(population, [cell.keys[0] for cell in table.cells])
    rows = [
        population.row(
            ("cites",), cell, {"share": share(cell.count, table.total), "held": held[key].number if key in held else None}
        )
        for cell in table.cells[:size]
        for key in cell.keys
    ]
    cut = [caveats.cut("cites", size)] if len(table.cells) >= size else []
    whole = population.told(NAME, ("cites",), table, rows=rows, columns=("share", "held"), notes=(caveats.WITHIN_LOADED, *cut))
    parts = [population.told("citations.years", ("cites", "publication_year"), by_year, notes=cut)]
    if not population.brief:
        parts.append((yield from _between(population, table, held)))
    return whole.with_parts(parts)


def _held(population: Population, keys: Sequence[str]) -> dict[str, Patent]:
    """A publication that is held of each cited one."""
    found: dict[str, Patent] = {}
    for line in population.reader.get(population.reader.resolve(keys)):
        if line is not None:
            patent = decode(line)
            found.setdefault(numbers.publication_keys(patent.country, patent.doc_number)[0], patent)
    return found


def _between(population: Population, table: Table, held: Mapping[str, Patent]) -> Steps[Analysis]:
    """Who cites those whose documents are cited most, of the documents held."""
    by = ("applicant", "cited_applicant")
    owned: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for cell in table.cells:
        key = cell.keys[0]
        for applicant in held[key].applicants if key in held else ():
            owned[population.named("applicant", applicant.name)][key] = cell.count
    owners = sorted(owned, key=lambda names: (-sum(owned[names].values()), names))[:_OWNERS]
    cited: list[Query] = [either(*(clause("cites", key) for key in list(owned[names])[:_EACH])) for names in owners]
    rows = []
    for names, query in zip(owners, cited, strict=True):
        citing = yield from listing(population.narrowed(query), "applicant", _CITING)
        for party in citing.parties:
            cell = Cell((party.names[0], names[0]), party.count)
            rows.append(population.row(by, cell, {}, query, party.clause("applicant")))
    whole = Table((), table.total, ())
    notes = (caveats.between(len(table.cells), _EACH, _OWNERS, _CITING),)
    return population.told("citations.applicants", by, whole, rows=rows, columns=(), notes=notes)
