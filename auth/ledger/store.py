"""The only SQL of the ledger. Leaves and checkpoints are only ever added; the database itself refuses to change or delete them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Integer, LargeBinary, Table, Text, delete, func, insert, select, update

from auth.database import PERSON, Connection, insert_new, instant, metadata
from auth.database.people import Data, Room
from auth.ledger.tree import HASH_BYTES, Frontier

heads = Table(
    "ledger_heads",
    metadata,
    Column("log", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("frontier", LargeBinary, nullable=False),  # the peaks' hashes, one after the other
    instant("recorded_at", nullable=True),  # of the last leaf
)

leaves = Table(
    "ledger_leaves",
    metadata,
    Column("log", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    instant("recorded_at"),
    Column("account", Text, index=True),  # random; nothing leads from it to a person once the account is erased
    Column("data", LargeBinary, nullable=False),  # the canonical bytes that are hashed
    Column("hash", LargeBinary, nullable=False),
)

checkpoints = Table(
    "ledger_checkpoints",
    metadata,
    Column("log", Text, primary_key=True),
    Column("size", Integer, primary_key=True),
    Column("key", Text, primary_key=True),  # the signing key's id, so that a new key signs a size again
    Column("note", Text, nullable=False),
    instant("made_at"),
)

salts = Table(
    "ledger_salts",
    metadata,
    Column("account", Text, primary_key=True, info={PERSON: True}),  # no foreign key: a claim may precede its account
    Column("salt", LargeBinary, nullable=False),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("hmac", Text, primary_key=True),
    instant("first_verified_at"),
)

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log stands; `recorded_at` is ``None`` before its first leaf."""

    frontier: Frontier
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A leaf as its row holds it."""

    seq: int
    recorded_at: datetime
    account: str | None
    data: bytes
    hash: bytes


def lock_head(connection: Connection, log: str) -> Head:
    """The log's head, its row locked till the transaction ends; made where there is none."""
    wanted = select(heads).where(heads.c.log == log).with_for_update()
    row = connection.execute(wanted).first()
    if row is None:
        insert_new(connection, heads, {"log": log, "size": 0, "frontier": b"", "recorded_at": None})
        row = connection.execute(wanted).one()
    return Head(_frontier(row.size, row.frontier), row.recorded_at)


def head(connection: Connection, log: str) -> Head | None:
    """The log's head; ``None`` for a log without a fact. `ValueError` when its row is damaged."""
    row = connection.execute(select(heads).where(heads.c.log == log)).first()
    return Head(_frontier(row.size, row.frontier), row.recorded_at) if row else None


def add(connection: Connection, log: str, leaf: Stored, frontier: Frontier) -> None:
    """Appends the leaf and moves the head, which the caller holds locked."""
    connection.execute(
        insert(leaves).values(
            log=log, seq=leaf.seq, recorded_at=leaf.recorded_at, account=leaf.account, data=leaf.data, hash=leaf.hash
        )
    )
    moved = {"size": frontier.size, "frontier": b"".join(frontier.peaks), "recorded_at": leaf.recorded_at}
    connection.execute(update(heads).where(heads.c.log == log).values(**moved))


def logs(connection: Connection) -> list[str]:
    """Every log that has a head, a leaf or a checkpoint, by name."""
    found = select(heads.c.log).union(select(leaves.c.log), select(checkpoints.c.log))
    return sorted(connection.scalars(found))


def data(connection: Connection, log: str, *, first: int, until: datetime | None) -> list[bytes]:
    """The bytes of the log's leaves in order, from `first` on, of those recorded before `until`."""
    wanted = select(leaves.c.data).where(leaves.c.log == log, leaves.c.seq >= first).order_by(leaves.c.seq)
    if until is not None:
        wanted = wanted.where(leaves.c.recorded_at < until)
    return list(connection.scalars(wanted))


