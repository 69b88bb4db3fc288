"""The bench runs: each row measures what stands today. One round each, small where a row can be; all of them only at full size."""

import pytest

from loadtests.bench.rows import ROWS, MissingPart, Row
from tests import machine

QUICK = {"P8", "S5", "I1"}


def _tried(row: Row) -> bool:
    return row.name in QUICK or bool(row.small) or machine.soaking()


@pytest.mark.parametrize("row", [row for row in ROWS if _tried(row)], ids=lambda row: row.name)
def test_a_row_measures_both_sides(row: Row) -> None:
    try:
        outcome = row.run(1, **({} if machine.soaking() else row.small))
    except MissingPart as absent:
        pytest.skip(str(absent))
    assert len(outcome.ratios) == 1
    assert outcome.ours > 0
    assert outcome.anchor > 0
