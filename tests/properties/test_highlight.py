"""What is marked in a text is exactly what an engine's tokens match, leaf by leaf."""

import gzip
import json
import random
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.highlight import highlight
from search.query.near import matches, witness
from search.query.tree import Near, Not, Wild, Word, both, either
from search.text import tokens
from search.text.stems import stem
from tests import machine
from tests.properties.nears import nears
from tests.properties.nears import texts as near_texts
from tests.properties.texts import found, texts

_patterns = st.sampled_from(
    [
        *("bat*", "batter?", "*ies", "*a*t*", "wi-f*", "led*", "a batter*"),
        *("灯*", "*电", "锂?池", "?池", "电??", "灯？LED", "LED灯*", "电池? ion"),
    ]
)


def _union(places: list[tuple[int, int]]) -> set[int]:
    return {offset for start, end in places for offset in range(start, end)}


def _marked(leaf: Word | Wild, text: str) -> set[int]:
    (spans,) = highlight(leaf, {"title": [text]})["title"]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    return _union(spans)


@given(texts, texts)
def test_a_quoted_text(question: str, text: str) -> None:
    assert _marked(Word(question, exact=True), text) == _union(found(tokens.query_pieces(question), text))


@given(texts, texts)
def test_a_plain_word(question: str, text: str) -> None:
    if tokens.has_chinese(question):
        expected = found(tokens.query_pieces(question), text)
    else:
        roots: list[tokens.Piece] = [("token", stem(token)) for token in tokens.tokens(question)]
        expected = found(roots, text, by_stem=True)
    assert _marked(Word(question), text) == _union(expected)


@given(_patterns, texts)
def test_a_pattern(pattern: str, text: str) -> None:
    assert _marked(Wild(pattern), text) == _union(found(tokens.wild_pieces(pattern), text))


@given(texts, texts, texts, texts)
def test_leaves_are_marked_together_and_nothing_under_not(one: str, two: str, three: str, text: str) -> None:
    leaves = [Word(question, exact=True) for question in (one, two, three)]
    (spans,) = highlight(both(either(leaves[0], leaves[1]), Not(leaves[2])), {"claims": [text]})["claims"]
    assert _union(spans) == _marked(leaves[0], text) | _marked(leaves[1], text)


@given(nears, near_texts, texts)
def test_of_a_distance_what_takes_part_in_it(near: Near, text: str, question: str) -> None:
    """Non-empty exactly where the text matches; other leaves are marked as ever."""
    found = highlight(both(near, Not(near)), {"title": [text], "applicant": [text]})
    assert _union(found["title"][0]) == _union(witness(near, text))
    assert bool(found["title"][0]) == matches(near, [text])
    assert found["applicant"] == [[]]
    (spans,) = highlight(either(near, Word(question, exact=True)), {"title": [text]})["title"]
    assert _union(spans) == _union(witness(near, text)) | _marked(Word(question, exact=True), text)


@pytest.mark.data
def test_phrases_of_real_abstracts(real_data: Path) -> None:
    """Pieces of real abstracts, Chinese and English, cut anywhere: marked just where the tokens hold them."""
    with gzip.open(real_data / "cnipa" / "abstracts" / "waste_heat_abstracts.jsonl.gz", "rt", encoding="utf-8") as lines:
        held = (json.loads(line)["abstract"] for line in islice(lines, 0, None, 40))
        abstracts = [abstract for abstract in held if abstract]
    chance = random.Random(3)
    met = 0
    for _ in range(5_000 if machine.soaking() else 60):
        source = chance.choice(abstracts)
        start = chance.randrange(len(source))
        question = source[start : start + chance.randint(1, 12)]
        for text in (source, *chance.sample(abstracts, 20)):
            places = found(tokens.query_pieces(question), text)
            assert _marked(Word(question, exact=True), text) == _union(places)
            met += bool(places)
    assert met > 50
