"""Every question that can't be asked is refused with its place, what was expected and what may have been meant."""

import string

import pytest

from search.query import QueryError, parse
from search.query.errors import MESSAGES, NOTES


def refused(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "empty", 0),
        (" 　", "empty", 0),
        ("a\x00", "character", 1),
        ('"a\ud800"', "character", 2),
        ("a AND", "expected", 5),
        ("AND a", "expected", 0),
        ("a OR OR b", "expected", 5),
        ("NOT", "expected", 3),
        ("()", "expected", 1),
        ("a)", "expected", 1),
        ("(a", "bracket", 0),
        ("ti:(a (b)", "bracket", 3),
        ("锂 “电池", "quote", 2),
        ("：电池", "expected", 0),
        ("ti:", "expected", 3),
        ("ti: AND a", "expected", 4),
        ("a ti:b titel:c", "field", 7),
        ("_exists_:title", "field", 0),
        ("https://example.org", "field", 0),
        ("ti:NOT a", "expected", 3),
        ("ti>a", "relation", 2),
        ("applicant==(a)", "expected", 11),
        ("pd>(2019)", "expected", 3),
        ("country==CN", "relation", 7),
        ("pd==2019", "relation", 2),
        ("[2019 TO 2020]", "range", 0),
        ("ipc:[A TO B]", "range", 4),
        ("pd:[2019 2020]", "expected", 9),
        ("pd:[2019 TO 2020", "expected", 16),
        ("pd:[2020 TO 2019]", "range_order", 4),
        ("pd:2020..2019", "range_order", 3),
        ("pd:[* TO *]", "date", 9),
        ("pd:..", "date", 5),
        ("pd:2019-13", "date", 3),
        ("pd:2019..x", "date", 9),
        ("pd:昨天", "date", 3),
        ("pd:2019*", "wildcard_date", 3),
        ("ipc:foo", "class", 4),
        ("ipc:14-03", "class", 4),
        ("pn:！x", "number", 4),
        ("type:patent", "value", 5),
        ("a & b", "no_word", 2),
        ('a ""', "no_word", 2),
        ("title:*", "wildcard_short", 6),
        ("a*", "wildcard_short", 0),
        ("*ab", "wildcard_short", 0),
        ("锂*池", "wildcard_place", 0),
        ("LED?灯", "wildcard_place", 0),
        ('"锂电* battery"', "wildcard_place", 0),
        ("a" * 2001, "too_long", 2000),
        ("a " * 101, "too_many_clauses", 200),
        ("ab* cd* ef* gh* ij* kl*", "too_many_wildcards", 20),
        ("*abc *bcd *cde", "too_many_leading", 10),
        ("(" * 21 + "a" + ")" * 21, "too_deep", 20),
        ("NOT " * 21 + "a", "too_deep", 0),
    ],
)
def test_place_and_code(text: str, code: str, position: int) -> None:
    error = refused(text)
    assert (error.code, error.position) == (code, position)


def test_unknown_field_names_the_nearest() -> None:
    error = refused("abstrct:a")
    assert error.suggestions == ("abstract",)
    assert "abstract" in error.en
    assert "abstract" in error.zh
    assert "title" in refused("zzzzzz:a").en
    assert "标题" in refused("zzzzzz:a").zh


def test_unknown_value_names_the_list() -> None:
    error = refused("类型：发名专利")
    assert error.suggestions[0] == "发明专利"
    assert error.expected == ("invention", "utility_model", "design", "plant", "reissue", "other")
    assert "实用新型" in error.zh


def test_what_was_expected_is_said_in_both_languages() -> None:
    error = refused("ipc: OR a")
    assert error.expected == ("a class symbol", "(")
    assert "分类号" in error.zh
    assert "a class symbol" in error.en


def test_a_dialect_that_is_not_there() -> None:
    with pytest.raises(QueryError) as caught:
        parse("a", "klingon")
    assert caught.value.code == "dialect"
    assert caught.value.expected == ("auto", "native", "cql", "ppubs", "cprs", "pss", "google")


@pytest.mark.parametrize(("zh", "en"), [*MESSAGES.values(), *NOTES.values()])
def test_messages_say_the_same_in_both_languages(zh: str, en: str) -> None:
    """Each holds the same values; only ``…_zh`` has another word for the same thing."""
    slots = [{(name or "").removesuffix("_zh") for _, name, _, _ in string.Formatter().parse(text)} - {""} for text in (zh, en)]
    assert slots[0] == slots[1]
    assert any("\u4e00" <= character <= "\u9fff" for character in zh)
    assert en.endswith((".", "}"))
