"""Life cycle of a technology: filings against applicants by year, and a logistic curve through the filings, or why none."""

from search.analysis import caveats, years
from search.analysis.curves import FEWEST_UNITS, Curve, Refusal
from search.analysis.model import Analysis, Number
from search.analysis.population import Population, Round, Steps
from search.engine.model import Cell

NAME = "lifecycle"
YEAR = "application_year"
_SPAN = 3
"""Years that are held against as many before them."""

_LEVEL = 0.1
"""A change of less than this is none."""

_STAGES = ((0.1, "emerging"), (0.5, "growth"), (0.9, "maturity"), (1.0, "saturation"))
"""Which share of the ceiling has come at most. From a tenth to nine tenths is the time in which a logistic process happens (J. H.
Ausubel, P. S. Meyer and J. W. Yung, "A primer on logistic growth and substitution", 1999), its half the turning point."""

Counts = dict[str, int]


def lifecycle(population: Population) -> Steps[Analysis]:
    """A row a year of filing; only years that are complete are fitted. Without applicants where they are too many to count."""
    table, people = yield Round((population.question(YEAR), population.question(YEAR, of="applicant")))
    filings = years.filled({cell.keys[0]: cell.count for cell in table.cells})
    applicants = {cell.keys[0]: cell.count for cell in people.cells}
    complete = years.unbroken({year: count for year, count in filings.items() if not years.incomplete(YEAR, year, population.day)})
    curve = _curve(complete)
    fitted = dict(zip(complete, curve.fitted, strict=True)) if isinstance(curve, Curve) else {}
    columns = ("cumulative", "fitted") if people.refused else ("applicants", "cumulative", "fitted")
    so_far = 0
    rows = []
    for year, count in filings.items():
        so_far += count
        values = {"applicants": applicants.get(year, 0), "cumulative": so_far, "fitted": fitted.get(year)}
        rows.append(population.row((YEAR,), Cell((year,), count), {name: values[name] for name in columns}))
    figures = _figures(curve, complete) | {"stage_by_applicants": None if people.refused else _turn(complete, applicants)}
    notes = [caveats.refused(curve) if isinstance(curve, str) else caveats.CURVE]
    notes += [caveats.too_many_to_tell("applicant")] if people.refused else []
    return population.told(NAME, (YEAR,), table, rows=rows, columns=columns, figures=figures, notes=notes)


def _curve(complete: Counts) -> Curve | Refusal:
    from search.analysis import logistic  # noqa: PLC0415  numpy is not for every start

    return logistic.fit(int(min(complete, default=0)), list(complete.values()))


def _figures(curve: Curve | Refusal, complete: Counts) -> dict[str, Number]:
    if isinstance(curve, str):
        return {"refused": curve}
    reached = curve.reached(int(max(complete)))
    figures: dict[str, Number] = {"reached": round(reached, 4), "stage": next(name for most, name in _STAGES if reached <= most)}
    for name, value in (("ceiling", curve.ceiling), ("rate", curve.rate), ("middle", curve.middle)):
        figures |= {name: round(value.value, 4), f"{name}_low": round(value.low, 4), f"{name}_high": round(value.high, 4)}
    return figures


def _turn(complete: Counts, applicants: Counts) -> str | None:
    """The stage by how filings and applicants of the last `_SPAN` complete years stand to those before; ``None`` below the numbers
    that a curve needs too."""
    last, before = list(complete)[-_SPAN:], list(complete)[-2 * _SPAN : -_SPAN]
    if sum(complete.values()) < FEWEST_UNITS or len(before) < _SPAN:
        return None
    filed = _change(sum(complete[year] for year in last), sum(complete[year] for year in before))
    joined = _change(sum(applicants.get(year, 0) for year in last), sum(applicants.get(year, 0) for year in before))
    if filed > _LEVEL and joined > _LEVEL:
        return "growth"
    return "decline" if filed < -_LEVEL and joined < -_LEVEL else "maturity"


def _change(now: int, before: int) -> float:
    return now / before - 1 if before else float(now > 0)
