"""The table of fields, and what a slip of a name leads to."""

import pytest

from search.query import fields, spelling


def test_each_name_leads_to_its_field() -> None:
    for each in fields.FIELDS:
        for name in (each.name, each.zh, each.name.upper(), *each.aliases):
            assert fields.field(name) is each


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ＴＩ", "title"),
        ("標題", "title"),
        ("申请（专利权）人", "applicant"),
        ("公开(公告)日", "publication_date"),
        ("专利号", "application"),
    ],
)
def test_any_width_and_script(typed: str, name: str) -> None:
    found = fields.field(typed)
    assert found is not None
    assert found.name == name


def test_an_unknown_name_is_no_field() -> None:
    assert fields.field("foo") is None
    assert fields.field("") is None


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("titel", ["title"]),
        ("claimz", ["claims"]),
        ("publicaton_date", ["publication_date", "application_date"]),
        ("发明名", ["发明名称", "发明人"]),
        ("xyzzy", []),
        ("a" * 5000, []),
    ],
)
def test_nearest(typed: str, nearest: list[str]) -> None:
    assert fields.nearest(typed) == nearest


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xabc", 1), ("abc", "axc", 1), ("ab", "cd", 2)],
)
def test_distance(one: str, other: str, apart: int) -> None:
    assert spelling.distance(one, other) == spelling.distance(other, one) == apart
