"""An index under test, with the ordinals of a real database, as a load uses them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from search.engine.factory import open_index
from search.engine.model import Request, Results, Scanned, WriteReport
from search.engine.port import PatentIndex
from search.engine.settings import EngineSettings
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Patent
from search.query.tree import All, Query


def newer(held: Patent, new: Patent) -> Patent:
    """A merge in which the later record replaces the held one; equal content changes nothing."""
    same = msgspec.structs.replace(new, version=held.version)
    return held if same == held else msgspec.structs.replace(new, version=held.version + 1)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An open index, where it is, and its ordinals."""

    index: PatentIndex
    settings: EngineSettings
    ordinals: DatabaseOrdinals

    @classmethod
    def open(cls, settings: EngineSettings, ordinals: DatabaseOrdinals) -> "Shelf":
        return cls(open_index(settings, ordinals=ordinals), settings, ordinals)

    def write(self, *patents: Patent) -> WriteReport:
        return self.index.write(patents, merge=newer)

    def flush(self) -> None:
        self.index.flush()
        self.ordinals.found()

    def put(self, *patents: Patent) -> WriteReport:
        """Written and found."""
        report = self.write(*patents)
        self.flush()
        return report

    def remove(self, *numbers: str) -> int:
        gone = self.index.delete(numbers)
        self.flush()
        return gone

    def ask(self, query: Query, **request: Any) -> Results:
        return self.index.search(Request(query, **request))

    def numbers(self, query: Query, **request: Any) -> list[str]:
        """The numbers of the first hits, in order; 100 unless a size is given."""
        return numbers(self.ask(query, **({"size": 100} | request)))

    def every(self, query: Query, *, size: int = 100, **request: Any) -> list[str]:
        """The numbers of all hits, by a cursor."""
        results = self.ask(query, size=size, after="", **request)
        found = numbers(results)
        while results.after:
            results = self.ask(query, size=size, after=results.after, **request)
            found.extend(numbers(results))
        return found

    def facet(self, name: str, query: Query | None = None, *, size: int = 50, **filters: Query) -> list[tuple[str, int]]:
        results = self.ask(query or All(), filters=filters, facets=(name,), facet_size=size)
        assert results.facets[name].exact
        return list(results.facets[name].values)

    def scanned(self, query: Query | None = None, *, after: int = 0) -> list[Scanned]:
        return list(self.index.scan(query or All(), after=after))

    def ordinal(self, number: str) -> int:
        """The ordinal of the record's last change."""
        return next(found.ordinal for found in self.scanned() if found.patent.number == number)


def numbers(results: Results) -> list[str]:
    return [hit.number for hit in results.hits]


def values(facets: Mapping[str, Any], name: str) -> Sequence[tuple[str, int]]:
    found: Sequence[tuple[str, int]] = facets[name].values
    return found
