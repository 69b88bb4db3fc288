"""One service for all tests of this folder; what changes accounts has a service of its own."""

from collections.abc import Iterator

import pytest

from tests.service import Running, running


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The service over the stock of `tests.service`; read only."""
    with running(tmp_path_factory.mktemp("service")) as started:
        yield started
