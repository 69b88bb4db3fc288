"""The one port to a search engine. Two adapters, `search.engine.embedded` and `search.engine.elastic`, opened only by
`search.engine.factory`; `tests/contract` is the specification, run over both.

Everything is synchronous and safe to call from many threads. Errors are those of `search.engine.errors`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from search.engine.model import Health, NumberKind, Question, Request, Results, Scanned, Table, WriteReport
from search.patent.model import Patent
from search.query.tree import Query

Merge = Callable[[Patent, Patent], Patent]
"""(held, new) -> the record to hold; returns `held` itself when nothing changes. Pure (indexer.precedence)."""


class Ordinals(Protocol):
    """Numbers of changes, taken in blocks (`search.loads`): new at each changing write, never reused."""

    def take(self, count: int) -> range:
        """`count` consecutive ordinals that nobody else has."""
        ...

    def floor(self) -> int:
        """The lowest ordinal that may still be written and is not found yet; `scan` ends below it."""
        ...


class Generation(Protocol):
    """A second index being built beside the serving one."""

    name: str

    def write(self, batch: Sequence[Patent]) -> WriteReport:
        """As `PatentIndex.write`, into this generation, without merging."""
        ...


class Counting(Protocol):
    """What counts documents."""

    def counts(self, queries: Sequence[Query]) -> list[int]:
        """The exact number of documents that match, of each of many questions, with as little asking as the engine allows."""
        ...

    def aggregate(
        self, query: Query, questions: Sequence[Question], *, filters: Mapping[str, Query] = MappingProxyType({})
    ) -> list[Table]:
        """A table for each question over the documents that match `query` and all `filters`, with as little asking as the engine
        allows. Raises `TooManyCells` where a table has above 65,000 cells or asks for above 10,000 first keys; Elasticsearch
        `TooManyDocuments` and `StillReading` too."""
        ...


class PatentReader(Counting, Protocol):
    """The half that a running service uses; it never writes to the engine and no read has a side effect on documents."""

    def search(self, request: Request) -> Results:
        """Hits in order, ties broken by number; exact total; facets without their own filter; units where asked for."""
        ...

    def brief(self, request: Request) -> bool:
        """Whether `search` answers it now within a millisecond or so, without waiting for anybody; found out as quickly."""
        ...

    def count(self, query: Query) -> int:
        """The exact number of matching documents."""
        ...

    def suggest(self, prefix: str, field: str, *, size: int = 10) -> list[tuple[str, int]]:
        """Values of the field (`search.engine.layout.SUGGESTED`) that start with `prefix`, as they are spelled there, with the
        exact number of documents that have each: by count descending, then by value."""
        ...

    def get(self, numbers: Sequence[str]) -> list[bytes | None]:
        """Canonical numbers in, stored documents (JSON) out, in the order asked; ``None`` where nothing is held."""
        ...

    def resolve(self, keys: Sequence[str], *, of: NumberKind = "publication") -> list[str]:
        """Canonical numbers of the held documents one of whose number keys (`search.patent.numbers`), or of those of their
        applications or their priorities, is among `keys`, ascending."""
        ...

    def near_numbers(self, prefix: str, *, size: int = 5) -> list[str]:
        """Held canonical numbers that start with `prefix`, ascending."""
        ...

    def scan(self, query: Query, *, after: int = 0) -> Iterator[Scanned]:
        """Every match with an ordinal above `after` once, in ordinal order, in a stable view."""
        ...

    def health(self) -> Health: ...

    def close(self) -> None: ...


class PatentIndex(PatentReader, Protocol):
    """The whole port: what commands use."""

    def write(self, batch: Sequence[Patent], *, merge: Merge) -> WriteReport:
        """Idempotent by number and content: a held record is `merge`d, equal content is `unchanged`. Durable on return;
        found by searches after `flush`."""
        ...

    def delete(self, numbers: Sequence[str]) -> int:
        """How many of these were held and are gone; found as gone after `flush`."""
        ...

    def flush(self) -> None:
        """What was written or deleted before is found, by every process within a second."""
        ...

    def build(self) -> Generation:
        """A new, empty generation that nobody reads."""
        ...

    def park(self, generation: Generation) -> None:
        """The generation waits, whole and unread, for `parked` to give it back, in this process or a later one; the value
        given here is used up. The next `build` or `promote` ends the wait."""
        ...

    def parked(self) -> Generation | None:
        """The generation that waits."""
        ...

    def promote(self, generation: Generation) -> None:
        """Readers see the new one from now on, never a mix or a gap; documents written since `build` are replayed first."""
        ...

    def roll_back(self) -> None:
        """The generation before the serving one serves again, with the documents written since replayed."""
        ...
