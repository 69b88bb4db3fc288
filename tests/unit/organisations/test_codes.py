"""统一社会信用代码: published codes are read, every slip of one sign and every swap of neighbours is found (GB 32100-2015)."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.organisations.codes import SIGNS, CodeRefused, check_digit, parse

PUBLISHED = ("91350100M000100Y43", "91330100799655058B", "9144030071526726XG", "914403001922038216", "91110000802100433B")
"""The standard's own example and codes that companies print on their pages."""

codes = st.tuples(
    st.sampled_from(["11", "12", "51", "52", "91", "92", "93"]),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(SIGNS, min_size=9, max_size=9),
).map(lambda parts: "".join(parts) + check_digit("".join(parts)))


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_are_sound(code: str) -> None:
    read = parse(code)
    assert (read.code, read.department, read.body, read.is_enterprise) == (code, "工商", "企业", True)
    assert (read.division, read.organisation) == (code[2:8], code[8:17])


def test_body_and_department_are_told() -> None:
    code = "12520000" + "000000001"
    read = parse(code + check_digit(code))
    assert (read.department, read.body, read.division, read.is_enterprise) == ("机构编制", "事业单位", "520000", False)


@pytest.mark.parametrize(
    "text", ["91350100m000100y43", " 9135 0100 M000 100Y 43 ", "９１３５０１００Ｍ０００１００Ｙ４３", "91350100-M000100Y4-3"]
)
def test_every_spelling_is_one_code(text: str) -> None:
    assert parse(text).code == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "length"),
        ("91350100M000100Y4", "length"),
        ("91350100M000100Y433", "length"),
        ("91350100M000100O43", "sign"),
        ("9135M100M000100Y43", "sign"),
        ("91350100M000100Y44", "check_digit"),
        ("\x00" * 18, "sign"),
    ],
)
def test_what_is_no_code_says_why(text: str, reason: str) -> None:
    with pytest.raises(CodeRefused) as refused:
        parse(text)
    assert refused.value.reason == reason


@settings(deadline=None)
@given(codes, st.integers(0, 17), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_found(code: str, place: int, sign: str) -> None:
    wrong = code[:place] + sign + code[place + 1 :]
    if sign == code[place]:
        assert parse(wrong).code == code
    else:
        with pytest.raises(CodeRefused):
            parse(wrong)


@settings(deadline=None)
@given(codes, st.integers(0, 16))
def test_two_neighbours_swapped_are_always_found(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(CodeRefused):
            parse(swapped)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(CodeRefused):
        assert len(parse(text).code) == 18
