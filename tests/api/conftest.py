"""One service for all tests of this folder; what changes accounts has a service of its own."""

import secrets
from collections.abc import Iterator

import pytest

from tests.servers import postgres
from tests.service import Running, running


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The service over the stock of `tests.service`; read only."""
    with running(tmp_path_factory.mktemp("service")) as started:
        yield started


@pytest.fixture(scope="module", params=["light", pytest.param("full", marks=[pytest.mark.postgres, pytest.mark.elastic])])
def places(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Where a service keeps things, for `running`: SQLite and the embedded engine, or PostgreSQL and Elasticsearch."""
    if request.param == "light":
        yield {}
        return
    url = request.getfixturevalue("elasticsearch_url")
    with postgres.database(request.getfixturevalue("postgres_server")) as database_url:
        index = f"service-{secrets.token_hex(4)}"
        yield {"database_url": database_url, "elasticsearch_url": url, "elasticsearch_index": index}
