"""The table of branches, the heads of exports, the estimates."""

import math
import random
from collections.abc import Sequence

import pytest

from search.saved.collections import heads, importing, tabling
from search.saved.collections.estimates import share
from search.saved.collections.importing import Row
from search.saved.collections.model import Branch, Collection
from search.saved.collections.problems import BranchMisplaced, BranchUnreadable, ColumnsMissing
from search.saved.collections.sheets import Line
from search.saved.collections.works import check_tree, free_code
from tests.tenants import NOON

HELD = Collection("c1", "u1", None, None, "电池", "", None, ("产线",), {}, NOON, NOON, 1)


def lines(table: Sequence[Sequence[str]]) -> list[Line]:
    """The rows of a sheet without an empty one."""
    return [Line(number, list(cells)) for number, cells in enumerate(table, 1)]


def drawn(chance: random.Random) -> dict[str, Branch]:
    """A table of branches as people might have made it."""
    made: dict[str, Branch] = {}
    for place in range(chance.randint(1, 20)):
        parent = chance.choice([None, *(code for code in made if code.count(".") < 2)])
        code = free_code(parent, made)
        chain = chance.choice([None, "up", "mid", "down"])
        query = chance.choice([None, "title:电池", "ipc:H01M"])
        made[code] = Branch(code, parent, place + 1, f"名称{place}", chain, chance.choice(["", "纳入 规则"]), query)  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_that_was_written_is_read_as_the_same(seed: int, lang: str) -> None:
    branches = drawn(random.Random(seed))
    check_tree(branches)
    table = tabling.written(branches, lang)
    again = tabling.read(lines(table), branches, lambda query: query or None)
    assert {each.code: each for each in again} == branches
    anew = tabling.read(lines(table), {}, lambda query: query or None)
    assert [(each.code, each.parent, each.name, each.chain) for each in anew] == [
        (each.code, each.parent, each.name, each.chain) for each in tabling.in_order(branches)
    ]


@pytest.mark.parametrize(
    ("branches", "fits"),
    [
        ([("1", None), ("2", "1"), ("3", "2")], True),
        ([("1", None), ("2", "1"), ("3", "2"), ("4", "3")], False),
        ([("1", "2"), ("2", "1")], False),
        ([("1", "1")], False),
        ([("1", "9")], False),
    ],
)
def test_a_tree_has_three_levels_and_no_ring(branches: list[tuple[str, str | None]], fits: bool) -> None:
    held = {code: Branch(code, parent, 1, code) for code, parent in branches}
    if fits:
        check_tree(held)
        return
    with pytest.raises(BranchMisplaced):
        check_tree(held)


_UNFIT = pytest.mark.parametrize(
    "table",
    [
        [["一级分支", "二级分支"], ["", "没有上级"]],
        [["一级分支", "二级分支", "三级分支"], ["甲", "乙", ""], ["丙", "", "隔级"]],
        [["一级分支"], ["甲"], [""]],
        [["代码", "一级分支"], ["有 空格", "甲"]],
    ],
)


def test_a_branch_that_only_stands_above_others_is_made() -> None:
    table = [["一级分支", "二级分支", "检索式"], ["正极", "包覆", "title:包覆"], ["正极", "掺杂", ""], ["负极", "硅碳", ""]]
    found = tabling.read(lines(table), {}, lambda query: query or None)
    assert [(each.code, each.parent, each.name, each.canonical) for each in found] == [
        ("1", None, "正极", None),
        ("1.1", "1", "包覆", "title:包覆"),
        ("1.2", "1", "掺杂", None),
        ("2", None, "负极", None),
        ("2.1", "2", "硅碳", None),
    ]


@_UNFIT
def test_a_row_that_can_not_stand_there_is_told_with_its_line(table: list[list[str]]) -> None:
    with pytest.raises(BranchUnreadable) as caught:
        tabling.read(lines(table), {}, lambda query: query or None)
    assert caught.value.extra["line"] == len(table)


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        (["公开（公告）号", "申请号", "申请（专利权）人", "申请日"], ["publication", "application", "applicant", "filed"]),
        (["公开(公告)号", "标题 (中文)", "[标]当前申请(专利权)人"], ["publication", "title", "applicant"]),
        (["Publication Number", "Title", "Current Assignee", "Application Date"], ["publication", "title", "applicant", "filed"]),
        (["专利号", "发明名称", "IPC主分类号", "别的"], ["application", "title", "ipc", ""]),
        (["标题", "公开号", "公开（公告）号"], ["title", "", "publication"]),
    ],
)
def test_columns_are_known_by_the_names_that_systems_give_them(head: list[str], kinds: list[str]) -> None:
    assert heads.kinds(head, heads.DOCUMENTS) == kinds


def test_rows_are_read_by_their_head_or_as_a_list() -> None:
    table = [["检索结果"], ["公开号", "产线", "其他", "备注"], ["CN1A", "三号", "x", "好"], ["", "", "x"]]
    assert importing.read(lines(table), HELD) == [Row(3, "CN1A", {"note": "好"}, {"产线": "三号"}, "publication"), Row(4, "")]
    assert importing.read(lines([["CN102000001A"], ["x", "说明"]]), HELD) == [Row(1, "CN102000001A"), Row(2, "x")]
    assert importing.read([], HELD) == []
    with pytest.raises(ColumnsMissing):
        importing.read(lines([["a", "b"], ["c", "d"]]), HELD)


def test_a_share_has_wilsons_interval() -> None:
    told = share(9, 10)
    assert (told.share, round(told.low, 4), round(told.high, 4)) == (0.9, 0.5958, 0.9821)
    assert share(0, 0).share is None
    for hits, of in [(0, 5), (5, 5), (1, 400), (399, 400)]:
        found = share(hits, of)
        assert 0 <= found.low <= hits / of <= found.high <= 1


def test_the_interval_holds_the_true_share_about_as_often_as_it_says() -> None:
    chance = random.Random(7)
    trials = 2_000
    held = 0
    for _ in range(trials):
        found = share(sum(chance.random() < 0.7 for _ in range(60)), 60)
        held += found.low <= 0.7 <= found.high
    assert math.isclose(held / trials, 0.95, abs_tol=0.02)
