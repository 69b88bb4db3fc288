"""Where it comes from: province, city, country of origin; and what applicants from abroad seek in China (来华)."""

from search.analysis import caveats
from search.analysis.counting import ranked_each
from search.analysis.kin import HOME
from search.analysis.model import Analysis
from search.analysis.population import Population, Steps
from search.query.tree import Not, Value, both

NAME = "regions"
PLACES = ("region", "city", "origin")
_FROM_ABROAD = both(Value("country", "CN"), *(Not(Value("origin", place)) for place in HOME))


def regions(population: Population) -> Steps[Analysis]:
    """By the place asked for, or by province with city and country as parts, and Chinese documents by a foreign country of origin
    as the last."""
    table = yield from ranked_each(population, NAME, population.ask.by or PLACES, notes=(caveats.PLACES,))
    if population.brief or population.ask.by:
        return table
    foreign = yield from ranked_each(population.narrowed(_FROM_ABROAD), NAME, ("origin",), notes=(caveats.FROM_ABROAD,))
    return table.with_parts((*table.parts, foreign))
