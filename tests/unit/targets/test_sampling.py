"""Sampling for call-backs (T43): who is drawn follows from root and nonce alone, everybody is as likely, intervals hold."""

import hashlib
import math
from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.targets.sampling import commitment, draw, enough, estimate, kept, outcome, seed

ROOT, NONCE = bytes(range(32)), bytes(32)


def test_the_seed_is_the_hash_of_root_and_nonce() -> None:
    assert seed(ROOT, NONCE) == hashlib.sha256(ROOT + NONCE).digest()
    assert kept(NONCE, commitment(NONCE))
    assert not kept(ROOT, commitment(NONCE))
    with pytest.raises(ValueError, match="32 bytes"):
        seed(b"short", NONCE)


def test_no_order_of_facts_changes_who_is_drawn() -> None:
    """T43: 1,000 orders in which an agency or operator might give the population."""
    population = list(range(0, 400, 4))
    drawn = draw(population, 10, seed=seed(ROOT, NONCE))
    chance = Random(43)
    for _ in range(1000):
        chance.shuffle(population)
        assert draw(population, 10, seed=seed(ROOT, NONCE)) == drawn


def test_a_known_draw() -> None:
    """By the words of docs/targets.md, written out: another program draws the same."""
    key = seed(ROOT, NONCE)
    held, taken = [10, 20, 30, 40, 50], []
    for counter in range(3):
        number = int(hashlib.sha256(key + counter.to_bytes(8, "big")).hexdigest(), 16)
        place = number % len(held)
        taken.append(held[place])
        held[place] = held[0]
        held = held[1:]
    assert draw([50, 40, 30, 20, 10], 3, seed=key) == taken


def test_everybody_is_as_likely_at_every_place() -> None:
    """T43: chi-square over 20 people, 5 drawn 4,000 times, at 99.9% with 19 degrees of freedom: 43.82."""
    population = range(20)
    places: list[Counter[int]] = [Counter() for _ in range(5)]
    for number in range(4000):
        for place, seq in enumerate(draw(population, 5, seed=hashlib.sha256(f"fixed {number}".encode()).digest())):
            places[place][seq] += 1
    for counts in (*places, sum(places, Counter())):
        expected = counts.total() / 20
        assert sum((counts[seq] - expected) ** 2 / expected for seq in population) < 43.82


@given(st.sets(st.integers(0, 10**6), min_size=1, max_size=60), st.data())
def test_a_draw_is_of_the_population_without_repeats(population: set[int], data: st.DataObject) -> None:
    size = data.draw(st.integers(0, len(population)))
    drawn = draw(sorted(population), size, seed=ROOT)
    assert len(set(drawn)) == size
    assert set(drawn) <= population
    assert draw(sorted(population), len(population), seed=ROOT)[:size] == drawn


def test_how_many_to_call() -> None:
    """The table of the documentation, of 100 counted."""
    table = {5: [37, 45, 59], 10: [20, 25, 36], 20: [10, 13, 19], 30: [7, 9, 13]}
    for false, sizes in table.items():
        assert [enough(100, false, chance=Fraction(part, 100)) for part in (90, 95, 99)] == sizes
    assert enough(7, 7, chance=Fraction(99, 100)) == 1
    with pytest.raises(ValueError, match="none to meet"):
        enough(100, 0, chance=Fraction(1, 2))


def test_how_many_to_call_by_trying_all_samples() -> None:
    """Of 8 with 3 false: the share of samples that hold one, counted."""
    for size in range(1, 6):
        samples = [mask for mask in range(256) if mask.bit_count() == size]
        chance = Fraction(sum(mask & 0b111 > 0 for mask in samples), len(samples))
        if chance < 1:
            assert enough(8, 3, chance=chance) == size


def test_known_intervals() -> None:
    """Clopper and Pearson at 95%: 8 of 10 and the closed forms at the ends."""
    held = estimate(8, 10)
    assert (round(held.low, 4), round(held.high, 4)) == (0.4439, 0.9748)
    assert math.isclose(estimate(0, 10).high, 1 - 0.025**0.1, rel_tol=1e-9)
    assert math.isclose(estimate(10, 10).low, 0.025**0.1, rel_tol=1e-9)
    assert (estimate(0, 10).low, estimate(10, 10).high) == (0.0, 1.0)


def test_the_interval_misses_no_more_often_than_said() -> None:
    """Exact coverage over all outcomes of 20 calls, at shares across the whole."""
    intervals = [estimate(genuine, 20) for genuine in range(21)]
    for share in (0.03, 0.2, 0.5, 0.77, 0.95):
        ways = [math.comb(20, k) * share**k * (1 - share) ** (20 - k) for k in range(21)]
        assert sum(way for way, held in zip(ways, intervals, strict=True) if held.low <= share <= held.high) >= 0.95


def test_the_unreachable_are_left_out_and_counted_as_false() -> None:
    held = outcome(yes=18, no=2, unreachable=5)
    assert (held.answered, held.drawn) == (estimate(18, 20), estimate(18, 25))
    with pytest.raises(ValueError, match="at least one"):
        outcome(yes=0, no=0, unreachable=3)
