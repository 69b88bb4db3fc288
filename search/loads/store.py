"""The tables of loading and the only SQL over them. Every method is one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Integer,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from auth.database import Database, insert_new, instant, metadata
from search.loads.model import Counts, LoadedFile, Outcome, Progress, Refusal, Run, Seen

runs = Table(
    "load_runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("command", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("slot", Integer, nullable=False),
    instant("started", index=True),
    instant("ended", nullable=True),
    Column("outcome", Text),
    *(Column(field.name, BigInteger, nullable=False) for field in fields(Counts)),
)
files = Table(
    "load_files",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("disk", Text, nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("modified", BigInteger, nullable=False),
    Column("format", Text),
    Column("mark", BigInteger, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("run", Text),
    Column("read", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
)
seen = Table(
    "load_seen",
    metadata,
    Column("key", Text, primary_key=True),
    Column("number", Text, primary_key=True),
    Column("offset", BigInteger, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)
refusals = Table(
    "load_refusals",
    metadata,
    Column("key", Text, primary_key=True),
    Column("offset", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("format", Text),
    Column("reason", Text, nullable=False),
    Column("kept", BigInteger, nullable=False),
    instant("at"),
)
blocks = Table(
    "load_blocks",
    metadata,
    Column("low", BigInteger, primary_key=True, autoincrement=False),
    Column("high", BigInteger, nullable=False),
    Column("run", Text, nullable=False),
)
ordinals = Table(
    "load_ordinals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("next", BigInteger, nullable=False),
)


class Loads:
    """The state of loading of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def begin(self, run: Run) -> list[str]:
        """A run starts in its slot, whose lock the caller holds: whoever had it and did not end is dead. Answers the dead."""
        with self.database.write() as connection:
            dead = connection.scalars(select(runs.c.id).where(runs.c.slot == run.slot, runs.c.ended.is_(None))).all()
            for other in dead:
                _end(connection, other, "dead", run.started)
            connection.execute(insert(runs).values(**_columns(run)))
        return list(dead)

    def end(self, run: str, outcome: Outcome, at: datetime) -> None:
        """The run is over and its blocks of ordinals are closed."""
        with self.database.write() as connection:
            _end(connection, run, outcome, at)

    def unended(self) -> list[Run]:
        """Runs that have not ended, by their start; some may be dead."""
        with self.database.read() as connection:
            rows = connection.execute(select(runs).where(runs.c.ended.is_(None)).order_by(runs.c.started))
            return [_run(row) for row in rows]

    def last(self, count: int) -> list[Run]:
        """The latest runs, the newest first."""
        with self.database.read() as connection:
            rows = connection.execute(select(runs).order_by(runs.c.started.desc()).limit(count))
            return [_run(row) for row in rows]

    def outcome(self, run: str) -> Outcome | None:
        """How a run ended; ``None`` while it runs or for one that is not known."""
        with self.database.read() as connection:
            found: Outcome | None = connection.scalar(select(runs.c.outcome).where(runs.c.id == run))
            return found

    def file(self, key: str) -> LoadedFile | None:
        with self.database.read() as connection:
            row = connection.execute(select(files).where(files.c.key == key)).one_or_none()
            return None if row is None else LoadedFile(**row._mapping)

    def files(self) -> Iterator[LoadedFile]:
        """All files, by name."""
        with self.database.read() as connection:
            for row in connection.execute(select(files).order_by(files.c.name, files.c.key)):
                yield LoadedFile(**row._mapping)

    def commit(self, run: str, counts: Counts, progress: Iterable[Progress]) -> None:
        """The records before each file's mark are stored in the engine or refused; `counts` are the run's so far."""
        with self.database.write() as connection:
            connection.execute(update(runs).where(runs.c.id == run).values(**asdict(counts)))
            for step in progress:
                _advance(connection, step)

    def met(self, key: str, numbers: Sequence[str]) -> dict[str, Seen]:
        """Which of these numbers stood further up in the file."""
        with self.database.read() as connection:
            found = connection.execute(
                select(seen.c.number, seen.c.offset, seen.c.digest).where(seen.c.key == key, seen.c.number.in_(numbers))
            )
            return {row.number: Seen(row.number, row.offset, row.digest) for row in found}

    def refusals(self) -> list[Refusal]:
        """All that is refused and not mended, by file and offset."""
        with self.database.read() as connection:
            rows = connection.execute(select(refusals).order_by(refusals.c.name, refusals.c.key, refusals.c.offset))
            return [Refusal(**row._mapping) for row in rows]

    def refused(self) -> int:
        """How many records are refused and not mended."""
        with self.database.read() as connection:
            return connection.scalar(select(func.count()).select_from(refusals)) or 0

    def mended(self, refusal: Refusal) -> None:
        """The record was loaded after all."""
        with self.database.write() as connection:
            connection.execute(delete(refusals).where(refusals.c.key == refusal.key, refusals.c.offset == refusal.offset))

    def forget_changed(self, disk: str, *, size: int, modified: int) -> None:
        """The file on disk `disk` is about to be read. Where it is not the one that was read before, nothing of that holds: of
        itself and of the members in it."""
        other = or_(files.c.size != size, files.c.modified != modified)
        with self.database.write() as connection:
            stale = connection.scalars(select(files.c.key).where(files.c.disk == disk, other)).all()
            for some in stale:
                for table in (files, seen, refusals):
                    connection.execute(delete(table).where(table.c.key == some))

    def take_block(self, run: str, count: int) -> range:
        """The next `count` ordinals, open under this run."""
        step = update(ordinals).where(ordinals.c.id == 1).values(next=ordinals.c.next + count).returning(ordinals.c.next)
        with self.database.write() as connection:
            high = connection.scalar(step)
            if high is None:
                insert_new(connection, ordinals, {"id": 1, "next": 1})  # or somebody else does, at this moment
                high = connection.scalars(step).one()
            connection.execute(insert(blocks).values(low=high - count, high=high, run=run))
        return range(high - count, high)

    def close_blocks(self, run: str) -> None:
        """What the run wrote with its ordinals is found by searches."""
        with self.database.write() as connection:
            connection.execute(delete(blocks).where(blocks.c.run == run))

    def open_blocks(self) -> list[tuple[int, str]]:
        """The lowest ordinal of each open block and its run, ascending."""
        with self.database.read() as connection:
            rows = connection.execute(select(blocks.c.low, blocks.c.run).order_by(blocks.c.low))
            return [(row.low, row.run) for row in rows]

    def next_ordinal(self) -> int:
        with self.database.read() as connection:
            return connection.scalar(_next_ordinal()) or 1


