"""The engines that the contract is run over: the embedded one and a real Elasticsearch."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auth.database import Database
from search.engine.settings import EngineSettings
from search.loads.ordinals import DatabaseOrdinals
from search.loads.runs import run
from search.loads.store import Loads
from search.migrations import migrate
from tests.contract.library import LIBRARY, paper
from tests.contract.shelf import Shelf

Place = Callable[[], EngineSettings]

MANY = 10_050


@pytest.fixture(scope="session", params=["embedded", pytest.param("elastic", marks=pytest.mark.elastic)])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Gives at each call the settings of an engine's place that nobody else uses."""
    if request.param == "embedded":
        yield lambda: EngineSettings(data=tmp_path_factory.mktemp("engine"))
        return
    url = request.getfixturevalue("elasticsearch_url")
    prefix = f"contract-{secrets.token_hex(4)}"
    yield lambda: EngineSettings(data=Path("unused"), elasticsearch_url=url, elasticsearch_index=f"{prefix}-{secrets.token_hex(4)}")


@pytest.fixture(scope="session")
def ordinals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DatabaseOrdinals]:
    """The ordinals of a load that goes on for the whole session, in a database of its own."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('database') / 'patentry.sqlite'}")
    migrate(database)
    with run(Loads(database), "contract") as load:
        yield DatabaseOrdinals(database, load.id)
    database.close()


@pytest.fixture
def shelf(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    """An empty index."""
    opened = Shelf.open(place(), ordinals)
    yield opened
    opened.index.close()


@pytest.fixture(scope="session")
def library(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    """The index of `LIBRARY`, which no test changes."""
    opened = Shelf.open(place(), ordinals)
    opened.put(*LIBRARY)
    yield opened
    opened.index.close()


@pytest.fixture(scope="session")
def many(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    """More documents than a page may reach, every third with the word 阀; the days of a year in turn."""
    opened = Shelf.open(place(), ordinals)
    opened.put(
        *(
            paper(
                f"CN{n:06}A",
                titles={"zh": "阀门" if n % 3 == 0 else "泵"},
                publication_date=f"2020-{n % 12 + 1:02}-{n % 28 + 1:02}",
            )
            for n in range(MANY)
        )
    )
    yield opened
    opened.index.close()
