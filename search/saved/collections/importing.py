"""Documents from a list of numbers or another system's export: those held are put in, the others stay as records of their own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from search.engine.model import NumberKind
from search.find.doctor.lines import of_kind
from search.find.doctor.model import Verdict
from search.find.doctor.service import Doctor
from search.patent import classes, dates
from search.patent.numbers import Reading, readings
from search.saved.collections import heads, sheets
from search.saved.collections.model import Branch, Collection, Rows
from search.saved.collections.problems import ColumnsMissing
from search.saved.collections.service import Collections
from search.saved.collections.works import Changed, Place, Said, Work, said_of
from search.text.fold import fold

Outcome = Literal["found", "waiting", "refused"]

_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a spreadsheet."""

_UNSOUND = (
    "申请号有误（校验位或写法不对），没有采用，请核对后重新导入。",
    "The application number is wrong (its check digit or spelling) and was left out: check it and import the row again.",
)

_NOTE, _TAGS, _CELL = 4_000, 20, 500
_SEPARATORS = str.maketrans("；，、|\n", ";;;;;")


_COLUMNS: Mapping[str, NumberKind | None] = {"publication": "publication", "number": None, "application": "application"}
"""Columns of numbers, the first that a row fills is taken, and of which kind its numbers are: an application of one number is not
the publication of the same."""

