"""Grants of an applicant in a period (授权专利; Tianjin 2023, 高质量知识产权创造试点项目: so many within the project's period)."""

from search.analysis import caveats
from search.analysis.counting import ranked
from search.analysis.entities import asked
from search.analysis.errors import ApplicantsAsked
from search.analysis.model import Analysis
from search.analysis.population import Population, Round, Steps
from search.query.tree import Query, Range, Value, both, either

NAME = "grants"
MOST = 20
GRANTED = Value("stage", "granted")
BY = ("type", "grant_year", "legal", "applicant")


def grants(population: Population) -> Steps[Analysis]:
    """By type, with year, legal status and applicant as parts; the day of a grant is that of its publication. Raises
    `ApplicantsAsked`."""
    ask = population.ask
    if not 1 <= len(ask.applicants) <= MOST:
        raise ApplicantsAsked(1, MOST)
    period = (Range("publication_date", ask.first, ask.last),) if ask.first or ask.last else ()
    granted = population.narrowed(both(holders(population), GRANTED, *period))
    by_type, *tables = yield Round((granted.question("type"), *map(granted.first, BY)))
    first, *parts = (ranked(granted, NAME, each, table) for each, table in zip(BY, tables, strict=True))
    types = {cell.keys[0]: cell.count for cell in by_type.cells}
    figures = {
        "grants": by_type.total,
        **{kind: types.get(kind, 0) for kind in ("invention", "utility_model", "design")},
        "irregular": ask.irregular,
    }
    declared = caveats.IRREGULAR if ask.irregular is None else caveats.irregular(ask.irregular)
    return first.with_parts(parts).with_figures(figures, (caveats.NOT_OFFICIAL, caveats.GRANTS, declared))


def holders(population: Population) -> Query:
    """Documents of any of the applicants named, under all their names where these are merged."""
    return either(*(party.clause("applicant") for party in asked(population).values()))
