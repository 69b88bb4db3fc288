"""Which documents match, as their ordinals, in a few bytes for fifty: of every `SPAN` ordinals the bits of those that match are
added up by the server, as powers of two that a float64 adds without a rest. No document has the ordinal of another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from search.engine import layout
from search.engine.columns.holdings import Integers
from search.engine.elastic.mapping import BIT, SPAN
from search.engine.errors import IndexDamaged

Ask = Callable[..., Mapping[str, Any]]
"""A search over the documents that are meant, its answer whole; always in the same view."""

_BUCKETS = 60_000
"""Of an answer; Elasticsearch refuses above 65,536."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Of the generation `index` (which no name is given twice); ordinals ascend."""

    index: str
    ordinals: Integers


def matches(ask: Ask, *, most: int) -> Matches | None:
    """``None`` where more than `most` match."""
    source = {"block": {"histogram": {"field": layout.ORDINAL, "interval": SPAN}}}
    page: dict[str, Any] = {"size": _BUCKETS, "sources": [source]}
    bits: dict[str, Any] = {"bits": {"sum": {"field": BIT}}}
    index, starts, sums = "", list[int](), list[int]()
    while True:
        names = {"names": {"terms": {"field": "_index", "size": 1}}}
        answer = ask(size=0, aggs={"blocks": {"composite": page, "aggs": bits}, **names})
        total = int(answer["hits"]["total"]["value"])
        if total > most:
            return None
        found = answer["aggregations"]
        index = next((str(each["key"]) for each in found["names"]["buckets"]), index)
        for block in found["blocks"]["buckets"]:
            starts.append(int(block["key"]["block"]))
            sums.append(int(block["bits"]["value"]))
        page = page | {"after": found["blocks"].get("after_key")}
        if not page["after"]:
            break
    ordinals = _ordinals(starts, sums)
    if len(ordinals) != total:
        raise IndexDamaged("索引中有文献的序号重复，请运行 patentry rebuild。 Documents share an ordinal: run `patentry rebuild`.")
    return Matches(index, ordinals)


def _ordinals(starts: list[int], sums: list[int]) -> Integers:
    words = np.array(sums, dtype="<u8")
    rows, bits = np.nonzero(np.unpackbits(words.view(np.uint8), bitorder="little").reshape(len(words), 64))
    return np.array(starts, dtype=np.int64)[rows] + bits
