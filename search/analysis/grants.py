"""Grants of an applicant in a period (授权专利; Tianjin 2023, 高质量知识产权创造试点项目: so many within the project's period)."""

from search.analysis import caveats
from search.analysis.counting import ranked
from search.analysis.entities import Party
from search.analysis.errors import ApplicantsAsked
from search.analysis.model import Analysis
from search.analysis.population import Population, Round, Steps
from search.query.tree import Query, Range, Value, both

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
    tables = yield Round((granted.question(), *(granted.question(each, size=(ask.size,)) for each in BY)))
    first, *parts = (ranked(granted, NAME, each, table) for each, table in zip(BY, tables[1:], strict=True))
    types = {row.keys[0]: row.count for row in first.rows}
    figures = {
        "grants": tables[0].total,
        **{kind: types.get(kind, 0) for kind in ("invention", "utility_model", "design")},
        "irregular": ask.irregular,
    }
    declared = caveats.IRREGULAR if ask.irregular is None else caveats.irregular(ask.irregular)
    return first.with_parts(parts).with_figures(figures, (caveats.NOT_OFFICIAL, caveats.GRANTS, declared))


def holders(population: Population) -> Query:
    """Documents of any of the applicants named, under all their names where these are merged."""
    names = (name for asked in population.ask.applicants for name in population.named("applicant", asked))
    return Party(tuple(dict.fromkeys(names)), 0).clause("applicant")
