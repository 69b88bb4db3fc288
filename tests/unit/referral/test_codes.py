"""Codes of links: every spelling is one, every usual slip is found (T27)."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.referral.codes import LENGTH, SIGNS, canonical, check_sign, create, printed

codes = st.text(SIGNS, min_size=LENGTH - 1, max_size=LENGTH - 1).map(lambda body: body + check_sign(body))


def test_new_codes_are_sound_and_differ() -> None:
    made = [create() for _ in range(2_000)]
    assert len(set(made)) == len(made)
    assert all(canonical(code) == code for code in made)
    assert {sign for code in made for sign in code} == set(SIGNS)


@settings(deadline=None)
@given(codes, st.data())
def test_every_spelling_is_one_code(code: str, data: st.DataObject) -> None:
    spelled = "".join(
        data.draw(st.sampled_from([sign, sign.lower(), *{"0": "oO", "1": "iIlL"}.get(sign, ""), chr(ord(sign) + 0xFEE0)]))
        + data.draw(st.sampled_from(["", "", "-", " "]))
        for sign in code
    )
    assert canonical(spelled) == code
    assert canonical(printed(code)) == code


@settings(deadline=None)
@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_found(code: str, place: int, sign: str) -> None:
    wrong = code[:place] + sign + code[place + 1 :]
    assert (canonical(wrong) is not None) == (wrong == code)


@settings(deadline=None)
@given(codes, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_signs_exchanged_are_always_found(code: str, one: int, other: int) -> None:
    signs = list(code)
    signs[one], signs[other] = signs[other], signs[one]
    wrong = "".join(signs)
    assert (canonical(wrong) is not None) == (wrong == code)


def test_one_in_thirty_two_guesses_is_a_code_at_all() -> None:
    """T27: nine signs are free, 45 bits; the tenth follows."""
    assert len(SIGNS) ** (LENGTH - 1) == 2**45
    body = create()[:-1]
    assert sum(canonical(body + sign) is not None for sign in SIGNS) == 1


@pytest.mark.parametrize("text", ["", "7K3QX", "U" * 10, "0" * 9 + "é", "0" * 400, "//evil.example", "０" * 9, "0000000001"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert canonical(text) is None


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    code = canonical(text)
    assert code is None or check_sign(code[:-1]) == code[-1]


def test_weights_differ_so_no_exchange_is_silent() -> None:
    """What a one in each place adds to the check is another power of α."""
    powers = [SIGNS.index(check_sign("0" * place + "1" + "0" * (LENGTH - 2 - place))) for place in range(LENGTH - 1)]
    assert len({1, *powers}) == LENGTH
    assert all(one != other for one, other in pairwise(powers))
