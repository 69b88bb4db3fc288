"""Schemes and concordances as lines of text: what each line is, the first line says.

| first line | is |
|---|---|
| JSON with ``code``, ``title_zh`` | the IPC in Chinese |
| JSON with ``code``, ``name_zh`` | GB/T 4754 |
| ``A⇥HUMAN NECESSITIES``, ``id⇥title`` | the IPC in English, symbols printed or of 14 characters |
| ``Field_number,…`` | WIPO's fields of technology, with the patterns of IPC symbols that each holds |
| ``old,new,kind,date`` | reclassifications (also ``scheme``, else ipc) |
| two of ``ipc,cpc,wipo35,gbt4754`` | a concordance |
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from search.find.classes.errors import SchemeRefused
from search.find.classes.model import SCHEMES, SYMBOLS, Entry, Link, Refusal, Scheme, node, placed, printed
from search.patent import classes
from search.patent.classes import ClassError

Lines = Iterable[str]
Row = dict[str, str]
Read = Iterator[Entry | Link | Refusal]
Made = Iterator[Entry | Link]

_ENGLISH = re.compile(r"(?:id\ttitle|[A-H](?:\d\d(?:[A-Z](?:\s*\d[\d/]*)?)?)?\t.*)", re.ASCII)
_ROW = re.compile(r"([A-H](?:\d\d(?:[A-Z](?:\s*\d[\d/]*)?)?)?)\t(.*)", re.ASCII)
_LONG = re.compile(r"\b[A-H]\d\d[A-Z]\d{10}\b", re.ASCII)

_BROKEN = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) +(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])")
"""Blanks within Chinese, where a printed line ended."""


def reader(first: str) -> Callable[[Lines], Read] | None:
    """What reads a file with this first line."""
    if first.startswith("{"):
        try:
            keys = json.loads(first).keys()
        except ValueError:
            return None
        made = _chinese if {"code", "title_zh"} <= keys else _industry if {"code", "name_zh"} <= keys else None
        return None if made is None else lambda lines: _read(_json(lines), made)
    if _ENGLISH.fullmatch(first):
        return lambda lines: _read(_titles(lines), _english)
    names = {name.strip().lower() for name in next(csv.reader([first]), [])}
    if "field_number" in names:
        return lambda lines: _read(_rows(lines), _Fields())
    if {"old", "new"} <= names:
        return lambda lines: _read(_rows(lines), _move)
    return (lambda lines: _read(_rows(lines), _tie)) if len(names & set(SCHEMES)) == 2 else None


class _RowRefused(SchemeRefused):
    """A row that can't be read; the others can."""


def _read(rows: Iterator[tuple[int, Row]], made: Callable[[Row], Made]) -> Read:
    for number, row in rows:
        try:
            yield from made(row)
        except _RowRefused as refused:
            yield Refusal(number, refused.zh, refused.en)


def _chinese(row: Row) -> Made:
    key = _key("ipc", row.get("code", ""))
    depth, parent = placed("ipc", key)
    title = _BROKEN.sub("", row.get("title_zh", ""))
    yield Entry("ipc", key, parent, depth, zh=_text(title), notes_zh=_text(row.get("notes_zh")))


def _industry(row: Row) -> Made:
    code, level = row.get("code", ""), row.get("level", "")
    if level not in ("1", "2", "3", "4"):
        raise _RowRefused(f"“{code}”没有级别", f"{code!r} has no level")
    parent = {"1": None, "2": _text(row.get("section"))}.get(level, code[:-1])
    yield Entry("gbt4754", code, parent, int(level) - 1, zh=_text(row.get("name_zh")), notes_zh=_text(row.get("remark_zh")))


def _english(row: Row) -> Made:
    """Of two rows of one main group the first is a heading over several; the later one stands."""
    key = _key("ipc", row["symbol"])
    depth, parent = placed("ipc", key)
    said = _LONG.sub(lambda found: printed("ipc", node("ipc", found[0])), row["title"])
    yield Entry("ipc", key, parent, depth, en=_text(said.replace(";", "; ")))


