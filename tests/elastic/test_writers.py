"""Many writers of one Elasticsearch: nothing is lost, ordinals keep their promise, the alias names one index."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from elasticsearch import Elasticsearch

from search.engine.elastic.index import ElasticIndex
from search.engine.model import WriteReport
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Patent, decode
from search.query.tree import All
from tests.contract.conftest import ordinals  # noqa: F401 - a fixture
from tests.contract.library import paper, titled
from tests.contract.shelf import Shelf, newer
from tests.elastic.conftest import Settings

pytestmark = pytest.mark.elastic


def united(held: Patent, new: Patent) -> Patent:
    """Titles of both."""
    titles = held.titles | new.titles
    return held if titles == held.titles else msgspec.structs.replace(held, titles=titles, version=held.version + 1)


def test_two_writers_of_one_record_lose_nothing(settings: Settings, shelf: Shelf) -> None:
    writers = [ElasticIndex(settings(), ordinals=shelf.ordinals) for _ in range(4)]

    def load(place: int) -> list[WriteReport]:
        languages = [f"x{place}{n}" for n in range(10)]
        return [writers[place].write([paper("CN501A", titles={lang: lang})], merge=united) for lang in languages]

    with ThreadPoolExecutor(4) as threads:
        reports = [report for found in threads.map(load, range(4)) for report in found]
    stored = decode(shelf.index.get(["CN501A"])[0] or b"")
    assert len(stored.titles) == 40
    assert stored.version == 40
    assert sum(report.written for report in reports) == 1
    assert sum(report.merged for report in reports) == 39
    for writer in writers:
        writer.close()


def test_an_index_opened_by_many_at_once_is_made_once(client: Elasticsearch, settings: Settings, shelf: Shelf, alias: str) -> None:
    def opened(_: int) -> None:
        ElasticIndex(settings(), ordinals=shelf.ordinals).close()

    client.indices.delete(index=next(iter(client.indices.get_alias(name=alias))))
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(opened, range(6)))
    assert len(client.indices.get_alias(name=alias)) == 1
    assert shelf.put(titled("CN501A", "水泵")) == WriteReport(written=1)


def test_a_scan_ends_below_what_another_load_has_not_flushed(shelf: Shelf) -> None:
    shelf.put(titled("CN501A", "水泵"))
    shelf.write(titled("CN502A", "水泵"))
    shelf.index.flush()  # somebody else's: the load of CN502A does not know yet that it is found
    assert shelf.index.count(All()) == 2
    assert [found.patent.number for found in shelf.scanned()] == ["CN501A"]
    shelf.ordinals.found()
    assert [found.patent.number for found in shelf.scanned()] == ["CN501A", "CN502A"]


def test_ordinals_of_two_writers_are_never_shared(settings: Settings, shelf: Shelf, ordinals: DatabaseOrdinals) -> None:  # noqa: F811
    writers = [ElasticIndex(settings(), ordinals=ordinals) for _ in range(3)]

    def load(place: int) -> None:
        for start in range(0, 60, 20):
            batch = [titled(f"CN{place}{start + n:03}A", "水泵") for n in range(20)]
            writers[place].write(batch, merge=newer)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(load, range(3)))
    shelf.flush()
    found = [each.ordinal for each in shelf.scanned()]
    assert len(found) == len(set(found)) == 180
    for writer in writers:
        writer.close()


def test_a_write_to_a_missing_alias_makes_no_index_of_its_name(client: Elasticsearch, shelf: Shelf, alias: str) -> None:
    client.indices.delete(index=next(iter(client.indices.get_alias(name=alias))))
    with pytest.raises(Exception, match="patentry load"):
        shelf.write(titled("CN501A", "水泵"))
    assert not client.indices.exists(index=alias)


def test_old_generations_are_removed_but_the_one_before(client: Elasticsearch, shelf: Shelf, alias: str) -> None:
    for number in range(3):
        following = shelf.index.build()
        following.write([titled(f"CN{number}A", "水泵")])
        shelf.flush()
        shelf.index.promote(following)
    assert len(client.indices.get(index=f"{alias}-*")) == 2


def test_the_tokens_are_not_stored(client: Elasticsearch, shelf: Shelf, alias: str) -> None:
    shelf.put(titled("CN501A", "水泵"))
    stored = client.get(index=alias, id="CN501A")["_source"]
    assert stored.keys() == {"number", "ordinal", "document"}
