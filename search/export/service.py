"""`Exports`: the documents of a question, or of a list of numbers, as a file that is sent while it is made."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from auth.clock import Clock, day, now
from search.api.limits import Slots
from search.engine.model import Sort
from search.engine.port import PatentReader
from search.export.model import File, Format, Layout
from search.export.naming import named
from search.export.rows import Rows, not_held
from search.find.doctor.service import Doctor
from search.find.question import Question
from search.find.service import Finder
from search.query.tree import Listed, Query, both

AT_ONCE = 2
"""Exports of one user at the same time, in one process."""


class Interrupted(Exception):
    """The engine went away while the file was sent. The file's end says so; what breaks off here breaks off the connection as
    well, so that whoever receives it knows it without reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to export: the documents of a `question`, or those that `numbers` name in any spelling; in the order `sort`, or as they
    come; at most `most`."""

    question: Question | None = None
    numbers: tuple[str, ...] = ()
    format: Format = "csv"
    layout: Layout = field(default_factory=Layout)
    sort: Sort | None = None
    most: int | None = None


class Exports:
    """Exports of one engine. `most` is what the operator allows in a file, `None` all."""

    def __init__(
        self, finder: Finder, reader: PatentReader, doctor: Doctor, *, most: int | None = None, clock: Clock = now
    ) -> None:
        self._finder = finder
        self._reader = reader
        self._doctor = doctor
        self._most = most
        self._clock = clock
        self._slots = Slots(AT_ONCE)

    def export(self, wanted: Wanted, *, user: str) -> File:
        """The file; its first record is there already, so that what can't be answered at all is told before there is a file.
        Raises what `Finder.read` raises, `TooManyAtOnce` and what the engine raises; while it is read only `Interrupted`."""
        writer: Any = import_module(f"search.export.formats.{wanted.format}")
        with ExitStack() as opened:
            opened.enter_context(self._slots.one(user))
            rows, about = self._rows(wanted, user)
            chunks = _sent(writer.written(rows, wanted.layout), rows, opened.pop_all())
        next(chunks)
        name = named(about, day(self._clock()), writer.SUFFIX, lang=wanted.layout.lang)
        charset = f"; charset={wanted.layout.encoding if wanted.format == 'csv' else 'utf-8'}"
        return File(name, writer.MEDIA_TYPE + ("" if wanted.format == "xlsx" else charset), chunks, rows)

    def _rows(self, wanted: Wanted, user: str) -> tuple[Rows, str]:
        """The records, and what they are of, in a few words."""
        most = min((limit for limit in (wanted.most, self._most) if limit), default=None)
        if wanted.question is None:
            examined = self._doctor.examine(list(wanted.numbers), user=user, lang=wanted.layout.lang)
            rows = Rows(self._reader, Listed(tuple(examined.numbers)), sort=wanted.sort, most=most)
            missing = [verdict.text for verdict in examined.verdicts if not verdict.held and verdict.verdict != "blank"]
            rows.remarks.extend([not_held(len(examined.numbers), missing)] if missing else [])
            return rows, ""
        read = self._finder.read(wanted.question, user=user)
        whole: Query = both(read.tree, *read.question.filters.values())
        return Rows(self._reader, whole, sort=wanted.sort, most=most), read.said.canonical


def _sent(blocks: Iterator[bytes], rows: Rows, held: ExitStack) -> Iterator[bytes]:
    """The blocks; before them an empty one, at which what is `held` until the last is sent is in good hands."""
    with held:
        yield b""
        yield from blocks
        if rows.broken is not None:
            raise Interrupted(str(rows.broken)) from rows.broken
