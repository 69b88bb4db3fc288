"""What the form of inventions in force sends: a list of enterprises, pasted or as a file, and people by place."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import FormData

from search.analysis import people
from search.analysis.density import MOST
from search.analysis.errors import ApplicantsAsked
from search.analysis.model import Analysis
from search.analysis.schemas import AnalysisParams
from search.saved.collections import sheets
from search.web.uploads import file_of

_HEADS = frozenset(
    ("企业名称", "单位名称", "公司名称", "企业", "名称", "申请人", "company", "enterprise", "name", "applicant", "applicants")
)
_PLACES = 34
"""Places that the table of people offers at first: there are so many provinces."""

_HEAD_WITHIN = 5
"""Rows of a sheet among which its head is looked for; lists begin with a title."""

Pairs = list[tuple[str, str]]


async def sent(request: Request) -> tuple[FormData, bytes]:
    """The fields of the form and the bytes of its file. Raises `RequestValidationError` for what is no such form."""
    async with request.form() as form:
        if not isinstance(form.get("q"), str):
            raise RequestValidationError([{"type": "missing", "loc": ("body", "q"), "msg": "Field required", "input": None}])
        return form, await file_of(form)


def pairs(form: FormData) -> Pairs:
    """The parameters of the address that asks the same but for enterprises and people."""
    plain = set(AnalysisParams.model_fields) - {"people", "applicant", "listed"}
    return [(name, value) for name, value in form.multi_items() if name in plain and isinstance(value, str) and value]


def told_people(form: FormData) -> Pairs:
    """Those parameters that tell of people. Raises `PeopleUnreadable`."""
    filled = {place: next(iter(people.read(number).values()), 0.0) for place, number in typed_persons(form) if number.strip()}
    by_place = people.read(_text(form, "people_lines"), filled)
    return [("people", f"{place}:{number:.12g}" if place else f"{number:.12g}") for place, number in by_place.items()]


def typed_persons(form: FormData) -> Pairs:
    """Places of the form's table with what stands beside them, all of them together under the empty name."""
    pairs = zip(form.getlist("place"), form.getlist("persons"), strict=False)
    return [(place, number) for place, number in pairs if isinstance(place, str) and isinstance(number, str)]


def typed(form: FormData) -> dict[str, Any]:
    """What the form shows again where it is refused."""
    beside = typed_persons(form)
    return {
        "typed": {name: _text(form, name) for name in ("names", "people_lines")},
        "people": next((number for place, number in beside if not place), ""),
        "persons": [(place, number) for place, number in beside if place],
    }


def names(form: FormData, file: bytes) -> list[str]:
    """The enterprises named, each once: those of the file and those pasted, one a line. Raises `SheetUnreadable`,
    `SheetTooLong`, `ApplicantsAsked`."""
    pasted = (line.split("\t")[0].strip() for line in _text(form, "names").splitlines())
    found = list(dict.fromkeys(name for name in (*_column(sheets.rows(file) if file else ()), *pasted) if name))
    if len(found) > MOST:
        raise ApplicantsAsked(1, MOST)
    return found


def address(question: str, told: Pairs, named: Sequence[str], listed: int | None) -> str:
    """Where the question is answered: with the enterprises, or with the number of their list."""
    by_name = [("applicant", name) for name in named] if listed is None else [("listed", str(listed))]
    return f"/analysis/{question}?{urlencode([*told, *by_name])}"


def persons(found: Analysis | None, told: Mapping[str, float]) -> list[tuple[str, str]]:
    """Places of the table, and those whose people were told, with their people."""
    places = [row.keys[-1] for row in found.rows[:_PLACES]] if found and found.by[-1] != "applicant" else []
    every = dict.fromkeys((*(place for place in told if place), *places))
    return [(place, f"{told[place]:.12g}" if place in told else "") for place in every]


def _column(rows: Sequence[sheets.Line]) -> list[str]:
    """The column under a head of names, else the first."""
    for place, (_, cells) in enumerate(rows[:_HEAD_WITHIN]):
        for column, cell in enumerate(cells):
            if cell.strip().lower() in _HEADS:
                return [line.cells[column] for line in rows[place + 1 :] if column < len(line.cells)]
    return [line.cells[0] for line in rows]


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""
