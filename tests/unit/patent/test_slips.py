"""Slips of the finger in Chinese application numbers: all are told, and what was meant is among the corrections."""

import random

import pytest

from search.patent import numbers
from tests import machine

SLIPS = 100_000 if machine.soaking() else 2_000


def _number(rng: random.Random) -> str:
    """A number with a check digit, of any year that has one, without its country and point."""
    year = rng.choice((rng.randrange(1989, 2003), rng.randrange(2004, 2030)))
    kind, serial = rng.choice("12389"), rng.randrange(1, 9_999_999)
    body = f"{year}{kind}{serial:07}" if year >= 2004 else f"{year % 100:02}{kind}{serial % 100_000:05}"
    return body + numbers.check_digit(body)


def _slipped(right: str, rng: random.Random) -> str:
    """One digit typed as another, or two neighbours that differ exchanged."""
    place = rng.randrange(len(right) - 1)
    if rng.random() < 0.5 and right[place] != right[place + 1]:
        return f"{right[:place]}{right[place + 1]}{right[place]}{right[place + 2 :]}"
    other = rng.choice([digit for digit in "0123456789" if digit != right[place]])
    return f"{right[:place]}{other}{right[place + 1 :]}"


def test_every_slip_of_a_chinese_application_number_is_told() -> None:
    rng = random.Random(20170601)
    for _ in range(SLIPS):
        right = _number(rng)
        wrong = _slipped(right, rng)
        meant = numbers.slips(f"{wrong[:-1]}.{wrong[-1]}")
        assert f"CN{right[:-1]}.{right[-1]}" in meant, (right, wrong)


def test_corrections_are_all_right_and_the_own_check_digit_comes_first() -> None:
    found = numbers.slips("201710601862.4")
    assert found[0] == "CN201710601862.3"
    assert all(numbers.application(each) == each for each in found)


@pytest.mark.parametrize("right", ["201710601862.3", "201710601862", "CN110330865B", "85100312", "", "灯", "1" * 70])
def test_what_reads_right_or_has_no_check_digit_has_no_slip(right: str) -> None:
    assert numbers.slips(right) == ()


def test_an_exchanged_x_is_put_back() -> None:
    assert numbers.slips("ZL20071030849X.4") == ("CN200710308494.X",)


def test_a_check_digit_of_a_number_that_has_none_is_a_sign_of_a_slip() -> None:
    assert "CN96917364.4" in numbers.slips("86917364.4")
