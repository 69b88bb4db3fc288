"""The same load into a real Elasticsearch gives the same documents, refusals and numbers as into the embedded engine."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from auth.database import Database
from indexer.kept import Kept
from indexer.pipeline import Loader
from indexer.rebuild import rebuild
from indexer.sources.walk import origins
from search.engine.factory import open_index
from search.engine.settings import EngineSettings
from search.loads import runs
from search.loads.ordinals import DatabaseOrdinals
from search.loads.store import Loads
from search.migrations import migrate
from search.query.tree import All, Word
from tests.flow import load_corpus
from tests.flow.loading import Bench, bench

__all__ = ["bench"]

pytestmark = pytest.mark.elastic


@pytest.fixture
def alias(elasticsearch_url: str) -> Iterator[str]:
    """A name of its own for the test's indices, which are gone after it."""
    name = f"load-{secrets.token_hex(6)}"
    yield name
    with Elasticsearch(elasticsearch_url) as client:
        for index in client.indices.get(index=f"{name}*", features="settings").body:
            client.indices.delete(index=index)


def test_both_engines_hold_the_same_after_the_same_load(bench: Bench, elasticsearch_url: str, alias: str, tmp_path: Path) -> None:
    corpus = load_corpus.write(tmp_path / "corpus", lines=600, rows=300, grants=60, members=8)
    expected = bench.load([corpus])
    database = Database(f"sqlite:///{tmp_path / 'elastic.sqlite'}")
    migrate(database)
    loads = Loads(database)
    with runs.run(loads, "load") as run:
        ordinals = DatabaseOrdinals(database, run.id)
        settings = EngineSettings(tmp_path, elasticsearch_url, alias, timeout_s=60)
        index = open_index(settings, ordinals=ordinals)
        loader = Loader(index=index, loads=loads, kept=Kept(tmp_path / "rejects"), run=run, ordinals=ordinals)
        summary = loader.load(origins([corpus]))
        assert summary.counts == expected.counts
        assert {scanned.patent.number: scanned.patent for scanned in index.scan(All())} == bench.state()
        assert loads.open_blocks() == []
        assert [one.reason for one in loads.refusals()] == [one.reason for one in bench.loads.refusals()]
        for query in (Word("旋耕机"), Word("tiller"), Word("claim")):
            assert index.count(query) == bench.index.count(query)
        index.promote(rebuild(index))
        assert index.count(All()) == len(bench.state())
        index.close()
    database.close()
