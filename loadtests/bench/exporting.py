"""S9-export: how fast documents leave as CSV, against a loop by hand that fetches, parses and writes the same rows; and how soon
the first byte does."""

import csv
import io
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import decompress

import orjson

from indexer.sample.generate import patents
from loadtests.bench.harness import Goal, Measure, Outcome, compare, constant, p50, wall
from loadtests.bench.library import filled
from search.engine.port import PatentReader
from search.export.formats import csv as tables
from search.export.model import Layout
from search.export.rows import Rows
from search.query.tree import All

_COLUMNS = ("number", "title", "applicants", "application", "application_date", "publication_date", "ipc", "abstract")


def rows(*, rounds: int, goal: Goal, documents: int = 20_000) -> Outcome:
    """Wall seconds a row: a whole file of eight columns."""
    with _library(documents) as (reader, file):
        ours: Measure = wall(lambda: _exported(reader, documents), units=documents)
        return compare(ours, wall(lambda: _by_hand(file, documents), units=documents), goal, rounds=rounds)


def first_byte(*, rounds: int, goal: Goal, documents: int = 20_000, times: int = 20) -> Outcome:
    """Milliseconds until the head of a file is there and its first record known."""
    with _library(documents) as (reader, _):
        once = p50(lambda: next(tables.written(Rows(reader, All()), Layout(columns=_COLUMNS))), times=times)
        return compare(lambda: once() * 1000, constant(1.0), goal, rounds=rounds)


def _exported(reader: PatentReader, documents: int) -> None:
    records = Rows(reader, All())
    size = sum(map(len, tables.written(records, Layout(columns=_COLUMNS))))
    assert records.count == documents
    assert size > documents


def _by_hand(file: Path, documents: int) -> None:
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    out = io.StringIO()
    writer = csv.writer(out)
    found = connection.execute("SELECT shown, rest FROM documents WHERE shown IS NOT NULL ORDER BY ordinal")
    for count, (shown, rest) in enumerate(found, 1):  # noqa: B007  the last one is looked at
        writer.writerow(_cells(orjson.loads(shown + (decompress(rest) if rest[:1] == b"x" else rest))))
        if out.tell() > 64 * 1024:
            out = io.StringIO()
            writer = csv.writer(out)
    connection.close()
    assert count == documents


def _cells(record: dict[str, Any]) -> list[str]:
    filed, titles, abstracts = record.get("application", {}), record.get("titles", {}), record.get("abstracts", {})
    return [
        record["number"],
        titles.get("zh") or next(iter(titles.values()), ""),
        "; ".join([party["name"] for party in record.get("applicants", ())]),
        filed.get("number", ""),
        filed.get("date", ""),
        record.get("publication_date", ""),
        "; ".join([symbol["symbol"] for symbol in record.get("ipc", ())]),
        abstracts.get("zh") or next(iter(abstracts.values()), ""),
    ]


@contextmanager
def _library(documents: int) -> Iterator[tuple[PatentReader, Path]]:
    """A reader of an embedded engine, and the file of its documents."""
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder), patents(documents, seed=1)) as reader:
        yield reader, next(Path(folder).glob("**/documents.sqlite"))