_TEXTS = ("title", "abstract", "applicant", "address", "inventor")
"""What a record keeps as it was said."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of what was sent: its place in it, the number it names, what it says besides, and of which kind the number is where
    its column says so."""

    line: int
    number: str
    said: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    kind: NumberKind | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a row: its documents are `found`, it is `waiting` for one, or `refused`; `advice` says why, or what of
    the row was not taken."""

    line: int
    text: str
    outcome: Outcome
    documents: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """Every row has its verdict; `unknown` are branches that rows named and the collection has not; `deed` can be stepped back."""

    rows: tuple[Told, ...]
    counts: Mapping[str, int]
    unknown: tuple[str, ...]
    deed: int | None


class Importer:
    """Brings lists into collections."""

    def __init__(self, collections: Collections, doctor: Doctor) -> None:
        self._collections = collections
        self._doctor = doctor

    def canonical(self, numbers: Sequence[str]) -> list[str]:
        """Numbers as they are kept, each once: canonical as publications, where they are numbers at all."""
        read = (
            next((each.number for each in readings(number) if each.kind == "publication"), number.upper()) for number in numbers
        )
        return list(dict.fromkeys(read))

    def bring(self, user: str, id: str, data: bytes, *, lang: str) -> Imported:  # noqa: A002 - the path's own name
        """Puts the documents of a list or table in, in one deed. Raises `SheetUnreadable`, `SheetTooLong`, `ColumnsMissing`, and
        what `Collections.do` raises."""
        held = self._collections.get(user, id)
        branches = self._collections.branches(user, id)
        rows = read(sheets.rows(data), held)
        numbers, kinds = [row.number for row in rows], [row.kind for row in rows]
        verdicts = self._doctor.examine(numbers, user=user, lang=lang, kinds=kinds).verdicts
        told = [_told(row, verdict, lang) for row, verdict in zip(rows, verdicts, strict=True)]
        wanted = _Wanted(branches)
        for row, verdict, each in zip(rows, verdicts, told, strict=True):
            if each.outcome == "found":
                wanted.document(row, verdict.held)
            elif each.outcome == "waiting":
                wanted.record(row)
        counts = Counter[str](each.outcome for each in told)
        deed = self._collections.do(user, id, wanted.work(len(rows))) if wanted.places else None
        return Imported(tuple(told), dict(counts), tuple(sorted(wanted.unknown)), deed)


def read(table: Sequence[sheets.Line], held: Collection) -> list[Row]:
    """The rows of a table by its head; without one it is a list, a number a row. Raises `ColumnsMissing`."""
    if not table:
        return []
    for place, (_, head) in enumerate(table[:5]):  # exports begin with a title or a note
        kinds = heads.kinds(head, heads.DOCUMENTS)
        if _COLUMNS.keys() & set(kinds):
            own = [cell if cell in held.columns else "" for cell in head]
            return [_row(line, cells, kinds, own) for line, cells in table[place + 1 :]]
    if max(len(line.cells) for line in table) > 1 and not any(readings(cell) for line in table[:20] for cell in line.cells[:1]):
        raise ColumnsMissing
    return [Row(line, cells[0]) for line, cells in table if cells[0]]


def _row(line: int, cells: Sequence[str], kinds: Sequence[str], own: Sequence[str]) -> Row:
    said = {kind: cell for kind, cell in zip(kinds, cells, strict=False) if kind and cell}
    column = next((each for each in _COLUMNS if each in said), "number")
    number = said.get(column, "") if column == "application" else said.pop(column, "")
    kept = {name: cell[:_CELL] for name, cell in zip(own, cells, strict=False) if name and cell}
    return Row(line, number, said, kept, _COLUMNS[column])


def _told(row: Row, verdict: Verdict, lang: str) -> Told:
    if verdict.verdict == "found":
        return Told(row.line, verdict.text, "found", verdict.held)
    if _readings(row):  # a number of nothing held, though its digits would be those of a mistyped one of another kind
        return Told(row.line, verdict.text, "waiting", (), "" if _sound(row) else _UNSOUND[lang != "zh"])
    return Told(row.line, verdict.text, "refused", (), verdict.advice)


def _readings(row: Row) -> tuple[Reading, ...]:
    return of_kind(readings(row.number), row.kind)


def _sound(row: Row) -> bool:
    said = row.said.get("application", "")
    return not said or any(each.kind == "application" for each in readings(said))


class _Wanted:
    """What an import comes to: rows of the collection."""

    def __init__(self, branches: Mapping[str, Branch]) -> None:
        self._codes = {fold(name): code for code, branch in branches.items() for name in (branch.name, code)}
        self.places: dict[Place, Any] = {}
        self.unknown: set[str] = set()

    def document(self, row: Row, numbers: Sequence[str]) -> None:
        """Puts documents in, with what the row says of them."""
        for number in numbers:
            self.places["document", (number,)] = _said(row)
            for code in self._branches(row):
                self.places["mark", (code, number, "place")] = {"value": True}

    def record(self, row: Row) -> None:
        """Keeps the row until its document is loaded."""
        reading = _readings(row)[0]
        said = _said(row)
        kept: dict[str, Any] = {kind: row.said[kind] for kind in _TEXTS if kind in row.said}
        kept |= {kind: day for kind in ("filed", "published") if (day := _day(row.said.get(kind, "")))}
        kept |= {"application": row.said["application"]} if "application" in row.said else {}
        kept |= {kind: symbols for kind in ("ipc", "cpc") if (symbols := _symbols(row.said.get(kind, "")))}
        kept |= {"note": said.note} if said.note else {}
        kept |= {"tags": list(said.tags)} if said.tags else {}
        kept |= {"cells": dict(said.cells)} if said.cells else {}
        kept |= {"branches": codes} if (codes := self._branches(row)) else {}
        self.places["record", (reading.number,)] = {"kind": reading.kind, "record": kept}

    def work(self, rows: int) -> Work:
        return Work("import", str(rows), list(self.places), self._change)

    def _change(self, held: Rows) -> Changed:
        """What people said of a document before stays where the import says nothing."""
        after: Rows = {}
        for place, wanted in self.places.items():
            after[place] = said_of(place[1][0], held[place], wanted) if isinstance(wanted, Said) else wanted
        return after

    def _branches(self, row: Row) -> list[str]:
        named = _split(row.said.get("branches", ""))
        self.unknown |= {name for name in named if fold(name) not in self._codes}
        return [self._codes[fold(name)] for name in named if fold(name) in self._codes]


def _said(row: Row) -> Said:
    note = row.said.get("note", "")[:_NOTE]
    tags = tuple(tag[:50] for tag in _split(row.said.get("tags", ""))[:_TAGS])
    return Said(placed=True, stands="in", note=note or None, tags=tags, cells=row.cells)


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.translate(_SEPARATORS).split(";") if part.strip()]


def _day(cell: str) -> str | None:
    """A date in the forms that exports have; a spreadsheet's own number of days since 1899-12-30 too."""
    if cell.isdigit() and len(cell) == 5:
        return str(_FIRST_DAY + timedelta(days=int(cell)))
    return dates.iso(cell.split(" ", maxsplit=1)[0])


def _symbols(cell: str) -> list[str]:
    found = []
    for part in _split(cell)[:50]:
        try:
            found.append(classes.ipc(part))
        except classes.ClassError:
            continue
    return found
