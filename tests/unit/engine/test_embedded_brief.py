"""What a search makes the engine read is known before it is read: never less than it is, and unknown for what may be long."""

from collections.abc import Iterator
from math import inf
from pathlib import Path

import pytest

from search.engine.embedded import ordering
from search.engine.embedded.brief import FOUND, READ, Reading, plain
from search.engine.embedded.compiler import compiled
from search.engine.embedded.index import EmbeddedIndex
from search.engine.embedded.reader import EmbeddedReader
from search.engine.model import Request, Sort
from search.engine.planner import plan
from search.query import parse
from search.query.tree import All, Value
from tests.unit.engine.corpus import SetClock, library, newer, patents

SHORT = (
    "tiller",
    "旋耕机",
    "刀轴 AND blade",
    "motor OR frame OR 电机",
    "tiller NOT 机架",
    '"blade shaft"',
    "title:旋耕机 AND (abstract:motor OR 刀轴)",
    "zzz",
    "country:CN AND shaft",
    "ipc:A01B",
)
LONG = ("*", "NOT tiller", "灯", "mot*", "publication_date:2020", "tiller NEAR/3 blade", "country:C?", "tiller NOT mot*")


@pytest.fixture(name="index", scope="module")
def fixture_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedIndex]:
    with library(tmp_path_factory.mktemp("brief"), patents(seed=5, count=80)) as index:
        yield index


@pytest.mark.parametrize("text", SHORT)
def test_no_search_has_more_hits_than_was_said(index: EmbeddedIndex, text: str) -> None:
    asked, searcher = plan(parse(text).tree), index._views.now().searcher
    reading = Reading(searcher)
    assert ordering.count(searcher, compiled(asked)) <= reading.hits(asked) < inf
    assert index.brief(Request(parse(text).tree, whole=False))


@pytest.mark.parametrize("text", LONG)
def test_what_is_not_looked_up_word_by_word_may_be_long(index: EmbeddedIndex, text: str) -> None:
    assert Reading(index._views.now().searcher).hits(plan(parse(text).tree)) == inf
    assert not index.brief(Request(parse(text).tree, whole=False))


def test_few_words_are_looked_up_at_all(index: EmbeddedIndex) -> None:
    assert not index.brief(Request(parse(" OR ".join(f"word{place}" for place in range(60))).tree, whole=False))


def test_words_of_many_documents_are_long(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A phrase's positions are read, so that less of it is short."""
    common = [patent for seed in range(8) for patent in patents(seed=seed, count=100)]
    with library(tmp_path_factory.mktemp("common"), common, batch=400) as index:
        searcher = index._views.now().searcher
        word, phrase = Reading(searcher), Reading(searcher)
        word.hits(plan(parse("tiller OR blade").tree))
        phrase.hits(plan(parse('"tiller blade"').tree))
        assert 8 * word.postings == pytest.approx(phrase.postings, rel=0.01)
        assert word.postings <= min(FOUND, READ)


@pytest.mark.parametrize(
    "asked",
    [
        Request(All()),
        Request(All(), whole=False, size=21),
        Request(All(), whole=False, offset=11),
        Request(All(), whole=False, after=""),
        Request(All(), whole=False, sort=Sort("number")),
        Request(All(), whole=False, facets=("country",)),
        Request(All(), whole=False, filters={"country": Value("country", "CN")}),
        Request(All(), whole=False, collapse="family"),
        Request(All(), whole=False, units=("family",)),
    ],
)
def test_more_than_a_few_hits_may_be_long(asked: Request) -> None:
    assert not plain(asked)
    assert plain(Request(All(), whole=False, size=20))


def test_nothing_is_short_while_a_newer_commit_waits_to_be_opened(tmp_path: Path) -> None:
    asked, clock = Request(parse("tiller").tree, whole=False), SetClock()
    with library(tmp_path, patents(seed=1, count=5)) as index:
        reader = EmbeddedReader(tmp_path, clock=clock)
        clock.go(seconds=2)
        assert reader.brief(asked)
        index.write(patents(seed=2, count=5), merge=newer)
        index.flush()
        assert reader.brief(asked)
        clock.go(seconds=2)
        assert not reader.brief(asked)
        assert reader.health().documents == 10
        assert reader.brief(asked)
        (tmp_path / "CURRENT").write_bytes(b"{")
        clock.go(seconds=2)
        assert not reader.brief(asked)
        reader.close()


def test_a_plan_found_out_about_is_of_that_question_alone(index: EmbeddedIndex) -> None:
    first, second = (Request(parse(text).tree, whole=False) for text in ("tiller", "blade"))
    alone = [index.search(asked).hits for asked in (first, second)]
    assert index.brief(first)
    assert [index.search(asked).hits for asked in (second, first)] == alone[::-1]


def test_documents_that_are_not_found_yet_change_nothing(index: EmbeddedIndex) -> None:
    index.write(patents(seed=9, count=1), merge=newer)
    assert index.brief(Request(parse("tiller").tree, whole=False))
