"""`patentry export`, as an operator runs it; and that `patentry load` reads back what it wrote."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from search.patent.model import decode
from tests.command import patentry
from tests.service import a_stock, prepare

STOCK = {patent.number: patent for patent in a_stock()}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    prepare(folder, STOCK.values())
    return folder


def test_a_query_becomes_a_file(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    done = patentry("export", "country:US", "--out", str(out), "--columns", "number,title", "--lang", "en", "--inid", data=data)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["(11) Publication number", "(54) Title"]
    assert sorted(row[0] for row in rows[1:]) == sorted(number for number in STOCK if number.startswith("US"))
    assert str(len(rows) - 1) in done.stdout
    assert list(tmp_path.iterdir()) == [out]


def test_a_workbook_is_whole(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    assert patentry("export", "*", "--out", str(out), "--format", "xlsx", "--sort", "number:asc", data=data).returncode == 0
    assert [row[0] for row in load_workbook(out).worksheets[0].iter_rows(values_only=True)][1:] == sorted(STOCK)


def test_json_lines_load_into_another_installation_as_the_same_patents(data: Path, tmp_path: Path) -> None:
    out, again, elsewhere = tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "elsewhere"
    assert patentry("export", "*", "--out", str(out), "--format", "jsonl", data=data).returncode == 0
    elsewhere.mkdir()
    prepare(elsewhere, [])
    assert patentry("load", str(out), data=elsewhere).returncode == 0
    assert patentry("export", "*", "--out", str(again), "--format", "jsonl", data=elsewhere).returncode == 0
    found = {decode(line).number: decode(line) for line in again.read_bytes().splitlines()}
    assert found.keys() == STOCK.keys()
    for number, patent in found.items():
        assert patent.titles == STOCK[number].titles
        assert (patent.claims, patent.applicants, patent.ipc) == (STOCK[number].claims, STOCK[number].applicants, STOCK[number].ipc)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["("], "检索词"),
        (["*", "--format", "pdf"], "--format"),
        (["*", "--columns", "number,nothing"], "nothing"),
        (["#1"], "#1"),
    ],
)
def test_what_cannot_be_exported_is_told_in_a_few_words(data: Path, tmp_path: Path, arguments: list[str], told: str) -> None:
    done = patentry("export", *arguments, "--out", str(tmp_path / "a"), data=data)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
