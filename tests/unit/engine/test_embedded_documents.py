"""The store of records: rows that stay, ordinals that go on, content that comes back byte for byte."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from sqlite3 import IntegrityError, connect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine.embedded.documents import Documents, DocumentsWriter, Marks, Stored, create, digest
from search.engine.errors import EngineUnavailable, IndexDamaged


@pytest.fixture(name="path")
def fixture_path(tmp_path: Path) -> Path:
    create(tmp_path / "documents.sqlite")
    return tmp_path / "documents.sqlite"


@pytest.fixture(name="writer")
def fixture_writer(path: Path) -> Iterator[DocumentsWriter]:
    writer = DocumentsWriter(path)
    yield writer
    writer.close()


@pytest.fixture(name="documents")
def fixture_documents(path: Path) -> Iterator[Documents]:
    documents = Documents(path)
    yield documents
    documents.close()


def line(row: int, number: str, ordinal: int, json: bytes | None = b'{"a":1,"b":2}') -> Stored:
    """A line whose `shown` is the first pair."""
    if json is None:
        return Stored(row, number, ordinal)
    end = json.index(b",")
    return Stored(row, number, ordinal, digest(json), json[:end], json[end:])


@given(st.binary(max_size=3000))
@settings(max_examples=30, deadline=None)
def test_content_comes_back_byte_for_byte(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("store") / "documents.sqlite"
    create(path)
    writer, documents = DocumentsWriter(path), Documents(path)
    json = b'{"a":1,' + content
    writer.put([line(1, "CN1A", 1, json)], Marks(1, 1))
    assert documents.get(["CN1A"])["CN1A"].json() == json
    documents.close()
    writer.close()


def test_long_content_is_compressed(writer: DocumentsWriter, documents: Documents) -> None:
    json = b'{"a":1,"b":"' + b"x" * 10_000 + b'"}'
    writer.put([line(1, "CN1A", 1, json)], Marks(1, 1))
    held = documents.rows([1])[1]
    assert held.rest
    assert len(held.rest) < 200
    assert held.json() == json


def test_a_row_stays_and_the_ordinal_goes_on(writer: DocumentsWriter, documents: Documents) -> None:
    writer.put([line(1, "CN1A", 1), line(2, "CN2A", 2)], Marks(2, 2))
    writer.put([line(99, "CN1A", 3, b'{"a":2,"b":2}')], Marks(99, 3))
    assert documents.get(["CN1A"])["CN1A"] == line(1, "CN1A", 3, b'{"a":2,"b":2}')
    assert documents.marks() == Marks(99, 3)


def test_a_batch_is_stored_whole_or_not_at_all(writer: DocumentsWriter, documents: Documents) -> None:
    writer.put([line(1, "CN1A", 1)], Marks(1, 1))
    with pytest.raises(IntegrityError):
        writer.put([line(2, "CN2A", 2), line(3, "CN3A", 1)], Marks(3, 3))
    assert documents.get(["CN1A", "CN2A", "CN3A"]).keys() == {"CN1A"}
    assert documents.marks() == Marks(1, 1)


def test_a_deleted_record_keeps_its_line_without_data(writer: DocumentsWriter, documents: Documents) -> None:
    writer.put([line(1, "CN1A", 1), line(1, "CN1A", 2, None)], Marks(1, 2))
    assert documents.get(["CN1A"])["CN1A"] == line(1, "CN1A", 2, None)
    assert documents.starting("CN", 5) == []


def test_changes_come_in_order_of_their_ordinals(writer: DocumentsWriter, documents: Documents) -> None:
    writer.put([line(row, f"CN{row}A", 2000 - row) for row in range(1, 1301)], Marks(1300, 2000))
    ordinals = [held.ordinal for batch in documents.since(900) for held in batch]
    assert ordinals == list(range(901, 2000))


def test_numbers_that_start_so(writer: DocumentsWriter, documents: Documents) -> None:
    names = ["CN1A", "CN10A", "CN11A", "CN2A", "EP1A"]
    writer.put([line(row, name, row) for row, name in enumerate(names, 1)], Marks(5, 5))
    assert documents.starting("CN1", 5) == ["CN10A", "CN11A", "CN1A"]
    assert documents.starting("CN1", 2) == ["CN10A", "CN11A"]
    assert documents.starting("", 9) == sorted(names)


def test_threads_read_while_one_writes(writer: DocumentsWriter, documents: Documents) -> None:
    def read(_: int) -> bool:
        lines = documents.rows(range(1, 200))
        return all(held.json() == b'{"a":1,"b":2}' for held in lines.values())

    with ThreadPoolExecutor(4) as pool:
        reads = pool.map(read, range(200))
        for row in range(1, 200):
            writer.put([line(row, f"CN{row}A", row)], Marks(row, row))
        assert all(reads)


def test_it_is_read_when_its_writer_has_gone(path: Path) -> None:
    writer = DocumentsWriter(path)
    writer.put([line(1, "CN1A", 1)], Marks(1, 1))
    writer.close()
    documents = Documents(path)
    assert documents.get(["CN1A"]).keys() == {"CN1A"}
    documents.close()
    assert not path.with_name("documents.sqlite-wal").exists()


def test_what_a_page_of_hits_shows_is_read_alone(writer: DocumentsWriter, documents: Documents) -> None:
    writer.put([line(1, "CN1A", 1), line(2, "CN2A", 2), line(2, "CN2A", 3, None)], Marks(2, 3))
    held = documents.rows([1, 2], whole=False)
    assert [held[row].opening() for row in (1, 2)] == [b'{"a":1}', None]
    assert held[1].rest is None


def test_a_record_that_does_not_decompress_is_damage(writer: DocumentsWriter, documents: Documents) -> None:
    writer.put([Stored(1, "CN1A", 1, None, b"{", b"x no zlib stream")], Marks(1, 1))
    with pytest.raises(IndexDamaged, match="documents are damaged"):
        documents.get(["CN1A"])["CN1A"].json()


def test_a_store_of_another_format_is_refused_with_what_to_do(path: Path) -> None:
    connection = connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    for opened in (lambda: Documents(path).marks(), lambda: DocumentsWriter(path)):
        with pytest.raises(EngineUnavailable, match="patentry load"):
            opened()
