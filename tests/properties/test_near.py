"""The exact matcher of distances against every choice of occurrences tried in turn."""

from hypothesis import given, settings

from search.query.near import matches, witness
from search.query.tree import Near
from tests import machine
from tests.properties.nears import Sheet, nears, texts

MANY = settings(max_examples=20_000 if machine.soaking() else 400)


@MANY
@given(nears, texts)
def test_a_text_matches_where_some_choice_does(near: Near, text: str) -> None:
    marked = Sheet(text).marked(near)
    assert witness(near, text) == marked
    assert matches(near, [text]) == bool(marked)


@given(nears, texts, texts)
def test_no_distance_reaches_into_another_text(near: Near, one: str, two: str) -> None:
    assert matches(near, [one, two]) == (matches(near, [one]) or matches(near, [two]))
