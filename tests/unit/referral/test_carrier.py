"""T23: the carrier as a text: what was sealed is opened, anything else is refused."""

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.referral.carrier import MOST, Carrier, CarrierForged
from auth.referral.model import Touch

KEY = bytes(range(32))
hexadecimal = st.text("0123456789abcdef", min_size=32, max_size=32)
touches = st.lists(st.builds(Touch, hexadecimal, hexadecimal, st.integers(1, 10**12 - 1)), max_size=MOST)


@settings(deadline=None)
@given(touches)
def test_what_was_sealed_is_opened(given: list[Touch]) -> None:
    assert Carrier(KEY).open(Carrier(KEY).seal(given)) == given


def test_of_many_touches_the_first_and_the_last_are_kept() -> None:
    many = [Touch(f"{number:032x}", "a" * 32, number) for number in range(1, 26)]
    kept = Carrier(KEY).open(Carrier(KEY).seal(many))
    assert kept == [many[0], *many[-(MOST - 1) :]]
    assert len(Carrier(KEY).seal(many)) < 1_000


def test_no_flipped_bit_is_let_through() -> None:
    """T23: every bit of every byte, and every byte left out or doubled: none accepted."""
    carrier = Carrier(KEY)
    sealed = carrier.seal([Touch(secrets.token_hex(16), secrets.token_hex(16), 1_770_000_000) for _ in range(2)])
    places = range(len(sealed))
    tampered = [
        *(
            sealed[:place] + chr(ord(sign) ^ 1 << bit) + sealed[place + 1 :]
            for place, sign in enumerate(sealed)
            for bit in range(8)
        ),
        *(sealed[:place] + sealed[place + 1 :] for place in places),
        *(sealed[:place] + sealed[place] + sealed[place:] for place in places),
    ]
    accepted = [text for text in tampered if text != sealed and _opens(carrier, text)]
    assert len(tampered) > 2_000
    assert accepted == []


@pytest.mark.parametrize("text", ["", ".", "1", "1.", "\ud800", "é.é", "1." + "0" * 64, "x" * 100_000])
def test_no_text_breaks_it(text: str) -> None:
    assert not _opens(Carrier(KEY), text)


def test_another_installations_carrier_is_refused() -> None:
    assert not _opens(Carrier(KEY), Carrier(KEY[::-1]).seal([Touch("a" * 32, "b" * 32, 1)]))


def _opens(carrier: Carrier, text: str) -> bool:
    try:
        carrier.open(text)
    except CarrierForged:
        return False
    return True
