"""Files as an export writes them, for tests: of any records, and of an engine that goes away."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from search.engine.errors import EngineUnavailable
from search.engine.model import Scanned
from search.engine.port import PatentReader
from search.export.model import Layout, Remark
from search.patent.model import Patent
from search.query.tree import Query


class InMemory(list[Patent]):
    """Records in memory, with remarks."""

    def __init__(self, patents: Iterable[Patent], remarks: Iterable[Remark] = ()) -> None:
        super().__init__(patents)
        self.count = 0
        self.remarks = list(remarks)

    def __iter__(self) -> Iterator[Patent]:
        for self.count, patent in enumerate(super().__iter__(), 1):
            yield patent

    def total(self) -> int:
        return len(self)


def blocks(name: str, patents: Iterable[Patent], *, remarks: Iterable[Remark] = (), **layout: Any) -> Iterator[bytes]:
    """The file in the format `name`, as it is sent."""
    written: Iterator[bytes] = import_module(f"search.export.formats.{name}").written(InMemory(patents, remarks), Layout(**layout))
    return written


def file(name: str, patents: Iterable[Patent], *, remarks: Iterable[Remark] = (), **layout: Any) -> bytes:
    """The whole file."""
    return b"".join(blocks(name, patents, remarks=remarks, **layout))


class Leaving:
    """A reader whose engine goes away after so many documents of a scan."""

    def __init__(self, reader: PatentReader, *, after: int) -> None:
        self._reader = reader
        self._after = after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def scan(self, query: Query, *, after: int = 0) -> Iterator[Scanned]:
        for place, found in enumerate(self._reader.scan(query, after=after)):
            if place == self._after:
                raise EngineUnavailable("the engine went away")
            yield found
