"""What one aggregation counts, answer by answer, until it is done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.engine.elastic.facets import MOST_VALUES
from search.engine.errors import TooManyCells
from search.engine.plan import Bool, Keys, Plan

_PAGE = 10_000


class Counting(Protocol):
    """Over the documents that match `within` too."""

    @property
    def within(self) -> Plan | None: ...

    def needs(self, size: int) -> int:
        """Buckets of an answer at the most, where `size` are offered."""
        ...

    def asked(self, size: int) -> dict[str, Any]: ...

    def done(self, answer: Mapping[str, Any]) -> bool:
        """Takes an answer; whether it was the last."""
        ...


class Walk:
    """All combinations of keys in `columns` that occur, each with how many documents it has; `kept` are the keys that matter in
    each column. Raises `TooManyCells` above `most` combinations."""

    def __init__(
        self,
        within: Plan | None,
        columns: Sequence[str],
        *,
        kept: Sequence[frozenset[str] | None] = (),
        most: int | None = None,
    ) -> None:
        self.counts: Counter[tuple[str, ...]] = Counter()
        self._columns, self._kept, self._most = columns, kept, most
        self._after: Mapping[str, Any] | None = None
        narrowed = tuple(Keys(column, tuple(sorted(keys))) for column, keys in zip(columns, kept, strict=False) if keys is not None)
        self.within = Bool(filters=(*((within,) if within else ()), *narrowed)) if narrowed else within

    def needs(self, size: int) -> int:
        return min(size, _PAGE)

    def asked(self, size: int) -> dict[str, Any]:
        sources = [{f"c{place}": {"terms": {"field": column}}} for place, column in enumerate(self._columns)]
        page: dict[str, Any] = {"size": self.needs(size), "sources": sources}
        return {"composite": page | ({"after": self._after} if self._after else {})}

    def done(self, answer: Mapping[str, Any]) -> bool:
        for bucket in answer["buckets"]:
            self._take(bucket["key"], int(bucket["doc_count"]))
        if self._most is not None and len(self.counts) > self._most:
            raise TooManyCells(self._most)
        self._after = answer.get("after_key")
        return self._after is None

    def _take(self, key: Mapping[str, Any], documents: int) -> None:
        cell = tuple(key[f"c{place}"] for place in range(len(self._columns)))
        if all(keys is None or one in keys for one, keys in zip(cell, self._kept, strict=False)):
            self.counts[cell] += documents


@dataclass
class Terms:
    """The first `wanted` keys of a column by their documents, or of `only`."""

    within: Plan | None
    column: str
    only: tuple[str, ...] | None
    wanted: int
    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _exact: bool = True
    _whole: bool = True

    def suffices(self, *, all_keys: bool) -> bool:
        return self._exact and (self._whole or not all_keys)

    def needs(self, size: int) -> int:
        del size
        return self.wanted

    def asked(self, size: int) -> dict[str, Any]:
        del size
        terms: dict[str, Any] = {"field": self.column, "size": self.wanted, "shard_size": max(MOST_VALUES, self.wanted)}
        if self.only is not None:
            terms["include"] = list(self.only)
        return {"terms": terms}

    def done(self, answer: Mapping[str, Any]) -> bool:
        self.counts.update({(str(bucket["key"]),): int(bucket["doc_count"]) for bucket in answer["buckets"]})
        self._exact = answer["doc_count_error_upper_bound"] == 0
        self._whole = answer["sum_other_doc_count"] == 0
        return True


@dataclass
class Documents:
    """How many documents there are, or have a key in the column."""

    within: Plan | None
    column: str | None
    count: int = 0

    def needs(self, size: int) -> int:
        del size
        return 1

    def asked(self, size: int) -> dict[str, Any]:
        del size
        return {"filter": {"exists": {"field": self.column}} if self.column else {"match_all": {}}}

    def done(self, answer: Mapping[str, Any]) -> bool:
        self.count = int(answer["doc_count"])
        return True
