"""Size classes: every bound from both sides, against a count written otherwise; files that are no table."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.organisations.sizes import CLASSES, Figures, SizesRefused, classify, digest, read

TABLE = """\
title = "测试用划型表"
first = 2025-01-01

[[industry]]
code = "I"
name = "甲业"
staff = [20, 300, 1000]
revenue = [300, 2000, 40000]

[[industry]]
code = "C"
name = "乙业"
revenue = [300, 6000, 80000]
assets = [300, 5000, 80000]

[[industry]]
code = "O"
name = "其他"
staff = [10, 100, 300]
"""
READ = read(TABLE.encode())
STAFF, REVENUE = (20, 300, 1000), (300, 2000, 40000)


def by_hand(staff: int, revenue: int) -> str:
    """The sentences of such a table one by one, from the top."""
    if staff >= 1000 and revenue >= 40000:
        return "large"
    if staff >= 300 and revenue >= 2000:
        return "medium"
    if staff >= 20 and revenue >= 300:
        return "small"
    return "micro"


@pytest.mark.parametrize(
    ("staff", "revenue"),
    list(product(*([0, *(bound + step for bound in bounds for step in (-1, 0, 1))] for bounds in (STAFF, REVENUE)))),
)
def test_each_bound_from_both_sides(staff: int, revenue: int) -> None:
    assert classify(READ, Figures("I", staff, revenue)).value == by_hand(staff, revenue)


@given(st.integers(0, 2000), st.integers(0, 10**6), st.integers(0, 100), st.integers(0, 1000))
def test_who_grows_is_never_of_a_lower_class(staff: int, revenue: int, more: int, earned: int) -> None:
    before = classify(READ, Figures("I", staff, revenue)).value
    after = classify(READ, Figures("I", staff + more, revenue + earned)).value
    assert CLASSES.index(before) <= CLASSES.index(after)


def test_the_reason_names_each_comparison() -> None:
    sized = classify(READ, Figures("I", 320, 1999))
    assert sized.reason == "甲业，从业人员 320 人：≥ 300 且 < 1000（中型）；营业收入 1999 万元：≥ 300 且 < 2000（小型） → 小型"
    assert classify(READ, Figures("C", revenue=80000, assets=80000)).reason.endswith("≥ 80000（大型） → 大型")


def test_an_industry_goes_by_its_own_measures() -> None:
    assert classify(READ, Figures("O", 100)).value == "medium"
    assert classify(READ, Figures("O", 100, revenue=1)).value == "medium", "revenue is not asked of it"
    assert classify(READ, Figures("C", 9000, 6000, 5000)).value == "medium"


def test_a_missing_figure_is_asked_for_unless_another_decides() -> None:
    assert classify(READ, Figures("I", 19)).value == "micro", "whatever the revenue"
    with pytest.raises(SizesRefused, match="营业收入 revenue"):
        classify(READ, Figures("I", 20))
    with pytest.raises(SizesRefused, match="从业人员 staff"):
        classify(READ, Figures("O"))
    with pytest.raises(SizesRefused, match="I 甲业, C 乙业, O 其他"):
        classify(READ, Figures("X", 1, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title = 1",
        'title = "表"\nfirst = 2025-01-01\nindustry = []',
        TABLE + '[[industry]]\ncode = "O"\nname = "又"\nstaff = [1, 2, 3]\n',
        TABLE.replace("[10, 100, 300]", "[10, 100]"),
        TABLE.replace("[10, 100, 300]", "[10, 300, 100]"),
        TABLE.replace("[10, 100, 300]", "[0, 100, 300]"),
        TABLE.replace("[10, 100, 300]", "[10, 100, 1e3]"),
        TABLE.replace("staff = [10, 100, 300]\n", ""),
        TABLE.replace("staff = [10", "people = [10"),
        TABLE.replace("first = 2025-01-01", 'first = "soon"'),
        '﻿title = "a"',
        "\udcff",
        "x" * 100_001,
    ],
)
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(SizesRefused):
        read(text.encode("utf-8", "surrogateescape"))


def test_a_table_is_named_by_its_bytes() -> None:
    assert digest(TABLE.encode()) != digest(TABLE.encode() + b"\n")
    assert read("﻿".encode() + TABLE.encode()) == READ, "an editor's mark at its beginning"
