"""What tantivy makes of the layout: positions, lengths, and the order of numbers."""

from pathlib import Path

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from search.engine import layout
from search.engine.embedded import schema
from tests.builders import a_patent

NUMBERS = st.text("".join(sorted(layout.NUMBER_CHARACTERS)), min_size=1, max_size=layout.NUMBER_LENGTH)


@given(NUMBERS, NUMBERS)
def test_packed_numbers_stand_in_the_order_of_the_numbers(one: str, other: str) -> None:
    assert (schema.packed(one) < schema.packed(other)) == (one < other)
    assert (schema.packed(one) == schema.packed(other)) == (one == other)
    assert max(schema.packed(one)) < 2**64


@pytest.fixture(name="searcher")
def fixture_searcher(tmp_path: Path) -> tantivy.Searcher:
    index = schema.create(tmp_path)
    writer = index.writer(15_000_000, 1)
    for row, title in enumerate(("a · b c", "a b c", "a · · · · b", "∅"), start=1):
        entry = layout.entry(a_patent(f"CN{row}A"), row) | {"title": title}
        writer.add_document(schema.document(entry, row))
    writer.commit()
    index.reload()
    return index.searcher()


def rows(searcher: tantivy.Searcher, query: tantivy.Query) -> list[int]:
    addresses = [address for _, address in searcher.search(query, 10).hits]
    return sorted(int(row or 0) for row in searcher.fast_field_values(schema.ROW, addresses))


def test_a_dropped_gap_keeps_its_position(searcher: tantivy.Searcher) -> None:
    phrase = tantivy.Query.phrase_query
    assert rows(searcher, phrase(schema.SCHEMA, "title", ["a", "b"])) == [2]
    assert rows(searcher, phrase(schema.SCHEMA, "title", [(0, "a"), (2, "b")])) == [1]
    assert rows(searcher, phrase(schema.SCHEMA, "title", [(0, "a"), (5, "b")])) == [3]
    assert rows(searcher, tantivy.Query.term_query(schema.SCHEMA, "title", "·")) == []


def test_a_dropped_gap_adds_no_length(searcher: tantivy.Searcher) -> None:
    """As in Lucene: two tokens and four gaps are a field of length two, so its one hit counts for more."""
    hits = searcher.search(tantivy.Query.term_query(schema.SCHEMA, "title", "a"), 10).hits
    scores = dict(zip(searcher.fast_field_values(schema.ROW, [address for _, address in hits]), [s for s, _ in hits], strict=True))
    assert scores[3] > scores[1] == scores[2]
