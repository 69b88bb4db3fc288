"""The index is made from the documents again wherever it is damaged, lost or of another layout."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from search.engine.embedded import current
from search.engine.embedded.index import EmbeddedIndex
from search.engine.embedded.lock import WriterLock
from search.engine.embedded.reader import EmbeddedReader
from search.engine.errors import IndexDamaged
from search.engine.model import Hit, Request
from search.query.tree import Word
from tests.builders import a_patent
from tests.unit.engine.corpus import library, newer, patents

DOCUMENTS = patents(seed=5, count=40)


def index_of(data: Path) -> Path:
    return current.index_folder(data, current.read(data).serving)


def truncate(data: Path) -> None:
    for file in index_of(data).glob("*.idx"):
        file.write_bytes(file.read_bytes()[:50])


def lose(data: Path) -> None:
    shutil.rmtree(index_of(data))


def lose_meta(data: Path) -> None:
    (index_of(data) / "meta.json").unlink()


def garble_meta(data: Path) -> None:
    (index_of(data) / "meta.json").write_text("{")


def age(data: Path) -> None:
    file = data / "CURRENT"
    file.write_text(file.read_text().replace(current.read(data).serving.layout, "0" * 16))


def go_back(data: Path) -> None:
    """As if the folder had been restored without its last commit."""
    meta = index_of(data) / "meta.json"
    held = json.loads(meta.read_text())
    meta.write_text(json.dumps(held | {"segments": [], "opstamp": 0}))


DAMAGE = [truncate, lose, lose_meta, garble_meta, age, go_back]


def hits(reader: EmbeddedReader) -> tuple[Hit, ...]:
    return reader.search(Request(Word("tiller"), size=100)).hits


@pytest.fixture(name="expected")
def fixture_expected(tmp_path: Path) -> list[tuple[str, bytes | None]]:
    with library(tmp_path, DOCUMENTS) as index:
        index.delete([DOCUMENTS[0].number])
        index.write([a_patent("CN1A", titles={"en": "tiller"})], merge=newer)
        index.flush()
        return [(hit.number, hit.document) for hit in hits(index)]


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("opened", [EmbeddedIndex, EmbeddedReader])
def test_damage_is_mended_at_the_start(
    tmp_path: Path, expected: list[tuple[str, bytes | None]], damage: Callable[[Path], None], opened: type[EmbeddedReader]
) -> None:
    damage(tmp_path)
    reader = opened(tmp_path)
    assert [(hit.number, hit.document) for hit in hits(reader)] == expected
    assert list(index_of(tmp_path).parent.glob("index-*")) == [index_of(tmp_path)]
    reader.close()


@pytest.mark.parametrize("opened", [EmbeddedIndex, EmbeddedReader])
def test_documents_that_were_restored_from_earlier_are_what_is_found(
    tmp_path: Path, expected: list[tuple[str, bytes | None]], opened: type[EmbeddedReader]
) -> None:
    documents = current.documents_file(tmp_path, current.read(tmp_path).serving)
    earlier = documents.read_bytes()
    with library(tmp_path, [a_patent("US77A", titles={"en": "tiller"})]) as index:
        assert len(hits(index)) == len(expected) + 1
    documents.write_bytes(earlier)
    reader = opened(tmp_path)
    assert [(hit.number, hit.document) for hit in hits(reader)] == expected
    reader.close()


@pytest.mark.usefixtures("expected")
def test_a_service_that_starts_while_another_process_writes_says_what_to_do(tmp_path: Path) -> None:
    lose(tmp_path)
    lock = WriterLock(tmp_path)
    with pytest.raises(IndexDamaged, match="start again when it has ended"):
        EmbeddedReader(tmp_path)
    lock.release()


@pytest.mark.usefixtures("expected")
def test_a_running_service_goes_on_while_the_index_is_made_anew(tmp_path: Path) -> None:
    reader = EmbeddedReader(tmp_path)
    before = hits(reader)
    age(tmp_path)
    index = EmbeddedIndex(tmp_path)
    assert hits(reader) == before
    index.close()
    reader.close()


@pytest.mark.usefixtures("expected")
def test_without_its_first_file_the_folder_is_to_be_restored(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("{}")
    with pytest.raises(IndexDamaged, match="从备份恢复"):
        EmbeddedReader(tmp_path)
    with pytest.raises(IndexDamaged, match="restore the data folder"):
        EmbeddedIndex(tmp_path)


@pytest.mark.usefixtures("expected")
def test_a_damaged_commit_leaves_a_running_service_with_the_one_before(tmp_path: Path) -> None:
    index, reader = EmbeddedIndex(tmp_path), EmbeddedReader(tmp_path)
    before = hits(reader)
    (tmp_path / "CURRENT").write_text("{}")
    reader._views.refresh()
    assert hits(reader) == before
    assert "CURRENT" in reader.health().detail
    reader.close()
    index.close()


@pytest.mark.usefixtures("expected")
@pytest.mark.parametrize("opened", [EmbeddedIndex, EmbeddedReader])
def test_damaged_documents_are_to_be_restored(tmp_path: Path, opened: type[EmbeddedReader]) -> None:
    """They are the truth: nothing can make them anew, and nothing may pretend to."""
    documents = current.documents_file(tmp_path, current.read(tmp_path).serving)
    documents.write_bytes(b"no database" * 1000)
    with pytest.raises(IndexDamaged, match="The documents are damaged"):
        opened(tmp_path)
    assert documents.read_bytes() == b"no database" * 1000
    WriterLock(tmp_path).release()
