"""How many by year: of filing, of publication, of grant, each with its growth."""

from search.analysis import years
from search.analysis.model import Analysis
from search.analysis.population import Population, Round, Steps
from search.engine.model import Cell, Table

NAME = "trend"
YEARS = ("application_year", "publication_year", "grant_year")


def trend(population: Population) -> Steps[Analysis]:
    """By the year asked for, or by that of filing with the two others as parts."""
    asked = population.ask.by or YEARS
    tables = yield Round(tuple(population.question(year) for year in asked))
    first, *parts = (by_year(population, NAME, year, table) for year, table in zip(asked, tables, strict=True))
    return first.with_parts(parts)


def by_year(population: Population, name: str, year: str, table: Table) -> Analysis:
    """A row for each year from the first to the last, those without a document too."""
    counts = years.filled({cell.keys[0]: cell.count for cell in table.cells})
    so_far = 0
    rows = []
    for key, count in counts.items():
        so_far += count
        values = {"growth": years.growth(counts, key), "cumulative": so_far}
        rows.append(population.row((year,), Cell((key,), count), values))
    return population.told(name, (year,), table, rows=rows, columns=("growth", "cumulative"))
