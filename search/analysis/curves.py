"""What a logistic curve tells, or why there is none (`search.analysis.logistic`)."""

from dataclasses import dataclass
from math import exp
from typing import Literal

FEWEST_UNITS = 50
FEWEST_YEARS = 8
"""Below these a curve says nothing (of three parameters, five degrees of freedom are left)."""

Refusal = Literal["too_few_units", "too_few_years", "flat", "no_ceiling"]


@dataclass(frozen=True, slots=True)
class Value:
    """An estimate with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """`ceiling` is how many there will ever be, `rate` that of growth a year, `middle` when half have come (2010.5 is the middle
    of 2010); `fitted` is what each year was expected to bring."""

    ceiling: Value
    rate: Value
    middle: Value
    fitted: tuple[float, ...]

    def reached(self, year: int) -> float:
        """Which share of the ceiling had come by the end of the year, 0 to 1."""
        return 1 / (1 + exp(min(-self.rate.value * (year + 1 - self.middle.value), 500)))
