"""A real loader over the real embedded engine and a real database, in a folder of the test."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auth.database import Database
from indexer import reading
from indexer.kept import Kept
from indexer.model import ParseError, RawRecord
from indexer.pipeline import Loader, Summary
from indexer.sources.walk import Member, Origin, members, origins
from search.engine.factory import open_index
from search.engine.port import PatentIndex
from search.engine.settings import EngineSettings
from search.loads import runs
from search.loads.ordinals import DatabaseOrdinals
from search.loads.store import Loads
from search.migrations import migrate
from search.patent.model import Patent, decode
from search.query.tree import All


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything a load needs, opened once."""

    folder: Path
    database: Database
    loads: Loads
    index: PatentIndex
    kept: Kept

    def load(self, files: Sequence[Origin | Path], **options: Any) -> Summary:
        """One run of the real loader over files or origins; `options` are the loader's."""
        found = [origin for file in files for origin in (origins([file]) if isinstance(file, Path) else [file])]
        with runs.run(self.loads, "load") as run:
            ordinals = DatabaseOrdinals(self.database, run.id)
            loader = Loader(index=self.index, loads=self.loads, kept=self.kept, run=run, **({"ordinals": ordinals} | options))
            return loader.load(found)

    def get(self, number: str) -> Patent:
        document = self.index.get([number])[0]
        assert document is not None, number
        return decode(document)

    def state(self) -> dict[str, Patent]:
        """All that is held, by number."""
        return {scanned.patent.number: scanned.patent for scanned in self.index.scan(All())}

    def numbers_from(self, origin: Origin) -> set[str]:
        """The numbers of a file's readable records that are held."""
        numbers = set()
        for member in members(origin):
            parser = reading.parser_of(member, None) if isinstance(member, Member) else None
            if parser is None or not isinstance(member, Member):
                continue
            for record in reading.records(member, parser):
                if isinstance(record, RawRecord):
                    try:
                        numbers.add(reading.patent(record, parser).number)
                    except ParseError:
                        continue
        found = sorted(numbers)
        return {number for number, held in zip(found, self.index.get(found), strict=True) if held is not None}


def opened(folder: Path) -> Bench:
    """A bench over `folder`, made where it is not there yet; the caller closes its index and database."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Database(f"sqlite:///{folder / 'patentry.sqlite'}")
    migrate(database)
    return Bench(folder, database, Loads(database), open_index(EngineSettings(data=folder)), Kept(folder / "rejects"))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    found = opened(tmp_path / "data")
    yield found
    found.index.close()
    found.database.close()
