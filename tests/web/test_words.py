"""The words of the pages: complete in both languages, and none without use."""

import re
import tomllib
from pathlib import Path

import pytest

import search.web
from search.web import words

ROOM = Path(search.web.__file__).parent
TABLES = [tomllib.loads((ROOM / file).read_text("utf-8")) for file in words.TABLES]
TABLE = {name: pair for table in TABLES for name, pair in table.items()}
TEXTS = [path.read_text("utf-8") for pattern in ("*.py", "*.html") for path in ROOM.rglob(pattern)]
_DATA = {  # asked for by names that come from data: fields, facets, filters
    *("title", "abstract", "claims", "description", "applicant", "inventor", "agent", "country", "kind", "type", "stage", "region"),
    *("ipc", "cpc", "locarno", "family", "year", "publication_date", "application_date", "priority_date"),
}
_STEMS = (
    "confidence_",
    "room_",
    "role_",
    "rung_",
    "desk_",
    "reading_",
    "link_",
    "click_",
    "outcome_",
    "deed_",
    "verdict_",
    "by_",
    "what_",
    "scheme_",
    "instead_",
    "begins_",
    "mode_",
    "format_",
    "encoding_",
    "order_",
    "ground_",
    "one_a_",
    "unit_",
    "counted_",
    "date_",
    "chain_",
    "deed_",
    "outcome_",
    "project_",
)
"""Of names put together from data: roles, rungs, states, classes."""


def test_no_name_stands_in_two_tables() -> None:
    assert len(TABLE) == sum(map(len, TABLES))


@pytest.mark.parametrize("name", TABLE)
def test_every_word_is_in_both_languages_with_the_same_places(name: str) -> None:
    zh, en = TABLE[name]
    assert zh
    assert en
    assert set(re.findall(r"{\w+}", zh)) == set(re.findall(r"{\w+}", en))


def test_every_word_that_a_page_uses_stands_in_the_table() -> None:
    used = {name for text in TEXTS for name in re.findall(r'\bt\(\s*"(\w+)"[,)]', text)}
    used |= {name for text in TEXTS for name in re.findall(r'"(order_\w+|inid_\w+|example_\w+)"', text)}
    assert used <= set(TABLE)


def test_no_word_is_without_use() -> None:
    everything = "\n".join(TEXTS)
    assert {
        name
        for name in TABLE
        if name not in _DATA and not name.startswith(_STEMS) and not re.search(rf"[\"']{name}[\"']", everything)
    } == set()


def test_thousands_and_an_absent_word() -> None:
    assert words.Words("en")("took", ms=3) == "in 3 ms"
    assert words.Words("zh").known("cpc", "x") == "CPC 分类"
    assert words.Words("zh").known("absent", "x") == "x"
    with pytest.raises(KeyError):
        words.Words("zh")("absent")
