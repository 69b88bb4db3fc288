"""Application numbers: the Chinese check digit, every spelling of one number, other offices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.patent import numbers
from search.patent.chinese import ChineseApplication

REAL = [
    "201710601862.3",
    "97101765.4",
    "95115608.X",
    "201310699744.2",
    "00814037.5",
    "01800565.9",
    "200510113767.6",
    "200710308494.X",
    "201910792871.4",
    "201610664229.4",
    "201610630096.9",
]
"""Numbers of real documents, of all three forms."""


@st.composite
def applications(draw: st.DrawFn) -> ChineseApplication:
    """Any well-formed one: the old form to 2003, the new one from then."""
    year, kind = draw(st.integers(1985, 2035)), draw(st.sampled_from("12389"))
    old = year < 2003 or (year == 2003 and draw(st.booleans()))
    if old:
        serial = draw(st.integers(1, 99_999))
        return ChineseApplication(f"{year % 100:02d}{kind}{serial:05d}", f"{year}{kind}{serial:07d}")
    serial = draw(st.integers(100_001, 9_999_999))
    return ChineseApplication(f"{year}{kind}{serial:07d}", f"{year}{kind}{serial:07d}")


def spellings(of: ChineseApplication) -> list[str]:
    """How people, offices and databases write it."""
    full = f"{of.printed}.{of.check}" if of.check else of.printed
    year, kind, serial = of.printed[:-8], of.printed[-8], of.printed[-7:]
    if len(of.printed) == 8:
        year, kind, serial = of.printed[:2], of.printed[2], of.printed[3:]
    wide = full.translate(str.maketrans("0123456789.X", "０１２３４５６７８９．Ｘ"))
    return [
        full,
        f"ZL{full}",
        f"ZL {year} {kind} {serial}.{of.check}" if of.check else f"ZL {year} {kind} {serial}",
        f"CN{full}A",
        f"cn{full.lower()}",
        f"{full}号",
        wide,
        of.printed + of.check,
        of.printed,
        f"CN {of.twelve} A",
        f"CN{of.epodoc}",
        f"{kind}0{of.twelve[:4]}00{of.twelve[5:]}",
    ]


@pytest.mark.parametrize("number", REAL)
def test_check_digits_of_real_numbers(number: str) -> None:
    body, check = number.split(".")
    assert numbers.check_digit(body) == check
    assert numbers.application(body) == f"CN{number}"


@pytest.mark.parametrize(
    ("twelve", "number"),
    [("199710001765", "97101765.4"), ("199510015608", "95115608.X"), ("200080014037", "00814037.5")],
)
def test_the_check_digit_of_an_old_number_is_that_of_its_eight_digits(twelve: str, number: str) -> None:
    assert numbers.application(twelve) == f"CN{number}"


def test_the_example_of_many_tutorials_is_wrong() -> None:
    with pytest.raises(numbers.CheckDigitError) as refused:
        numbers.application("89103229.2")
    assert refused.value.expected == "CN89103229.0"
    assert "CN89103229.0" in refused.value.zh


def test_a_number_of_1985_to_1988_has_no_check_digit() -> None:
    assert numbers.application("85100312") == numbers.application("85100312.7") == "CN85100312"


def test_2003_has_both_forms() -> None:
    assert numbers.application("03100263") == numbers.application("200310000263") == f"CN03100263.{numbers.check_digit('03100263')}"
    assert numbers.application("200310100263") == f"CN200310100263.{numbers.check_digit('200310100263')}"


@given(applications())
def test_every_spelling_is_one_number_and_one_key(of: ChineseApplication) -> None:
    keys = numbers.application_keys(of.number)
    for spelling in spellings(of):
        assert numbers.application(spelling, "CN") == of.number, spelling
        assert keys[0] in numbers.lookup_keys(spelling), spelling


@given(applications())
def test_the_check_digit_finds_a_wrong_digit_and_a_swap(of: ChineseApplication) -> None:
    """Every change of one digit and every swap of two neighbours of this body, against a plain recount."""
    body = of.printed
    wrong = [body[:i] + digit + body[i + 1 :] for i in range(len(body)) for digit in "0123456789" if digit != body[i]]
    wrong += [body[:i] + body[i + 1] + body[i] + body[i + 2 :] for i in range(len(body) - 1) if body[i] != body[i + 1]]
    assert all(numbers.check_digit(other) != numbers.check_digit(body) for other in wrong)
    assert numbers.check_digit(body) == recount(body)


def recount(body: str) -> str:
    """The rule of ZC 0006-2003, counted by hand: weights 2 to 9, then again from 2."""
    total, weight = 0, 2
    for digit in body:
        total += "0123456789".index(digit) * weight
        weight = 2 if weight == 9 else weight + 1
    return "0123456789X"[total % 11]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "号",
        "2017106018",
        "201740601862",
        "84100001",
        "30100001",
        "198410000001",
        "199710101765",
        "ZL",
        "20171060186２２３４",
        "x" * 99,
    ],
)
def test_what_is_no_chinese_number_is_refused(text: str) -> None:
    with pytest.raises(numbers.NumberError):
        numbers.application(text, "CN")


@pytest.mark.parametrize(
    ("spelling", "country", "number"),
    [
        ("17/248,024", None, "US17248024"),
        ("17/248,024", "US", "US17248024"),
        ("17248024", "US", "US17248024"),
        ("201717248024", "US", "US17248024"),
        ("EP17153510.7", None, "EP17153510"),
        ("17153510", "EP", "EP17153510"),
        ("EP20170153510", None, "EP17153510"),
        ("10-2015-0124192", "KR", "KR20150124192"),
        ("20-2015-0001234", "KR", "KR20-2015-0001234"),
        ("JP2000-347427", None, "JP2000347427"),
        ("PCT/US99/009417", None, "PCT/US1999/009417"),
        ("PCT/US99/09417", None, "PCT/US1999/009417"),
        ("PCT/US1999/9417", None, "PCT/US1999/009417"),
        ("PCTUS2025058371", None, "PCT/US2025/058371"),
        ("PCTUS9909417", None, "PCT/US1999/009417"),
        ("PCT/CN2019/100001", "CN", "PCT/CN2019/100001"),
        ("WO1999US09417", None, "PCT/US1999/009417"),
        ("1234/DEL/2004", "IN", "IN1234/DEL/2004"),
        ("03100263.7", "HK", "HK03100263.7"),
    ],
)
def test_other_offices(spelling: str, country: str | None, number: str) -> None:
    assert numbers.application(spelling, country) == number
    assert numbers.application(number) == number
    key = numbers.application_keys(number)[0]
    assert key in numbers.lookup_keys(number)


def test_an_eight_digit_number_may_be_of_hong_kong() -> None:
    """03100263.7 looks Chinese and has a check digit that is wrong there."""
    assert set(numbers.application_keys("HK03100263.7")) & set(numbers.lookup_keys("03100263.7"))
