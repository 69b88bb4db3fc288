"""The bench runs: each row measures what stands today. One round each, small where a row can be; all of them only at full size."""

import pytest

from loadtests.bench.rows import ROWS, MissingPart, Row
from tests import machine

QUICK = {"P8", "S5", "I1"}


def _tried(row: Row) -> bool:
    return row.name in QUICK or bool(row.small) or machine.soaking()


def _marked(row: Row) -> object:
    return pytest.param(row, marks=pytest.mark.elastic if row.name.endswith("-elastic") else ())


@pytest.mark.parametrize("row", [_marked(row) for row in ROWS if _tried(row)], ids=lambda row: row.name)
def test_a_row_measures_both_sides(row: Row, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if row.name.endswith("-elastic"):  # a person's own is never filled by a test
        monkeypatch.setenv("PATENTRY_BENCH_ELASTICSEARCH", request.getfixturevalue("elasticsearch_url"))
    try:
        outcome = row.run(1, **({} if machine.soaking() else row.small))
    except MissingPart as absent:
        pytest.skip(str(absent))
    assert len(outcome.ratios) == 1
    assert outcome.ours > 0
    assert outcome.anchor > 0
