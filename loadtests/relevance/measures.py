"""How good an order is, by judgements, and how sure that is."""

import math
import random
from collections.abc import Callable, Mapping, Sequence

Grades = Mapping[str, int]
"""Document -> how relevant it was judged; absent is not judged, and counts as not relevant."""

Measure = Callable[[Sequence[str], Grades], float]


def ndcg(found: Sequence[str], grades: Grades, *, at: int = 10) -> float:
    """Discounted cumulative gain, the grade as gain and log2 of the place as discount, over that of the best order."""
    best = sorted(grades.values(), reverse=True)[:at]
    return _gain([grades.get(number, 0) for number in found[:at]]) / _gain(best)


def condensed(found: Sequence[str], grades: Grades) -> float:
    """The same over the judged documents alone: a document nobody has looked at says nothing."""
    return ndcg([number for number in found if number in grades], grades)


def recall(found: Sequence[str], grades: Grades, *, at: int = 50) -> float:
    """The share of the relevant documents among the first."""
    relevant = {number for number, grade in grades.items() if grade}
    return len(relevant.intersection(found[:at])) / len(relevant)


def reciprocal_rank(found: Sequence[str], grades: Grades) -> float:
    """One over the place of the first relevant document, 0 where there is none."""
    return next((1 / place for place, number in enumerate(found, start=1) if grades.get(number)), 0.0)


MEASURES: Mapping[str, Measure] = {"nDCG@10": ndcg, "condensed nDCG@10": condensed, "R@50": recall, "MRR": reciprocal_rank}


def interval(values: Sequence[float], *, times: int = 2_000, seed: int = 1) -> tuple[float, float]:
    """The middle 95 % of the means of samples as large as the queries, drawn with replacement (bootstrap)."""
    draw = random.Random(seed)
    means = sorted(sum(draw.choices(values, k=len(values))) / len(values) for _ in range(times))
    return means[int(0.025 * times)], means[int(0.975 * times)]


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades, start=1))
