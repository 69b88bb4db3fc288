"""The records of an export, from an engine: all of them, in order, cut by a limit, cut by the engine; read back by the indexer."""

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import orjson
import pytest

from indexer.model import ParseError, RawRecord
from indexer.parsers import patentry_json
from search.engine.errors import EngineUnavailable
from search.engine.factory import open_index
from search.engine.model import Sort
from search.engine.port import PatentIndex
from search.engine.settings import EngineSettings
from search.export.formats import csv, jsonl, numbers
from search.export.model import Layout
from search.export.rows import Rows
from search.patent.model import Patent
from search.query import parse
from tests.exports import Leaving
from tests.service import a_stock

EVERY = parse("*").tree
STOCK = {patent.number: patent for patent in a_stock()}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PatentIndex]:
    opened = open_index(EngineSettings(tmp_path_factory.mktemp("index")), ordinals=None)
    opened.write(list(STOCK.values()), merge=lambda _held, new: new)
    opened.flush()
    yield opened
    opened.close()


def written(writer: Any, rows: Rows, **layout: Any) -> bytes:
    return b"".join(writer.written(rows, Layout(**layout)))


def read_back(data: bytes) -> list[Patent]:
    """As `patentry load` reads a file."""
    assert patentry_json.recognise(data[:4096], "")
    return [patentry_json.parse(record) for record in patentry_json.records(io.BytesIO(data), "f") if isinstance(record, RawRecord)]


def test_json_lines_are_the_same_patents(index: PatentIndex) -> None:
    rows = Rows(index, EVERY)
    found = read_back(written(jsonl, rows))
    assert {patent.number: patent for patent in found} == STOCK
    assert (rows.count, rows.total(), rows.remarks) == (len(STOCK), len(STOCK), [])


@pytest.mark.parametrize(("by", "descending"), [("publication_date", True), ("publication_date", False), ("number", False)])
def test_a_chosen_order_is_kept(index: PatentIndex, by: Any, descending: bool) -> None:
    found = [getattr(patent, by) for patent in Rows(index, EVERY, sort=Sort(by, descending=descending))]
    assert len(found) == len(STOCK)
    assert all(one >= other if descending else one <= other for one, other in pairwise(found))


def test_numbers_are_a_line_each(index: PatentIndex) -> None:
    lines = written(numbers, Rows(index, parse("country:US").tree)).decode().splitlines()
    assert sorted(lines) == sorted(number for number in STOCK if number.startswith("US"))


def test_a_limit_says_inside_the_file_what_it_cut(index: PatentIndex) -> None:
    rows = Rows(index, EVERY, most=3)
    *lines, last = written(jsonl, rows).splitlines()
    assert (len(lines), rows.total()) == (3, 3)
    told = orjson.loads(last)["remark"]
    assert (told["code"], told["rows"], told["of"]) == ("limit", 3, len(STOCK))
    assert told["zh"]
    assert told["en"]
    with pytest.raises(ParseError):  # a load of the file names the line as refused
        patentry_json.parse(RawRecord(last, "f", 0))


def test_a_limit_that_nothing_is_above_says_nothing(index: PatentIndex) -> None:
    rows = Rows(index, EVERY, most=len(STOCK))
    assert len(list(rows)) == len(STOCK)
    assert rows.remarks == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_engine_that_goes_away_is_seen_at_the_end_of_the_file(index: PatentIndex, lang: str) -> None:
    rows = Rows(Leaving(index, after=5), EVERY)  # type: ignore[arg-type]  # all of a reader by delegation
    lines = written(csv, rows, columns=("number",), lang=lang).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 5 + 1
    assert lines[-1].startswith({"zh": "【未完】", "en": "[CUT]"}[lang])
    assert isinstance(rows.broken, EngineUnavailable)
    assert [(remark.code, remark.rows) for remark in rows.remarks] == [("interrupted", 5)]


def test_an_engine_that_is_away_from_the_start_is_no_file(index: PatentIndex) -> None:
    with pytest.raises(EngineUnavailable):
        Rows(Leaving(index, after=0), EVERY)  # type: ignore[arg-type]


def test_the_first_bytes_do_not_wait_for_the_rest(index: PatentIndex) -> None:
    rows = Rows(index, EVERY)
    first = next(iter(csv.written(rows, Layout())))
    assert first.decode("utf-8-sig").count("\n") == 1
    assert rows.count == 0
