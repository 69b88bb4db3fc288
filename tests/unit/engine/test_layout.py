"""What of a record stands in the index."""

import msgspec
import pytest

from search.engine import layout
from search.patent.model import Citation, Claim, Legal, Party, Patent, Reference, Symbol
from search.text.positions import Streams, streams
from search.text.tokens import FILLER
from tests.builders import a_patent


def test_every_token_column_is_filled() -> None:
    bare = a_patent(titles={}, abstracts={}, claims=(), description={}, applicants=(), inventors=())
    entry = layout.entry(bare, 1)
    assert [entry[column] for column in layout.TOKENS] == [FILLER] * len(layout.TOKENS)


def test_keyword_columns_without_a_value_are_absent() -> None:
    bare = Patent(number="CN100A", country="CN", doc_number="100", kind="A")
    always = {"number", "number_keys", "country", "kind", "ordinal", *layout.UNITS.values(), "legal_change"}
    assert {*layout.entry(bare, 1)} == {*layout.TOKENS, *always}


def test_every_column_is_in_the_tables() -> None:
    full = a_patent(cpc=(Symbol(symbol="Y02E 60/10"),), locarno=(Symbol(symbol="09-03"),), agents=(Party(name="李四"),))
    legal = Legal(status="in_force", since="2020-12-01", next_change="2039-08-26")
    cited, claimed = (Citation(number="US7318131B2"),), (Reference("US15322651"),)
    full = msgspec.structs.replace(full, citations=cited, priorities=claimed, legal=legal)
    full_entry = layout.entry(full, 1)
    known = {*layout.TOKENS, *map(layout.begins, layout.TEXTS), *layout.KEYWORDS, *layout.COUNTED, *layout.DATES}
    assert {*full_entry} == {*known, layout.ORDINAL, *layout.UNITS.values()} - {"priority_date", "priority_year"}


def test_values_of_a_text_are_its_languages() -> None:
    patent = a_patent(
        claims=(Claim(number=1, text="甲", lang="zh"), Claim(number=1, text="a", lang="en"), Claim(number=2, text="乙", lang="zh")),
        description={"zh": ("丙", "丁"), "en": ("b",)},
    )
    entry = layout.entry(patent, 1)
    assert (entry["claims"], entry["claims_s"]) == streams(["甲\n乙", "a"])[:2]
    assert (entry["description"], entry["description_s"]) == streams(["丙\n丁", "b"])[:2]


def test_names_are_sought_in_every_language_and_counted_as_printed() -> None:
    huawei = Party(name="华为技术有限公司", names={"zh": "华为技术有限公司", "en": "Huawei Technologies"})
    entry = layout.entry(a_patent(applicants=(huawei, huawei), agents=(Party(name="李四"),), agent_firms=(Party(name="某所"),)), 1)
    assert entry["applicant"] == streams(["华为技术有限公司", "Huawei Technologies"])[0]
    assert entry["applicant_k"] == ["华为技术有限公司"]
    assert entry["agent_k"] == ["李四", "某所"]


def test_classes_stand_at_every_level_and_are_counted_by_subclass() -> None:
    entry = layout.entry(a_patent(ipc=(Symbol(symbol="H01M 10/0525"), Symbol(symbol="H01M 4/02"))), 1)
    assert entry["ipc"] == ["H", "H01", "H01M", "H01M10", "H01M10/0525", "H01M4", "H01M4/02"]
    assert entry["ipc_subclass"] == ["H01M"]
    assert layout.entry(a_patent(locarno=(Symbol(symbol="09-03"),)), 1)["locarno_subclass"] == ["09-03"]


def test_dates_are_integers_and_the_earliest_priority_counts() -> None:
    priorities = (Reference(date="2019-01-02"), Reference(date="2018-12-31"), Reference(number="US1"))
    entry = layout.entry(a_patent(publication_date="2020-02-29", priorities=priorities), 1)
    assert (entry["publication_date"], entry["publication_year"], entry["priority_date"]) == (20200229, "2020", 20181231)


def test_a_status_is_due_at_once_until_it_was_reckoned_for_this_version_and_then_by_the_calendar() -> None:
    status = Legal(status="in_force", next_change="2039-08-26", version=2)
    days = [
        layout.entry(a_patent(legal=legal, version=2), 1).get("legal_change")
        for legal in (
            None,
            msgspec.structs.replace(status, version=None),
            msgspec.structs.replace(status, version=1),
            status,
            msgspec.structs.replace(status, next_change=None),
        )
    ]
    assert days == [0, 0, 0, 20390826, None]


def test_a_date_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="month"):
        layout.entry(a_patent(publication_date="2020-13-01"), 1)


@pytest.mark.parametrize("number", ["", "CN" + "1" * 23, "CN１", "cn1", "CN 1", "CN1\n"])
def test_a_number_that_cannot_be_ordered_is_refused(number: str) -> None:
    reason = layout.refusal(Patent(number=number, country="CN", doc_number="1"))
    assert reason
    assert "number" in reason


@pytest.mark.parametrize("number", ["CN110330865B", "PCT/US1999/009417", "CN201910792871.4", "A" * 24])
def test_a_canonical_number_is_taken(number: str) -> None:
    assert layout.refusal(Patent(number=number, country="CN", doc_number="1")) is None


def test_the_fingerprint_is_the_same_at_every_start_and_tells_of_a_new_analysis(monkeypatch: pytest.MonkeyPatch) -> None:
    before = layout.fingerprint()
    assert layout.fingerprint() == before
    # the analysis is code: to change it without editing a file there is no other way than to replace it
    monkeypatch.setattr(layout, "streams", lambda values: Streams(" ".join(values), " ".join(values), []))
    assert layout.fingerprint() != before
