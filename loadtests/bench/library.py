"""Documents to ask: an engine of its own, gone with the measurement."""

import json
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import islice
from pathlib import Path
from urllib.request import Request, urlopen

from loadtests.bench.rows import MissingPart
from search.engine.factory import open_index, open_reader
from search.engine.port import PatentReader
from search.engine.settings import EngineSettings
from search.patent.model import Patent

_BATCH = 1_000


@contextmanager
def library(documents: Iterable[Patent]) -> Iterator[PatentReader]:
    """A reader of these documents."""
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder), documents) as reader:
        yield reader


def filled(folder: Path, documents: Iterable[Patent]) -> AbstractContextManager[PatentReader]:
    """A reader of these documents, held in the folder."""
    return _filled(EngineSettings(folder), documents)


@contextmanager
def over_elasticsearch(documents: Iterable[Patent]) -> Iterator[PatentReader]:
    """A reader of these documents in an index of their own."""
    url = os.environ.get("PATENTRY_BENCH_ELASTICSEARCH")
    if not url:
        raise MissingPart(
            "no Elasticsearch (PATENTRY_BENCH_ELASTICSEARCH: the address of one without passwords; see `make elastic`)"
        )
    alias = f"bench-{secrets.token_hex(4)}"
    settings = EngineSettings(Path(), elasticsearch_url=url, elasticsearch_index=alias, timeout_s=60)
    try:
        with _filled(settings, documents) as reader:
            yield reader
    finally:
        for name in json.load(urlopen(f"{url}/_alias/{alias}")):
            urlopen(Request(f"{url}/{name}", method="DELETE")).close()


class _Numbers:
    """Ordinals of a load that is alone."""

    def __init__(self) -> None:
        self._next = 1

    def take(self, count: int) -> range:
        self._next += count
        return range(self._next - count, self._next)

    def floor(self) -> int:
        return self._next


@contextmanager
def _filled(settings: EngineSettings, documents: Iterable[Patent]) -> Iterator[PatentReader]:
    index, held = open_index(settings, ordinals=_Numbers()), iter(documents)
    while batch := list(islice(held, _BATCH)):
        index.write(batch, merge=lambda _held, new: new)
    index.flush()
    index.close()
    with closing(open_reader(settings)) as reader:
        yield reader
