"""Publication numbers: what each office prints, one canonical form, the keys a record is found by."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.patent import numbers

PRINTED = [
    ("EP666666B1", "EP0666666B1"),
    ("EP00007054A1", "EP0007054A1"),
    ("EP 0 666 666 B1", "EP0666666B1"),
    ("US07318131B2", "US7318131B2"),
    ("US 7,318,131 B2", "US7318131B2"),
    ("US-6103599-A", "US6103599A"),
    ("US20150322651A1", "US2015322651A1"),
    ("US2015/0322651A1", "US2015322651A1"),
    ("US2015322651A1", "US2015322651A1"),
    ("USD0558961", "USD558961"),
    ("USDES374176S", "USD374176S"),
    ("USRE039998E1", "USRE39998E1"),
    ("US PP08,901", "USPP8901"),
    ("USH0001234H", "USH1234H"),
    ("WO99/13800", "WO1999013800"),
    ("WO 0027301", "WO2000027301"),
    ("WO03107732", "WO2003107732"),
    ("WO200198623A1", "WO2001098623A1"),
    ("WO2019/123456 A1", "WO2019123456A1"),
    ("WO9830889A1", "WO1998030889A1"),
    ("JP8-179521", "JPH08179521"),
    ("JPH08179521A", "JPH08179521A"),
    ("JP1996-179521", "JPH08179521"),
    ("JPS56-10459A", "JPS5610459A"),
    ("JP2000-347427", "JP2000347427"),
    ("JP2001-1A", "JP2001000001A"),
    ("KR1020150124192A", "KR20150124192A"),
    ("KR10-2015-0124192A", "KR20150124192A"),
    ("KR1027251420000", "KR102725142"),
    ("WOWO 99/39395", "WO1999039395"),
    ("USUS5650746A", "US5650746A"),
    ("CN110330865B", "CN110330865B"),
    ("CN 110330865 B", "CN110330865B"),
    ("CN.102206141.A", "CN102206141A"),
    ("CN_102206141_A", "CN102206141A"),
    ("ＣＮ１１０３３０８６５Ｂ", "CN110330865B"),
    ("cn85100001a", "CN85100001A"),
    ("CN2030001U", "CN2030001U"),
    ("DE000069712345T2", "DE69712345T2"),
    ("EA12345B1", "EA012345B1"),
    ("BR0012345A", "BR0012345A"),
    ("TWI234567B", "TWI234567B"),
    ("QQ12-3/4A", "QQ12-3/4A"),
]


@pytest.mark.parametrize(("printed", "canonical"), PRINTED)
def test_printed_numbers(printed: str, canonical: str) -> None:
    found = numbers.parse_publication(printed)
    assert found.number == canonical == found.country + found.doc_number + (found.kind or "")
    assert numbers.parse_publication(canonical).number == canonical
    assert numbers.publication(found.country, found.doc_number, found.kind) == canonical
    assert numbers.is_canonical(canonical, found.country, found.doc_number, found.kind)
    keys = numbers.publication_keys(found.country, found.doc_number, found.kind)
    assert set(keys) & set(numbers.lookup_keys(printed))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CN",
        "CN201710601862.3",
        "CN12345",
        "EP17153510",
        "WO1234",
        "WO2019/1234567",
        "US",
        "12345",
        "PCT/US99/09417",
        "C1234567A",
        "CN11033086٣B",
        "CN110330865BB",
        "ZL201710601862",
        "CN" + "1" * 99,
    ],
)
def test_what_is_no_publication_number_is_refused(text: str) -> None:
    text = "CN12345" if text == "CN12345" else text
    with pytest.raises(numbers.NumberError):
        numbers.parse_publication(text)


@pytest.mark.parametrize(
    ("country", "doc_number", "kind"), [("C", "1", None), ("ＣＮ1", "1", None), ("CN", "110330865", "B22"), ("", "", "")]
)
def test_wrong_parts_are_refused(country: str, doc_number: str, kind: str | None) -> None:
    with pytest.raises(numbers.NumberError):
        numbers.publication(country, doc_number, kind)


@given(st.from_regex(r"(CN[0-9]{7,9}|EP(?!0000000)[0-9]{7}|US[1-9][0-9]{6,9}|WO[0-9]{10})[A-Z][0-9]?", fullmatch=True))
def test_the_quick_forms_are_what_the_slow_way_makes_of_them(number: str) -> None:
    found = numbers.parse_publication(number)
    assert found.number == number
    assert numbers.is_canonical(number, found.country, found.doc_number, found.kind)


def test_a_number_that_is_not_of_its_parts_is_not_canonical() -> None:
    assert not numbers.is_canonical("CN110330865B", "C", "N110330865", "B")
    assert not numbers.is_canonical("CN110330865B", "CN", "110330866", "B")
    assert not numbers.is_canonical("US07318131B2", "US", "07318131", "B2")
    assert not numbers.is_canonical("CN1B", "CN", "1", "B")


@pytest.mark.parametrize(
    ("bare", "canonical"),
    [
        ("110330865B", "CN110330865B"),
        ("110330865", "CN110330865"),
        ("7,318,131", "US7318131"),
        ("RE39998", "USRE39998"),
        ("D558961", "USD558961"),
        ("2015/0322651", "US2015322651"),
    ],
)
def test_a_number_without_its_country(bare: str, canonical: str) -> None:
    assert canonical in numbers.lookup_keys(bare)


def test_a_number_with_a_kind_asks_for_that_kind_alone() -> None:
    granted = set(numbers.publication_keys("CN", "101106276", "B"))
    assert granted & set(numbers.lookup_keys("CN101106276"))
    assert not granted & set(numbers.lookup_keys("CN101106276A"))


def test_keys_hold_the_forms_of_other_databases() -> None:
    assert set(numbers.publication_keys("US", "2015322651", "A1")) == {
        "US2015322651",
        "US2015322651A1",
        "US20150322651",
        "US20150322651A1",
    }
    assert {"WO9913800", "WO99013800", "WO199913800", "WO1999013800A1"} <= set(numbers.publication_keys("WO", "1999013800", "A1"))
    assert {"EP666666", "EP0666666B1", "EP00666666"} <= set(numbers.publication_keys("EP", "0666666", "B1"))
    assert set(numbers.application_keys("CN97101765.4")) == {
        "CN97101765",
        "CN971017654",
        "CN199710001765",
        "CN1997100017654",
        "CN19971001765",
        "CN199710017654",
    }


@st.composite
def spelled(draw: st.DrawFn) -> tuple[str, str, str | None, list[str]]:
    """Country, document number, kind, and spellings of that publication."""
    serial, year = draw(st.integers(1, 999_999)), draw(st.integers(2004, 2030))
    kind = draw(st.sampled_from([None, "A", "A1", "B", "B2", "U"]))
    country, doc_number, others = draw(
        st.sampled_from(
            [
                ("CN", f"1{serial:08d}", [f"1{serial:08d}"]),
                ("EP", f"{serial:07d}", [f"{serial}", f"{serial:08d}"]),
                ("US", f"{serial + 4_000_000}", [f"{serial + 4_000_000:,}", f"0{serial + 4_000_000}"]),
                ("US", f"{year}{serial:06d}", [f"{year}/0{serial:06d}", f"{year}0{serial:06d}"]),
                ("US", f"D{serial}", [f"D0{serial}", f"D{serial:,}", f"DES{serial}"]),
                ("WO", f"{year}{serial:06d}", [f"{year}/{serial:06d}", f"{year}/{serial}"]),
                ("WO", f"1998{serial % 99_999:06d}", [f"98/{serial % 99_999:05d}", f"98{serial % 99_999:05d}"]),
                ("JP", f"{year}{serial:06d}", [f"{year}-{serial}", f"{year}-{serial:06d}"]),
                ("JP", f"H07{serial}", [f"7-{serial}", f"H7-{serial:06d}", f"H07{serial:06d}"]),
                ("KR", f"{year}0{serial:06d}", [f"10{year}0{serial:06d}", f"10-{year}-0{serial:06d}"]),
                ("QQ", f"{serial}", [f"{serial}"]),
            ]
        )
    )
    return country, doc_number, kind, others


@given(spelled(), st.booleans(), st.sampled_from(["", " ", "-"]))
def test_every_spelling_meets_in_one_key(case: tuple[str, str, str | None, list[str]], lower: bool, gap: str) -> None:
    country, doc_number, kind, others = case
    canonical = numbers.publication(country, doc_number, kind)
    assert canonical == f"{country}{doc_number}{kind or ''}"
    keys = numbers.publication_keys(country, doc_number, kind)
    for other in others:
        tail = f"{gap if kind else ''}{kind or ''}"
        spelling = f"{country}{gap}{other}{tail}"
        spelling = spelling.lower() if lower else spelling
        assert numbers.parse_publication(spelling).number == canonical, spelling
        assert keys[1 if kind else 0] in numbers.lookup_keys(spelling), spelling


@given(st.text(max_size=80))
def test_looking_up_anything_never_raises_and_canonical_numbers_keep_their_characters(text: str) -> None:
    assert all(re.fullmatch(r"[0-9A-Z]+", key) for key in numbers.lookup_keys(text))
    for read in (lambda: numbers.parse_publication(text).number, lambda: numbers.application(text)):
        with suppress(numbers.NumberError):
            assert re.fullmatch(r"[-./0-9A-Z]+", read())
