"""What a record is counted by, and that every key can be asked for."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.engine import drill, layout
from search.engine.dimensions import KEY_LENGTH, keys, spelled
from search.engine.plan import Keys
from search.engine.planner import plan
from search.patent import technology
from search.patent.model import Citation, Party, Reference
from search.query import parse
from search.query.render import render
from search.query.tree import Range, Value, both
from tests.builders import a_patent
from tests.contract.library import symbols


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=60), st.sampled_from(["applicant", "inventor", "agent", "city", "origin", "region", "cites"]))
@example('The “A” and the "B" Co.', "applicant")
@example("*", "city")
@example("NOT", "city")
@example("cafe\u0301", "inventor")
@example("a" * 600, "applicant")
def test_any_key_is_written_and_read_as_itself(text: str, dimension: str) -> None:
    field = {"cites": "cites_is"}.get(dimension, dimension)
    key = spelled(text, "" if field in layout.PARTIES else field)
    assert len(key) <= KEY_LENGTH
    assert spelled(key, "" if field in layout.PARTIES else field) == key
    if key:
        clause = drill.clause(dimension, key)
        written = render(clause)
        assert parse(written).tree == clause
        assert parse(unicodedata.normalize("NFC", written)).tree == clause


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40))
@example("x" * 300)
@example("和服务器 OR LED灯")
def test_any_word_of_a_title_is_written_and_read_as_itself(title: str) -> None:
    for word in layout.entry(a_patent(titles={"zh": title}), 1).get("words", []):  # type: ignore[union-attr]
        clause = drill.clause("word", str(word))
        assert parse(render(clause)).tree == clause
        assert plan(clause) == Keys("words", (str(word),))


def test_a_class_is_counted_at_the_levels_that_it_reaches() -> None:
    found = keys(a_patent(ipc=symbols("H01M 10/0525", "H01M 4/02", "G01"), cpc=symbols("Y02E"), locarno=symbols("09-03", "09")))
    names = ("section", "class", "subclass", "group", "subgroup", "cpc_subclass", "cpc_group", "locarno")
    assert [found[layout.DIMENSIONS[name]] for name in names] == [
        ["H", "G"],
        ["H01", "G01"],
        ["H01M"],
        ["H01M10", "H01M4"],
        ["H01M10/0525", "H01M4/02"],
        ["Y02E"],
        [],
        ["09-03"],
    ]


def test_years_are_of_publication_filing_grant_and_the_earliest_priority() -> None:
    entry = layout.entry(
        a_patent(
            stage="granted",
            publication_date="2020-12-01",
            application=Reference(date="2019-08-26"),
            priorities=(Reference(date="2018-08-27"), Reference(date="2017-01-01")),
        ),
        1,
    )
    years = [entry[layout.DIMENSIONS[f"{name}_year"]] for name in ("publication", "application", "grant", "priority")]
    assert years == ["2020", ["2019"], ["2020"], ["2017"]]
    assert "grant_year" not in layout.entry(a_patent(stage="published"), 1)


def test_what_was_published_of_a_cited_patent_is_one_key() -> None:
    cited = tuple(Citation(number=number) for number in ("US7318131B2", "US7318131A1", "CN110330865B", "some  paper"))
    assert keys(a_patent(citations=cited))["cited"] == ["US7318131", "CN110330865", "SOME PAPER"]


def test_places_are_spelled_as_they_are_asked_for() -> None:
    parties = (Party(name="A", country="us", region="江苏", city=" 苏州市 "), Party(name="B", country="CN", region="江苏省"))
    entry = layout.entry(a_patent(applicants=parties), 1)
    assert (entry["origin"], entry["region"], entry["city"]) == (["US"], ["江苏省"], ["苏州市"])


@pytest.mark.parametrize(
    ("symbol", "field"),
    [
        ("H01M10/0525", "1"),
        ("G06Q10/06", "7"),
        ("G01N33/50", "11"),
        ("G01N21/00", "10"),
        ("A61K8/02", "14"),
        ("A61K31/00", "16"),
        ("B01D53/94", "24"),
        ("B01D61/00", "23"),
        ("H04N1/00", "3"),
        ("H04N21/43", "4"),
        ("E01F8/00", "24"),
        ("E01F15/00", "35"),
        ("H10K59/10", "8"),
        ("Y02E60/10", None),
    ],
)
def test_the_field_of_technology_of_a_class(symbol: str, field: str | None) -> None:
    assert technology.field(symbol) == field


def test_there_are_35_fields_and_no_class_is_of_two() -> None:
    assert [field.number for field in technology.FIELDS] == list(range(1, 36))
    classes = [symbol for field in technology.FIELDS for symbol in field.classes]
    assert len(classes) == len(set(classes))


def test_clauses() -> None:
    assert drill.clause("grant_year", "2020") == both(
        Value("stage", "granted"), Range("publication_date", "2020-01-01", "2020-12-31")
    )
    assert drill.clause("application_year", "2019") == Range("application_date", "2019-01-01", "2019-12-31")
    assert drill.clause("group", "H01M10") == Value("ipc_is", "H01M10")
    assert drill.clause("applicant", "甲") == Value("applicant", "甲")
