"""AN2: charts by the process that draws them, none of them kept: a trend, long-label bars, a matrix, a network, competitors."""

import itertools
from collections.abc import Iterator

from loadtests.bench.harness import Goal, Outcome, compare, constant, p50
from search.analysis.charts.links import opening
from search.analysis.charts.painter import Painter
from search.analysis.charts.pool import Pool
from search.analysis.model import Analysis, Row

_MILLISECOND = constant(0.001)
_NAMES = [f"{place}号新能源科技股份有限公司" for place in ("深圳", "合肥", "宁德", "常州", "厦门", "青岛", "成都", "贵阳")]
_APPLICANTS = [f"{name}{place}" for place in range(5) for name in _NAMES]
_YEARS = [str(year) for year in range(2004, 2026)]
_CLASSES = [f"H0{place // 10}{'ABCDEFGHKM'[place % 10]}" for place in range(20)]


def warm(*, rounds: int, goal: Goal, times: int = 25) -> Outcome:
    """Wall seconds of one chart as SVG, median; the process has drawn before."""
    painter = Painter(Pool(workers=1), kept_bytes=0)
    tables = itertools.cycle(_tables())
    link = opening("application")
    try:
        return compare(p50(lambda: painter.svg(next(tables), "zh", link=link), times=times), _MILLISECOND, goal, rounds=rounds)
    finally:
        painter.close()


def _tables() -> Iterator[Analysis]:
    years = [_row(year, place * 37 % 91 + 5) for place, year in enumerate(_YEARS)]
    yield _table("trend", ("application_year",), years)
    yield _table("parties", ("applicant",), [_row(name, 400 - 9 * place) for place, name in enumerate(_APPLICANTS[:20])])
    crossed = [
        _row(name, 1 + place % 40, key) for place, (name, key) in enumerate(itertools.product(_APPLICANTS[:20], _CLASSES[::2]))
    ]
    yield _table("matrix", ("applicant", "subclass"), crossed)
    pairs = [(one, other) for place, (one, other) in enumerate(itertools.combinations(_APPLICANTS, 2)) if place % 11 == 0]
    yield _table("network", ("applicant", "applicant"), [_row(one, 1 + len(one) % 7, other) for one, other in pairs])
    each = [_row(name, place * 13 % 29, year) for name in _APPLICANTS[:5] for place, year in enumerate(_YEARS)]
    trend = _table("competitors.trend", ("applicant", "application_year"), each)
    yield _table("competitors", ("applicant",), [_row(name, 300) for name in _APPLICANTS[:5]], trend)


def _row(key: str, count: int, *more: str) -> Row:
    return Row((key, *more), count, f'title:电池 AND applicant=="{key}" {" ".join(more)}')


def _table(name: str, by: tuple[str, ...], rows: list[Row], *parts: Analysis) -> Analysis:
    return Analysis(name, by, tuple(rows), (), "title:电池", sum(row.count for row in rows), "application", parts=parts)
