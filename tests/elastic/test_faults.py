"""T48: Elasticsearch down, slow, cut off, busy, red, or of another version: an error in time, never a wrong count."""

from collections.abc import Callable

import pytest
from elasticsearch import Elasticsearch

from search.engine.elastic.index import ElasticIndex
from search.engine.elastic.reader import ElasticReader
from search.engine.errors import EngineUnavailable, IndexDamaged
from search.engine.model import Question, Request, WriteReport
from search.patent.model import encode
from search.query.tree import All, Word
from tests.contract.library import paper, titled
from tests.contract.shelf import Shelf, newer
from tests.elastic.conftest import Settings
from tests.servers.proxy import Proxy

pytestmark = pytest.mark.elastic

PUMP = titled("CN501A", "水泵")

CALLS: dict[str, Callable[[ElasticIndex], object]] = {
    "search": lambda index: index.search(Request(Word("水泵"))),
    "a cursor": lambda index: index.search(Request(Word("水泵"), after="")),
    "count": lambda index: index.count(All()),
    "tables": lambda index: index.aggregate(All(), [Question(("country",), "application")]),
    "get": lambda index: index.get(["CN501A"]),
    "resolve": lambda index: index.resolve(["CN501A"]),
    "near numbers": lambda index: index.near_numbers("CN"),
    "scan": lambda index: list(index.scan(All())),
    "write": lambda index: index.write([PUMP], merge=newer),
    "delete": lambda index: index.delete(["CN501A"]),
    "flush": lambda index: index.flush(),
    "build": lambda index: index.build(),
    "roll back": lambda index: index.roll_back(),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_t48_down_is_unavailable(proxy: Proxy, behind: ElasticIndex, call: Callable[[ElasticIndex], object]) -> None:
    proxy.close()
    with pytest.raises(EngineUnavailable):
        call(behind)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_t48_slow_is_unavailable_in_time(proxy: Proxy, behind: ElasticIndex, call: Callable[[ElasticIndex], object]) -> None:
    """The answer never comes: without the limit this test would not end."""
    proxy.hold()
    with pytest.raises(EngineUnavailable):
        call(behind)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_t48_an_answer_that_breaks_off_is_unavailable(
    proxy: Proxy, behind: ElasticIndex, call: Callable[[ElasticIndex], object]
) -> None:
    proxy.cut()
    with pytest.raises(EngineUnavailable):
        call(behind)


def test_t48_health_tells_what_is_wrong_and_raises_nothing(proxy: Proxy, behind: ElasticIndex) -> None:
    proxy.hold()
    health = behind.health()
    assert (health.ready, health.documents) == (False, 0)
    assert "Elasticsearch" in health.detail


def test_t48_it_answers_again_when_the_server_does(proxy: Proxy, shelf: Shelf, behind: ElasticIndex) -> None:
    shelf.put(PUMP)
    proxy.hold()
    with pytest.raises(EngineUnavailable):
        behind.count(All())
    proxy.release()
    assert behind.count(All()) == 1


def test_t48_an_unavailable_engine_says_when_to_ask_again(proxy: Proxy, behind: ElasticIndex) -> None:
    proxy.close()
    with pytest.raises(EngineUnavailable) as away:
        behind.count(All())
    assert away.value.retry_after_s > 0


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable", "502 Bad Gateway", "403 Forbidden"])
def test_t48_a_busy_server_is_unavailable_and_no_count(proxy: Proxy, behind: ElasticIndex, status: str) -> None:
    assert behind.count(All()) == 0  # the layout is checked, the next answer is the search's
    proxy.answer_once(status)
    with pytest.raises(EngineUnavailable):
        behind.count(All())


def test_t48_a_batch_is_sent_again_when_the_server_was_busy(proxy: Proxy, settings: Settings, shelf: Shelf) -> None:
    index = ElasticIndex(settings(proxy.url), ordinals=shelf.ordinals)
    for status in ("429 Too Many Requests", "503 Service Unavailable"):
        proxy.answer_once(status, path="_bulk")
    assert index.write([PUMP], merge=newer) == WriteReport(written=1)
    assert index.get(["CN501A"]) == [encode(PUMP)]
    index.close()


def test_t48_what_elasticsearch_refuses_is_reported_by_number_and_the_rest_is_stored(shelf: Shelf) -> None:
    beyond = paper("CN502A", doc_number="5" * 40_000)  # Lucene takes no key above 32,766 bytes
    report = shelf.put(PUMP, beyond, titled("CN503A", "水泵"))
    assert report.written == 2
    assert [number for number, _ in report.refused] == ["CN502A"]
    assert "number_keys" in report.refused[0][1]
    assert shelf.numbers(All()) == ["CN501A", "CN503A"]


def test_t48_a_red_index_is_unavailable_and_no_empty_answer(client: Elasticsearch, settings: Settings, shelf: Shelf) -> None:
    shelf.put(PUMP)
    client.indices.close(index=next(iter(client.indices.get_alias(name=shelf.settings.elasticsearch_index))))
    reader = ElasticReader(settings())
    for ask in (lambda: reader.count(All()), lambda: reader.search(Request(All())), lambda: reader.get(["CN501A"])):
        with pytest.raises(EngineUnavailable):
            ask()
    assert not reader.health().ready
    reader.close()


def test_t48_a_shard_without_a_node_is_unavailable(client: Elasticsearch, settings: Settings, alias: str) -> None:
    nowhere = {"index.routing.allocation.require._name": "nobody"}
    client.indices.create(index=f"{alias}-1", settings=nowhere, aliases={alias: {}}, wait_for_active_shards="0")
    reader = ElasticReader(settings(timeout_s=2))
    assert not reader.health().ready
    with pytest.raises(EngineUnavailable):
        reader.near_numbers("CN")
    reader.close()


def test_t48_nothing_loaded_yet_says_what_to_do(settings: Settings) -> None:
    reader = ElasticReader(settings())
    with pytest.raises(EngineUnavailable, match="patentry load"):
        reader.count(All())
    assert not reader.health().ready
    reader.close()


def test_t48_an_index_of_another_version_is_neither_searched_nor_written(
    client: Elasticsearch, settings: Settings, shelf: Shelf
) -> None:
    shelf.put(PUMP)
    client.indices.put_mapping(index=shelf.settings.elasticsearch_index, meta={"layout": "older", "since": 0})
    other = Shelf.open(settings(), shelf.ordinals)
    for ask in (lambda: other.numbers(All()), lambda: other.index.count(All()), lambda: other.put(PUMP)):
        with pytest.raises(IndexDamaged, match="patentry rebuild"):
            ask()
    assert not other.index.health().ready
    other.index.close()


def test_t48_an_index_of_another_version_can_be_rebuilt(client: Elasticsearch, settings: Settings, shelf: Shelf) -> None:
    shelf.put(PUMP)
    client.indices.put_mapping(index=shelf.settings.elasticsearch_index, meta={"layout": "older", "since": 0})
    other = Shelf.open(settings(), shelf.ordinals)
    following = other.index.build()
    following.write([found.patent for found in other.scanned()])
    other.index.promote(following)
    assert other.numbers(Word("水泵")) == ["CN501A"]
    other.index.close()