class _Fields:
    """Sectors are numbered as they come."""

    def __init__(self) -> None:
        self._sectors: dict[str, str] = {}
        self._seen: set[str] = set()

    def __call__(self, row: Row) -> Made:
        target = _key("ipc", row.get("ipc_code", "").rstrip("%*"))
        field, title = row.get("field_number", ""), row.get("sector_en", "")
        if title not in self._sectors:
            self._sectors[title] = f"S{len(self._sectors) + 1}"
            yield Entry("wipo35", self._sectors[title], None, 0, en=_text(title))
        if field not in self._seen:
            self._seen.add(field)
            yield Entry("wipo35", field, self._sectors[title], 1, en=_text(row.get("field_en")))
        yield Link("wipo35", field, "ipc", target)


def _move(row: Row) -> Made:
    scheme = _scheme(row.get("scheme") or "ipc")
    old, new = (_exact(scheme, row.get(name, "")) for name in ("old", "new"))
    if old != new:
        yield Link(scheme, old, scheme, new, kind=_text(row.get("kind")), day=_day(row.get("date")))


def _tie(row: Row) -> Made:
    """The class that holds is the one of the scheme whose symbols documents don't carry."""
    target, source = sorted((name for name in SCHEMES if name in row), key=SCHEMES.index)
    keys = (_key(source, row[source]), _key(target, row[target].rstrip("%*")))
    yield Link(source, keys[0], target, keys[1], kind=_text(row.get("kind")), day=_day(row.get("date")))


def _titles(lines: Lines) -> Iterator[tuple[int, Row]]:
    """Symbol and title of each row, with the line it begins in; a title may go on in lines of its own."""
    held: tuple[int, Row] | None = None
    for number, line in enumerate(lines, 1):
        found = _ROW.fullmatch(line)
        if found is None:
            if held is not None:
                held[1]["title"] += f" {line}"
            continue
        if held is not None:
            yield held
        held = number, {"symbol": found[1], "title": found[2]}
    if held is not None:
        yield held


def _json(lines: Lines) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict):
                raise SchemeRefused(f"第 {number} 行不是 JSON 对象", f"line {number} is no JSON object")
            yield number, {str(name): str(value) for name, value in row.items() if value is not None}


def _rows(lines: Lines) -> Iterator[tuple[int, Row]]:
    """Rows by the lower-case names of the head, with their line."""
    read = csv.reader(lines)
    head = [name.strip().lower() for name in next(read)]
    try:
        for row in read:
            if any(row):
                yield read.line_num, {name: value.strip() for name, value in zip(head, row, strict=False)}
    except csv.Error as error:
        raise SchemeRefused(f"第 {read.line_num} 行：{error}", f"line {read.line_num}: {error}") from None


def _key(scheme: Scheme, text: str) -> str:
    try:
        key = node(scheme, text)
    except ClassError:
        key = ""
    if not key:
        raise _RowRefused(f"“{text[:40]}”不是分类号", f"{text[:40]!r} is no class")
    return key


def _exact(scheme: Scheme, text: str) -> str:
    """``H10F39/00`` is the place of that symbol alone, and not the main group with all that is in it."""
    _key(scheme, text)
    return classes.key(text)


def _scheme(text: str) -> Scheme:
    for scheme in SYMBOLS:
        if text.lower() == scheme:
            return scheme
    raise _RowRefused("scheme 应为 ipc 或 cpc", "its scheme is neither ipc nor cpc")


def _day(text: str | None) -> str | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _RowRefused("日期应形如 2024-01-01", "its date is not written 2024-01-01") from None


def _text(value: str | None) -> str | None:
    """On lines without blanks at either end; ``None`` of nothing."""
    lines = (" ".join(line.split()) for line in (value or "").splitlines())
    return "\n".join(line for line in lines if line) or None
