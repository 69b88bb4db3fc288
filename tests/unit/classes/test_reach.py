"""A class that was expanded is sought under all its keys and written as its symbol; keys, order and words of classes."""

import pytest

from search.engine.plan import Keys
from search.engine.planner import plan
from search.find.classes import words
from search.find.classes.model import node, order, placed, printed
from search.query.render import render
from search.query.tree import Expanded


def test_an_expanded_class_is_its_keys_to_an_engine_and_its_symbol_to_people() -> None:
    expanded = Expanded("cpc", "A01B1/02", ("A01B1/02", "A01B1/04"))
    assert plan(expanded) == Keys("cpc", ("A01B1/02", "A01B1/04"))
    assert render(expanded) == "cpc:A01B1/02"


@pytest.mark.parametrize(
    ("typed", "key", "shown"),
    [
        ("a", "A", "A"),
        ("A01B", "A01B", "A01B"),
        ("A01B 1/00", "A01B1", "A01B 1/00"),
        ("A01B0001020000", "A01B1/02", "A01B 1/02"),
        ("H04N   3/", "H04N3", "H04N 3/00"),
    ],
)
def test_a_class_has_one_key_and_one_printed_form(typed: str, key: str, shown: str) -> None:
    assert node("ipc", typed) == key
    assert printed("ipc", key) == shown


def test_a_symbol_has_a_place_without_any_scheme() -> None:
    assert [placed("ipc", key) for key in ("A", "A01", "A01B", "A01B1", "A01B1/02")] == [
        (0, None),
        (1, "A"),
        (2, "A01"),
        (3, "A01B"),
        (4, "A01B1"),
    ]


def test_classes_stand_as_schemes_print_them() -> None:
    printed_order = ["A01B1", "A01B1/02", "A01B1/022", "A01B1/04", "A01B3", "A01B11", "A01B2200"]
    assert sorted(set(printed_order), key=lambda key: order("cpc", key)) == printed_order
    assert sorted(["10", "2", "1"], key=lambda key: order("wipo35", key)) == ["1", "2", "10"]


def test_words_of_titles_are_stems_without_references() -> None:
    assert words.english("Ploughs (with (rotary) tools A01B 9/00); Harrows") == " plough harrow "
    assert words.joined("手動工具（草坪修整機入A01G3/06）；铲") == "手动工具铲"
    assert words.asked("Batteries 锂电池", typing=False) == [("en", [" batteri "]), ("zh", ["锂电池"])]
    assert words.asked("batt", typing=True) == [("en", [" batt ", " batt"])]
