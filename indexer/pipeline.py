"""Loading: sources to records to patents to the engine, in batches that a kill can lose at most one of.

Order of a batch: refused records are kept as files, the engine stores, then one transaction moves the marks, counts and
refusals.  A kill in between makes the next run read the batch again, and the engine finds it unchanged.  Numbers met in a file
stand in the database while it is loaded: the first of two equal ones wins and the second is reported, before and after a kill.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

import msgspec

from auth.clock import Clock, now
from indexer import precedence, reading
from indexer.batch import Batch, Course, Item, digest
from indexer.kept import Kept
from indexer.model import NotAPatent, ParseError, Parser, RawRecord, Rejected
from indexer.sources.limits import Limits
from indexer.sources.walk import Member, Origin, PassedOver, Unreadable, members
from search.engine.port import PatentIndex
from search.loads.model import Counts, LoadedFile, Refusal, Run, Seen
from search.loads.ordinals import DatabaseOrdinals
from search.loads.store import Loads
from search.patent.model import Patent
from search.patent.numbers import publication_keys

FLUSH_EVERY = timedelta(seconds=30)
"""A long load shows up by and by."""

KEPT = 1000
"""Refused records of one file that are kept: a file of nothing else must not be kept a second time."""

LISTED = 20
"""Refusals that a summary shows; all stand in the database."""


class Stopped(Exception):
    """The operator asked to stop: raised between two records, after the batch in flight is stored."""


class Unbalanced(AssertionError):
    """Records were lost or counted twice: a fault of this program, never of the data."""


class Watch(Protocol):
    """Follows a load as it goes."""

    def __call__(self, origin: Origin, position: int, counts: Counts) -> None: ...


@dataclass(slots=True)
class Summary:
    """What a load came to. `before` and `refused_before` are records of these files that an interrupted run had read."""

    counts: Counts = field(default_factory=Counts)
    files: int = 0
    passed_over: int = 0
    before: int = 0
    refused_before: int = 0
    listed: list[Refusal] = field(default_factory=list)
    stopped: bool = False


class Loader:
    """Loads origins one by one under one run. `stop` is asked between two records; `watch` hears of every batch."""

    def __init__(
        self,
        *,
        index: PatentIndex,
        loads: Loads,
        kept: Kept,
        run: Run,
        ordinals: DatabaseOrdinals | None = None,
        parser: Parser | None = None,
        limits: Limits | None = None,
        stop: Callable[[], bool] = lambda: False,
        watch: Watch = lambda origin, position, counts: None,
        clock: Clock = now,
    ) -> None:
        self._index, self._loads, self._kept, self._run, self._ordinals = index, loads, kept, run, ordinals
        self._parser, self._limits, self._stop, self._watch, self._clock = parser, limits, stop, watch, clock
        self._batch = Batch()
        self._unflushed, self._flushed = False, clock()
        self.summary = Summary()

    def load(self, origins: Iterable[Origin]) -> Summary:
        """Loads what is not loaded yet; everything stored is found by searches on return. Raises what the engine and the
        database raise when they are away: then all up to the last batch is stored."""
        with suppress(Stopped):
            for origin in origins:
                self._origin(origin)
        self._write()
        self._flush()
        if not self.summary.counts.balanced:
            raise Unbalanced(self.summary.counts)
        return self.summary

    def _origin(self, origin: Origin) -> None:
        self._loads.forget_changed(origin.key, size=origin.size, modified=origin.modified)
        for found in members(origin, self._limits):
            if isinstance(found, Member):
                self._member(found)
            elif isinstance(found, Unreadable):
                self._unreadable(found, found.reason)
            elif isinstance(found, PassedOver):
                self.summary.passed_over += 1
        self._watch(origin, origin.size, self.summary.counts)

    def _member(self, member: Member) -> None:
        parser = reading.parser_of(member, self._parser)
        if parser is None:
            self._unreadable(member, reading.UNKNOWN)
            return
        course = self._course(member, parser)
        if course is None:
            return
        start = course.file.mark
        for record in reading.records(member, parser):
            if self._stop():
                self.summary.stopped = True
                raise Stopped
            if record.offset >= start:
                self._record(course, record, parser)
            if self._batch.full:
                self._write()
                self._watch(member.origin, member.position(), self.summary.counts)
        self._end(course)

    def _unreadable(self, found: Member | Unreadable, reason: str) -> None:
        course = self._course(found, None)
        if course is not None:
            self._refuse(course, 0, reason)
            self._read(course, 0)
            self._end(course)

    def _course(self, found: Member | Unreadable, parser: Parser | None) -> Course | None:
        """Where the file stands; ``None`` where an interrupted run has loaded all of it."""
        if found.key in self._batch.courses:  # a ZIP may hold one path twice
            self._write()
        self.summary.files += 1
        held = self._loads.file(found.key)
        if held is None or held.run is None or held.run == self._run.id or self._loads.outcome(held.run) == "finished":
            origin = found.origin
            format_name = parser.FORMAT if parser else None
            new = LoadedFile(found.key, found.name, origin.key, origin.size, origin.modified, format_name, run=self._run.id)
            return Course(new, fresh=True, stored=False)
        self.summary.before += held.read
        self.summary.refused_before += held.refused
        return None if held.done else Course(replace(held, run=self._run.id), fresh=False, stored=True)

    def _record(self, course: Course, record: RawRecord | Rejected, parser: Parser) -> None:
        if isinstance(record, Rejected):
            self._refuse(course, record.offset, record.reason, record.data)
        else:
            try:
                patent = reading.patent(record, parser)
            except NotAPatent as error:
                self._refuse(course, record.offset, error.reason)
            except ParseError as error:
                self._refuse(course, record.offset, error.reason, record.data)
            else:
                self._add(Item(course, self._joined(patent), record.offset, record.data, digest(patent)))
        self._read(course, record.offset)

    def _add(self, item: Item) -> None:
        """Into the batch, which holds a number once: one from another file is merged into what is stored first."""
        other = self._batch.items.get(item.patent.number)
        if other is not None and other.course is item.course:
            self._repeats(item, Seen(item.patent.number, other.offset, other.digest))
            return
        if other is not None:
            self._write()
        self._batch.add(item)

    def _joined(self, patent: Patent) -> Patent:
        """A record without a kind takes the number of the one held publication of that office and number."""
        if patent.kind is not None or patent.stage == "application":
            return patent
        if (patent.country, patent.doc_number) in self._batch.publications:
            self._write()
        if self._unflushed:
            self._flush()
        key = publication_keys(patent.country, patent.doc_number)[0]
        kinds = re.compile(re.escape(patent.number) + r"[A-Z][0-9]?")
        held = [number for number in self._index.resolve([key]) if kinds.fullmatch(number)]
        return msgspec.structs.replace(patent, number=held[0]) if len(held) == 1 else patent

    def _repeats(self, item: Item, first: Seen) -> None:
        """The second of two equal numbers in one file: unchanged when it says the same, else reported."""
        if item.digest == first.digest:
            self._count(Counts(unchanged=1))
        else:
            reason = f"{first.number} stands at offset {first.offset} already, with other content"
            self._refuse(item.course, item.offset, reason, item.data)

    def _refuse(self, course: Course, offset: int, reason: str, data: bytes = b"") -> None:
        file = course.file
        kept = data if file.refused < KEPT else b""
        if kept:
            self._kept.put(file.key, offset, kept)
        refusal = Refusal(file.key, file.name, offset, file.format, reason, len(kept), self._clock())
        course.refuse(refusal)
        self._batch.courses[file.key] = course
        self._count(Counts(refused=1))
        if len(self.summary.listed) < LISTED:
            self.summary.listed.append(refusal)

    def _read(self, course: Course, offset: int) -> None:
        """The record is in the batch or refused: the mark may move behind it when that is stored."""
        course.read(offset)
        self._batch.courses[course.file.key] = course
        self._count(Counts(read=1))

    def _end(self, course: Course) -> None:
        course.file = replace(course.file, done=True)
        self._batch.courses[course.file.key] = course

    def _count(self, counts: Counts) -> None:
        self.summary.counts += counts

    def _write(self) -> None:
        """Stores the batch; on an error nothing of it is counted as stored."""
        batch = self._batch
        if batch.courses:
            self._drop_repeated(batch)
            report = self._index.write([item.patent for item in batch.items.values()], merge=precedence.merge)
            for number, reason in report.refused:
                item = batch.items.pop(number)
                self._refuse(item.course, item.offset, reason, item.data)
            for number, item in batch.items.items():
                item.course.met.append(Seen(number, item.offset, item.digest))
            self._count(Counts(written=report.written, merged=report.merged, unchanged=report.unchanged))
            self._loads.commit(self._run.id, self.summary.counts, [course.step() for course in batch.courses.values()])
            self._unflushed = True
        self._batch = Batch()
        if self._clock() - self._flushed >= FLUSH_EVERY:
            self._flush()

    def _drop_repeated(self, batch: Batch) -> None:
        """Takes out what stood in an earlier batch of the same file."""
        for key, course in batch.courses.items():
            if not course.stored:
                continue
            numbers = [number for number, item in batch.items.items() if item.course is course]
            for number, first in self._loads.met(key, numbers).items():
                self._repeats(batch.items.pop(number), first)

    def _flush(self) -> None:
        self._index.flush()
        if self._ordinals is not None:
            self._ordinals.found()
        self._unflushed = False
        self._flushed = self._clock()
