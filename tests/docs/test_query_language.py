"""docs/query.md says what the query language does: every example is run, every field and code stands there."""

import re

import pytest

from search.query import QueryError, parse
from search.query.errors import MESSAGES, NOTES
from search.query.fields import FIELDS
from tests import machine

PAGE = (machine.ROOT / "docs" / "query.md").read_text("utf-8")


def _rows(*heads: str) -> list[tuple[str, ...]]:
    """The rows of the tables whose heads are these, the code of each cell without its marks."""
    rows: list[tuple[str, ...]] = []
    inside = False
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            inside = False
        elif any(head in cells[0] for head in ("检索式", "字段")):
            inside = [cell.split()[-1] for cell in cells] == list(heads)
        elif inside and not cells[0].startswith("---"):
            rows.append(tuple(cells))
    assert rows
    return rows


def _code(cell: str) -> str:
    return cell.removeprefix("`").removesuffix("`")


@pytest.mark.parametrize("row", _rows("query", "meaning", "canonical"), ids=lambda row: row[0])
def test_examples(row: tuple[str, ...]) -> None:
    query, _, canonical = row
    assert parse(_code(query)).canonical == _code(canonical)


@pytest.mark.parametrize("row", _rows("query", "code", "position"), ids=lambda row: row[0])
def test_refusals_and_notes(row: tuple[str, ...]) -> None:
    query, code, position = row
    found: list[tuple[str, int]] = []
    try:
        found = [(note.code, note.position) for note in parse(_code(query)).warnings]
    except QueryError as error:
        found = [(error.code, error.position)]
    assert found == [(_code(code), int(position))]


def test_every_field_stands_there() -> None:
    told = {_code(name): (set(re.findall("`([^`]+)`", also)), label) for name, also, label in _rows("field", "also", "label")}
    assert told == {field.name: ({field.zh, *field.aliases} - {field.name}, field.en) for field in FIELDS}


def test_every_code_stands_there() -> None:
    pages = PAGE + (machine.ROOT / "docs" / "dialects.md").read_text("utf-8")
    assert {code for code in (*MESSAGES, *NOTES) if f"`{code}`" not in pages} == set()
