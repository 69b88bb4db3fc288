"""A real Elasticsearch, one index of it, and a proxy before it that fails when told."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from search.engine.elastic.index import ElasticIndex
from search.engine.settings import EngineSettings
from search.loads.ordinals import DatabaseOrdinals
from tests.contract.conftest import ordinals  # noqa: F401 - a fixture
from tests.contract.shelf import Shelf
from tests.servers.proxy import Proxy, proxying

Settings = Callable[..., EngineSettings]


@pytest.fixture
def alias() -> str:
    return f"faults-{secrets.token_hex(6)}"


@pytest.fixture
def settings(elasticsearch_url: str, alias: str) -> Settings:
    """The settings of this test's index; another address, another time limit."""

    def made(url: str = elasticsearch_url, timeout_s: float = 30) -> EngineSettings:
        return EngineSettings(data=Path("unused"), elasticsearch_url=url, elasticsearch_index=alias, timeout_s=timeout_s)

    return made


@pytest.fixture
def shelf(settings: Settings, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:  # noqa: F811
    opened = Shelf.open(settings(), ordinals)
    yield opened
    opened.index.close()


@pytest.fixture
def proxy(elasticsearch_url: str) -> Iterator[Proxy]:
    with proxying(elasticsearch_url) as made:
        yield made


@pytest.fixture
def behind(proxy: Proxy, settings: Settings, shelf: Shelf, ordinals: DatabaseOrdinals) -> Iterator[ElasticIndex]:  # noqa: F811
    """The index of `shelf` as seen through the proxy, with half a second for any answer."""
    index = ElasticIndex(settings(proxy.url, timeout_s=0.5), ordinals=ordinals)
    yield index
    index.close()


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url) as made:
        yield made
