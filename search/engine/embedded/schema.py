"""The layout as a tantivy schema, and a record as a tantivy document.

Besides the layout's columns the index has three integers of its own: `row`, under which the documents' store holds the record,
and two that hold the characters of the number, so that an order by number needs no strings.
"""

from pathlib import Path

import tantivy

from search.engine import layout
from search.text.tokens import GAP

ROW = "row"
NUMBER_HEAD = "number_head"
NUMBER_TAIL = "number_tail"

_ANALYZER = "tokens"
_HALF = layout.NUMBER_LENGTH // 2
_ALPHABET = sorted(layout.NUMBER_CHARACTERS)
_DIGIT = {character: digit for digit, character in enumerate(_ALPHABET, start=1)}
_COUNTED = frozenset(layout.COUNTED)
_BASE = len(_ALPHABET) + 1
"""39 characters and the end of the number: 40 ** 12 < 2 ** 64, so twelve of them fit one unsigned integer."""


def _build() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for column in layout.TOKENS:
        builder.add_text_field(column, tokenizer_name=_ANALYZER, index_option="position")
    counted = set(layout.FACETS.values())
    for column in layout.KEYWORDS:
        builder.add_text_field(column, tokenizer_name="raw", index_option="basic", fast=column in counted)
    for column in (*layout.DATES, layout.ORDINAL, *layout.UNITS.values(), ROW, NUMBER_HEAD, NUMBER_TAIL):
        builder.add_unsigned_field(column, fast=True, indexed=column == layout.ORDINAL)  # documents are chosen by it
    return builder.build()


SCHEMA = _build()


def create(folder: Path) -> tantivy.Index:
    """A new, empty index in an existing, empty folder."""
    return _prepared(tantivy.Index(SCHEMA, path=str(folder), reuse=False))


def open_index(folder: Path) -> tantivy.Index:
    """The index in `folder`; what tantivy raises where it is damaged is the caller's to translate."""
    return _prepared(tantivy.Index.open(str(folder)))


def document(entry: layout.Entry, row: int) -> tantivy.Document:
    """A record's entry as a document of the index."""
    head, tail = packed(str(entry["number"]))
    sought = {column: value for column, value in entry.items() if column not in _COUNTED}
    return tantivy.Document.from_dict({**sought, ROW: row, NUMBER_HEAD: head, NUMBER_TAIL: tail}, SCHEMA)


def packed(number: str) -> tuple[int, int]:
    """Two integers that stand in the order of the numbers: a number that `layout.refusal` passes, read to the base 40."""
    return _read(number[:_HALF]), _read(number[_HALF:])


def _read(characters: str) -> int:
    value = 0
    for character in characters:
        value = value * _BASE + _DIGIT[character]
    for _ in range(_HALF - len(characters)):
        value *= _BASE
    return value


def _prepared(index: tantivy.Index) -> tantivy.Index:
    """With the analyzer of token columns; reloaded only when asked, so that a search sees one commit."""
    dropped = tantivy.Filter.custom_stopword([GAP])
    index.register_tokenizer(_ANALYZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(dropped).build())
    index.config_reader(reload_policy="manual")
    return index
