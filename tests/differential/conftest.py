"""The real documents, and the engines that hold them."""

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from search.engine.elastic.index import ElasticIndex
from search.engine.embedded.index import EmbeddedIndex
from search.engine.port import PatentIndex
from search.engine.settings import EngineSettings
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Patent
from tests import machine
from tests.contract.conftest import ordinals  # noqa: F401 - a fixture
from tests.contract.shelf import newer
from tests.differential import documents as real

EACH = 3_000
"""Documents of the gazette and of the abstracts in `make test`; `make soak` takes all."""

BATCH = 500


@pytest.fixture(scope="session")
def documents(real_data: Path) -> list[Patent]:
    return real.documents(real_data, at_most=10**9 if machine.soaking() else EACH)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the embedded index."""
    return tmp_path_factory.mktemp("differential")


@pytest.fixture(scope="session")
def embedded(documents: list[Patent], folder: Path) -> Iterator[PatentIndex]:
    index = EmbeddedIndex(folder, units=10**12)
    _load(index, documents, flush_every=4)
    yield index
    index.close()


@pytest.fixture(scope="session", params=[1, 3], ids=["one shard", "three shards"])
def elastic(
    request: pytest.FixtureRequest,
    documents: list[Patent],
    elasticsearch_url: str,
    ordinals: DatabaseOrdinals,  # noqa: F811
) -> Iterator[PatentIndex]:
    settings = EngineSettings(
        data=Path("unused"), elasticsearch_url=elasticsearch_url, elasticsearch_index=f"differential-{secrets.token_hex(4)}"
    )
    index = ElasticIndex(settings, ordinals=ordinals, shards=request.param, characters=10**12)
    _load(index, documents, flush_every=10**9)
    yield index
    index.close()


def _load(index: PatentIndex, documents: Sequence[Patent], *, flush_every: int) -> None:
    """Batch by batch; a flush in between gives the embedded index several segments."""
    for number, start in enumerate(range(0, len(documents), BATCH), start=1):
        index.write(documents[start : start + BATCH], merge=newer)
        if number % flush_every == 0:
            index.flush()
    index.flush()
