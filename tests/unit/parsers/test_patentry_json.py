"""The project's own JSON lines: what is written is read, and only canonical values are."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import ParseError, RawRecord
from indexer.parsers import patentry_json
from search.patent.model import Patent, Reference, Source, Symbol, encode
from tests.builders import a_patent
from tests.unit.parsers import samples


def parse(line: bytes) -> Patent:
    return patentry_json.parse(RawRecord(line, "file", 0))


def test_a_line_is_written_as_it_was_read() -> None:
    assert encode(parse(samples.PATENTRY)) == samples.PATENTRY


def test_a_whole_record_comes_back_equal_with_its_sources() -> None:
    patent = a_patent(sources=(Source(format="cnipa-xml", file="a.xml", keys=("titles",)),), version=3)
    assert parse(encode(patent)) == patent
    assert patentry_json.recognise(encode(patent), "")


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.builds(
        a_patent,
        titles=st.dictionaries(st.sampled_from(["zh", "en", "ja"]), texts),
        description=st.dictionaries(st.just("zh"), st.lists(texts, max_size=3).map(tuple)),
        publication_date=st.none() | st.dates().filter(lambda day: 1790 <= day.year <= 2100).map(str),
        priorities=st.lists(st.builds(Reference, number=texts), max_size=2).map(tuple),
        version=st.integers(1, 2**53),
    )
)
def test_any_record_comes_back_equal(patent: Patent) -> None:
    assert parse(encode(patent)) == patent
    assert encode(parse(encode(patent))) == encode(patent)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"number": "CN110330865A"}, "canonical"),
        ({"number": "US07318131B2", "country": "US", "doc_number": "07318131", "kind": "B2"}, "canonical"),
        ({"number": "CN1B", "doc_number": "1"}, "canonical"),
        ({"number": ""}, "canonical"),
        ({"number": "cn110330865b", "country": "cn", "kind": "b"}, "canonical"),
        ({"publication_date": "20201201"}, "no date"),
        ({"publication_date": "2020-02-30"}, "no date"),
        ({"application": Reference(date="2020")}, "no date"),
        ({"priorities": (Reference(date=""),)}, "no date"),
        ({"ipc": (Symbol(symbol="A01B33/08"),)}, "A01B 33/08"),
        ({"cpc": (Symbol(symbol=""),)}, "class"),
        ({"locarno": (Symbol(symbol="01-01(12)"),)}, "01-01"),
    ],
)
def test_what_is_not_canonical_is_refused(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        parse(encode(msgspec.structs.replace(parse(samples.PATENTRY), **changes)))


@pytest.mark.parametrize(
    ("old", "new"),
    [('"kind":"B"', '"kind":"B","colour":"red"'), ('"stage":"granted"', '"stage":"sold"'), ('"CN110330865B"', "1"), ("}", "")],
)
def test_another_shape_is_refused(old: str, new: str) -> None:
    with pytest.raises(ParseError, match="not"):
        parse(samples.PATENTRY.decode().replace(old, new).encode())


@pytest.mark.parametrize(
    ("number", "country", "doc_number", "stands"),
    [
        ("CN201910792871.4", "CN", "201910792871.4", True),
        ("CN201910792871", "CN", "201910792871", False),
        ("US17248024", "US", "17248024", True),
        ("PCT/US1999/009417", "WO", "PCT/US1999/009417", True),
        ("", "CN", "", False),
    ],
)
def test_an_application_stands_under_its_canonical_number(number: str, country: str, doc_number: str, stands: bool) -> None:
    line = encode(Patent(number=number, country=country, doc_number=doc_number, stage="application"))
    if stands:
        assert parse(line).number == number
    else:
        with pytest.raises(ParseError, match="canonical"):
            parse(line)