def _next_ordinal() -> Select[tuple[int]]:
    return select(ordinals.c.next).where(ordinals.c.id == 1)


def _end(connection: Connection, run: str, outcome: Outcome, at: datetime) -> None:
    connection.execute(update(runs).where(runs.c.id == run).values(ended=at, outcome=outcome))
    connection.execute(delete(blocks).where(blocks.c.run == run))


def _refuse(connection: Connection, refused: Sequence[Refusal]) -> None:
    for refusal in refused:
        connection.execute(delete(refusals).where(refusals.c.key == refusal.key, refusals.c.offset == refusal.offset))
        connection.execute(insert(refusals).values(**asdict(refusal)))


def _advance(connection: Connection, step: Progress) -> None:
    key = step.file.key
    if step.fresh:
        for table in (files, seen, refusals):
            connection.execute(delete(table).where(table.c.key == key))
        connection.execute(insert(files).values(**asdict(step.file)))
    else:
        connection.execute(update(files).where(files.c.key == key).values(**asdict(step.file)))
    if step.file.done:
        connection.execute(delete(seen).where(seen.c.key == key))  # a number met counts within one reading only
    elif step.met:
        connection.execute(insert(seen), [{"key": key, **asdict(number)} for number in step.met])
    _refuse(connection, step.refused)


def _columns(run: Run) -> dict[str, Any]:
    columns: dict[str, Any] = asdict(run)
    counts: dict[str, int] = columns.pop("counts")
    return columns | counts


def _run(row: Row[Any]) -> Run:
    columns = dict(row._mapping)
    counts = Counts(**{field.name: columns.pop(field.name) for field in fields(Counts)})
    return Run(**columns, counts=counts)