def hashes(connection: Connection, log: str, size: int) -> list[bytes]:
    """The hashes of the log's first `size` leaves."""
    wanted = select(leaves.c.hash).where(leaves.c.log == log, leaves.c.seq < size).order_by(leaves.c.seq)
    return list(connection.scalars(wanted))


def rows(connection: Connection, log: str) -> Iterator[Stored]:
    """All leaves of the log in order, a thousand at a time in memory."""
    wanted = select(leaves).where(leaves.c.log == log).order_by(leaves.c.seq).limit(_PAGE)
    page = connection.execute(wanted).all()
    while page:
        for row in page:
            yield Stored(row.seq, row.recorded_at, row.account, row.data, row.hash)
        page = connection.execute(wanted.where(leaves.c.seq > page[-1].seq)).all()


def of_account(connection: Connection, account: str) -> list[bytes]:
    """The bytes of every leaf about the account, in all logs, as they were recorded."""
    wanted = select(leaves.c.data).where(leaves.c.account == account)
    return list(connection.scalars(wanted.order_by(leaves.c.recorded_at, leaves.c.log, leaves.c.seq)))


def add_checkpoint(connection: Connection, log: str, *, size: int, key: str, note: str, now: datetime) -> bool:
    """Keeps a signed checkpoint; False when this key signed this size before."""
    return insert_new(connection, checkpoints, {"log": log, "size": size, "key": key, "note": note, "made_at": now})


def checkpoint(connection: Connection, log: str, size: int) -> str | None:
    """The checkpoint of this size; of several keys', the one made last."""
    held = checkpoints.c
    wanted = select(held.note).where(held.log == log, held.size == size).order_by(held.made_at.desc(), held.key)
    note: str | None = connection.scalar(wanted.limit(1))
    return note


def checkpoints_of(connection: Connection, log: str) -> list[tuple[int, str]]:
    """Size and note of every checkpoint of the log, by size."""
    wanted = select(checkpoints.c.size, checkpoints.c.note).where(checkpoints.c.log == log)
    return [(row.size, row.note) for row in connection.execute(wanted.order_by(checkpoints.c.size, checkpoints.c.key))]


def newest_checkpoints(connection: Connection, log: str) -> list[str]:
    """The checkpoints of the largest size: one of each key that signed it."""
    held = checkpoints.c
    largest = select(func.max(held.size)).where(held.log == log).scalar_subquery()
    return list(connection.scalars(select(held.note).where(held.log == log, held.size == largest).order_by(held.key)))


def largest_checkpoint(connection: Connection, log: str) -> int:
    """The largest size of the log that was ever signed; 0 for none."""
    size: int | None = connection.scalar(select(func.max(checkpoints.c.size)).where(checkpoints.c.log == log))
    return size or 0


def salt(connection: Connection, account: str) -> bytes | None:
    """The account's salt."""
    held: bytes | None = connection.scalar(select(salts.c.salt).where(salts.c.account == account))
    return held


def add_salt(connection: Connection, account: str, salt: bytes) -> bool:
    """Keeps a salt; False when the account has one."""
    return insert_new(connection, salts, {"account": account, "salt": salt})


def add_fingerprint(connection: Connection, hmac: str, *, now: datetime) -> bool:
    """Remembers that this contact was verified; False when it had been before."""
    return insert_new(connection, fingerprints, {"hmac": hmac, "first_verified_at": now})


def export(connection: Connection, user: str) -> Data:
    """Every fact about the account, as it stands in the logs."""
    return {"facts": [data.decode() for data in of_account(connection, user)]}


def erase(connection: Connection, user: str) -> None:
    """Removes the salt: from then on nobody can show whom the facts are about. The facts stay, and so does the count."""
    connection.execute(delete(salts).where(salts.c.account == user))


PEOPLE = Room("ledger", frozenset({"ledger_salts"}), export, erase)


def _frontier(size: int, peaks: bytes) -> Frontier:
    return Frontier(size, tuple(peaks[at : at + HASH_BYTES] for at in range(0, len(peaks), HASH_BYTES)))
