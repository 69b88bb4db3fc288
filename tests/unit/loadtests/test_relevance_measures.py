"""Measures of an order, against values worked out by hand."""

from math import log2

import pytest

from loadtests.relevance.measures import condensed, interval, ndcg, recall, reciprocal_rank

GRADES = {"a": 3, "b": 2, "c": 0, "d": 1}


def test_the_best_order_gains_all() -> None:
    assert ndcg(["a", "b", "d", "x"], GRADES) == pytest.approx(1.0)
    assert ndcg(["x", "y"], GRADES) == 0.0


def test_a_document_nobody_judged_takes_a_place_unless_condensed() -> None:
    best = 3 / log2(2) + 2 / log2(3) + 1 / log2(4)
    assert ndcg(["x", "b", "a"], GRADES) == pytest.approx((2 / log2(3) + 3 / log2(4)) / best)
    assert condensed(["x", "b", "y", "a"], GRADES) == pytest.approx((2 / log2(2) + 3 / log2(3)) / best)


def test_places_after_the_last_that_counts_gain_nothing() -> None:
    assert ndcg(["x"] * 10 + ["a"], GRADES) == 0.0
    assert recall(["x", "a", "d"], GRADES, at=2) == pytest.approx(1 / 3)


def test_the_first_relevant_document_ranks() -> None:
    assert reciprocal_rank(["x", "c", "d", "a"], GRADES) == pytest.approx(1 / 3)
    assert reciprocal_rank(["c", "x"], GRADES) == 0.0


def test_an_interval_holds_the_mean_and_narrows_with_more_queries() -> None:
    few, many = interval([0.0, 1.0] * 5), interval([0.0, 1.0] * 500)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
    assert interval([0.7] * 9) == pytest.approx((0.7, 0.7))
