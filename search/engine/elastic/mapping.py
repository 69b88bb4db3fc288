"""The body of an index, and of a document in it: `search.engine.layout` in Elasticsearch's words.

`_source` keeps only what the product needs back: number, ordinal, and the document as the very JSON text that is answered.
The token streams are indexed and thrown away.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from search.engine import layout
from search.engine.columns.files import LETTERS
from search.engine.elastic import marks
from search.patent.model import Patent, encode
from search.text.tokens import GAP

DOCUMENT = "document"

BIT, SPAN = "ordinal_bit", 50
"""A power of two: which of `SPAN` ordinals that of the document is (`search.engine.elastic.matching`)."""

KEPT = ("number", layout.ORDINAL, DOCUMENT)

_NEVER_COUNTED = frozenset({"number_keys", "application_keys", "priority_keys", "cites"})
"""Keyword columns that are only sought in, so that they need no column of values."""


KEYS = "keys"
"""All keys that a document is counted by, each behind the letter of its column: one column is read in half the time of 26."""


def fingerprint() -> str:
    """That of the layout, with what is this engine's own: an index of another one is made anew."""
    return hashlib.sha256(repr((layout.fingerprint(), _properties())).encode()).hexdigest()[:16]


def body(*, shards: int) -> dict[str, Any]:
    """Settings and mapping of a new generation of `shards` shards. One replica where there is a second node to hold it."""
    return {"settings": _settings(shards), "mappings": _mappings()}


def source(patent: Patent, ordinal: int) -> dict[str, Any]:
    """What is sent for a record. A stream is cut at its gaps into values, between which `position_increment_gap` leaves one
    position each: the gaps keep their places and are no words (docs/decisions/0040-gaps-between-values.md)."""
    entry = layout.entry(patent, ordinal)
    sent: dict[str, Any] = {**entry, DOCUMENT: encode(patent).decode(), BIT: 1 << ordinal % SPAN, KEYS: list(_keys(entry))}
    for field in layout.TEXTS:
        if begins := sent.pop(layout.begins(field), None):
            sent[marks.column(field)] = marks.stream(sent[field], begins).split(GAP)
    for column in layout.TOKENS:
        stream = sent[column]
        if GAP in stream:
            sent[column] = stream.split(GAP)
    return sent


def _keys(entry: layout.Entry) -> Iterator[str]:
    for column, letter in LETTERS.items():
        match entry.get(column):
            case str(key):
                yield letter + key
            case list(keys):
                yield from (f"{letter}{key}" for key in keys)


def _settings(shards: int) -> dict[str, Any]:
    return {
        "number_of_shards": shards,
        "auto_expand_replicas": "0-1",
        "refresh_interval": "30s",  # `flush` refreshes; this only bounds what a killed load leaves unfound
    }


def _mappings() -> dict[str, Any]:
    return {
        "dynamic": "strict",
        "_source": {"includes": list(KEPT)},
        "_meta": {"layout": fingerprint()},
        "properties": _properties(),
    }


def _properties() -> dict[str, Any]:
    text = {"type": "text", "analyzer": "whitespace", "position_increment_gap": 1}
    properties: dict[str, Any] = dict.fromkeys(layout.TOKENS, text)
    properties |= dict.fromkeys(map(marks.column, layout.TEXTS), text | {"norms": False})
    for column in layout.KEYWORDS:
        properties[column] = {"type": "keyword", "doc_values": column not in _NEVER_COUNTED}
    properties |= {column: {"type": "keyword", "index": False} for column in layout.COUNTED}
    properties |= {column: {"type": "integer"} for column in layout.DATES}
    properties |= {column: {"type": "long"} for column in (layout.ORDINAL, *layout.UNITS.values())}
    properties[KEYS] = {"type": "keyword", "index": False}
    properties[BIT] = {"type": "long", "index": False}
    properties[DOCUMENT] = {"type": "keyword", "index": False, "doc_values": False}
    return properties
