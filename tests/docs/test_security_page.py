"""docs/security.md says of each attack and fault which tests show it, and they do."""

import re

import pytest

from tests.machine import ROOT

TABLE = (ROOT / "docs/security.md").read_text(encoding="utf-8").partition("\n## ")[0]
ROWS = re.findall(r"^\| T(\d\d) \|.*\| ([^|]+) \|$", TABLE, re.M)


def numbers(text: str) -> set[int]:
    """The numbers that a file of tests names: in a docstring, in a name, as the ends of a range."""
    named = {int(number) for number in re.findall(r"(?:\b|_)T(\d\d)(?!\d)", text, re.IGNORECASE)}
    ranges = re.findall(r"\bT(\d\d) to T(\d\d)\b", text)
    return named | {number for first, last in ranges for number in range(int(first), int(last) + 1)}


@pytest.mark.parametrize(("number", "files"), ROWS, ids=lambda value: value if len(value) == 2 else "")
def test_the_tests_of_a_row_are_there(number: str, files: str) -> None:
    named = re.findall(r"`([\w/]+\.py)`", files)
    assert named
    for name in named:
        assert int(number) in numbers((ROOT / "tests" / name).read_text(encoding="utf-8")), name


def test_no_attack_has_two_rows_and_few_have_none() -> None:
    rows = [int(number) for number, _ in ROWS]
    assert rows == sorted(set(rows))
    assert set(range(1, 53)) - set(rows) <= {50}
