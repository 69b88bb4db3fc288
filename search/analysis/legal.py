"""What became of it: legal status, type, kind, stage, each as the record has it."""

from search.analysis import caveats
from search.analysis.counting import ranked_each
from search.analysis.model import Analysis
from search.analysis.population import Population, Steps

NAME = "legal"
STATES = ("legal", "type", "kind", "stage")


def legal(population: Population) -> Steps[Analysis]:
    """By what is asked for, or by legal status with the three others as parts."""
    return ranked_each(population, NAME, population.ask.by or STATES, notes=(caveats.RECKONED,))
