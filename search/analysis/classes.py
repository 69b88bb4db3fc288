"""Technologies: classes from section to subgroup, and the 35 fields of WIPO."""

from search.analysis.counting import ranked_each
from search.analysis.model import Analysis
from search.analysis.population import Population, Steps

NAME = "classes"
LEVELS = ("subclass", "field", "section", "class", "group", "subgroup", "cpc_subclass", "cpc_group", "locarno")


def classes(population: Population) -> Steps[Analysis]:
    """By the levels asked for, or by subclass with every other level as a part."""
    return ranked_each(population, NAME, population.ask.by or LEVELS)
