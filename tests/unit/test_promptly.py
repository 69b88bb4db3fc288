"""Short searches answered at once: the same answer as from a thread, and only where it is known to be short."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from auth.database import open_database
from search.api.cursors import Cursors
from search.find.classes.service import Classes
from search.find.promptly import APART, LONG_S, Pace, plain
from search.find.question import Question, values
from search.find.service import Finder
from search.migrations import migrate
from search.query import QueryError
from search.saved.history import History
from search.settings import Settings
from tests.unit.engine.corpus import library, patents

LIGHT = Question(text="tiller OR 旋耕机", highlight=False)


class Ticks:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Desk:
    """A finder over a small library; `first` are the users who have not searched yet."""

    def __init__(self, folder: Path, ticks: Ticks) -> None:
        self.first = {"new"}
        self.database = open_database(Settings(env="development", data=folder, database_url=""))
        migrate(self.database)
        self.opened = library(folder / "engine", patents(seed=3, count=60))
        reader = self.opened.__enter__()
        self.finder = Finder(
            reader,
            Cursors(b"k" * 32),
            History(self.database),
            Classes(self.database, reader),
            searched=self.first.discard,
            known=lambda user: user not in self.first,
            pace=Pace(clock=ticks, reads=lambda: 0),
        )


@pytest.fixture(name="ticks", scope="module")
def fixture_ticks() -> Ticks:
    return Ticks()


@pytest.fixture(name="desk", scope="module")
def fixture_desk(tmp_path_factory: pytest.TempPathFactory, ticks: Ticks) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("promptly"), ticks)
    yield desk
    desk.opened.__exit__(None, None, None)
    desk.database.close()


def _told(page: bytes | None) -> object:
    assert page is not None
    return {name: said for name, said in orjson.loads(page).items() if name != "took_ms"}


@pytest.mark.parametrize("text", ["tiller OR 旋耕机", "motor", "title:blade AND 电机", "country:CN AND shaft"])
@pytest.mark.parametrize("page", [1, 2])
def test_the_answer_is_the_one_of_a_thread(desk: Desk, text: str, page: int) -> None:
    question = replace(LIGHT, text=text, page=page)
    soon = desk.finder.soon(question, user="u", lang="en")
    assert _told(soon) == _told(desk.finder.page(question, user="u", lang="en"))


@pytest.mark.parametrize(
    "question",
    [
        replace(LIGHT, highlight=True),
        replace(LIGHT, facets=("country",)),
        replace(LIGHT, filters={"country": values("country", ["CN"])}),
        replace(LIGHT, record=True),
        replace(LIGHT, translations=True),
        replace(LIGHT, cursor=""),
        replace(LIGHT, mode="text"),
        replace(LIGHT, synonyms=True),
        replace(LIGHT, other_names=True),
        replace(LIGHT, collapse="family", units=("family",)),
        replace(LIGHT, text=" OR ".join(["tiller"] * 40)),
    ],
)
def test_what_may_take_longer_is_for_a_thread(desk: Desk, question: Question) -> None:
    assert not plain(question)
    assert desk.finder.soon(question, user="u", lang="en") is None


@pytest.mark.parametrize("text", ["#1", "ipc:A01B", "mot*", "zzz", "tiller AND zzz", "*"])
def test_so_is_what_the_query_itself_makes_long(desk: Desk, text: str) -> None:
    """Searches that it names and classes are read from the database, and why nothing was found is a search of its own."""
    assert plain(replace(LIGHT, text=text))
    assert desk.finder.soon(replace(LIGHT, text=text), user="u", lang="en") is None


def test_whoever_searches_first_is_told_of_in_a_thread(desk: Desk) -> None:
    assert desk.finder.soon(LIGHT, user="new", lang="en") is None
    desk.finder.page(LIGHT, user="new", lang="en")
    assert desk.finder.soon(LIGHT, user="new", lang="en") is not None


def test_an_unreadable_query_is_refused_either_way(desk: Desk) -> None:
    with pytest.raises(QueryError):
        desk.finder.soon(replace(LIGHT, text="(a"), user="u", lang="en")


def test_after_one_that_waited_threads_have_the_rest(desk: Desk, ticks: Ticks) -> None:
    with desk.finder._pace.measured():
        ticks.now += LONG_S * 0.9
    assert desk.finder.soon(LIGHT, user="u", lang="en") is not None
    with desk.finder._pace.measured():
        ticks.now += LONG_S * 2
    ticks.now += APART * LONG_S * 1.99
    assert desk.finder.soon(LIGHT, user="u", lang="en") is None
    ticks.now += APART * LONG_S * 0.02
    assert desk.finder.soon(LIGHT, user="u", lang="en") is not None


def test_a_disk_is_a_reason_at_once(ticks: Ticks) -> None:
    reads = iter([3, 3, 3, 4])
    pace = Pace(clock=ticks, reads=lambda: next(reads))
    with pace.measured():
        ticks.now += 0.001
    assert pace.good()
    with pace.measured():
        ticks.now += 0.001
    ticks.now += APART * 0.0009
    assert not pace.good()
    ticks.now += APART * 0.0002
    assert pace.good()


def test_work_that_fails_is_measured_too(ticks: Ticks) -> None:
    pace = Pace(clock=ticks)

    def work() -> None:
        ticks.now += 2 * LONG_S
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), pace.measured():
        work()
    assert not pace.good()
