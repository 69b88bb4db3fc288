"""T33 in the database: whoever has all of it in his hands, but not the signing key, is found by fsck."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from auth.database import Connection, Database
from auth.ledger import fsck, keys, service, store, tree
from auth.ledger.fsck import Fault
from auth.ledger.model import Fact
from tests.machine import soaking
from tests.stores.test_ledger import unlock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEYS = keys.create("patents.example.cn/ledger")
LOG, SIZE, SIGNED = "a1", 20, (8, 16)
FLIPS = 20_000 if soaking() else 300

L, C, H = store.leaves.c, store.checkpoints.c, store.heads.c


@pytest.fixture
def written(database: Database) -> Database:
    """Twenty facts, signed after eight and after sixteen."""
    with database.write() as connection:
        for number in range(SIZE):
            fact = Fact(kind="account:activated", happened_at=NOON, account=f"{number:032x}", agency=LOG)
            service.append(connection, LOG, fact, now=NOON + timedelta(seconds=number))
            if number + 1 in SIGNED:
                service.checkpoint(connection, LOG, KEYS, now=NOON)
    return database


@contextmanager
def tampering(database: Database) -> Iterator[Connection]:
    """A connection whose changes are undone at the end."""
    with database.read() as connection:
        unlock(connection)
        yield connection


def first_fault(connection: Connection) -> Fault | None:
    return next(iter(fsck.run(connection, KEYS).faults), None)


@dataclass(frozen=True)
class Tamper:
    """What is done, and the first thing that fsck names."""

    name: str
    deed: Callable[[Connection], Any]
    code: str
    at: int


def change(at: int, /, **values: Any) -> Callable[[Connection], Any]:
    return lambda connection: connection.execute(update(store.leaves).where(L.seq == at).values(**values))


def drop(*seqs: int) -> Callable[[Connection], Any]:
    return lambda connection: connection.execute(delete(store.leaves).where(L.seq.in_(seqs)))


def head(**values: Any) -> Callable[[Connection], Any]:
    return lambda connection: connection.execute(update(store.heads).values(**values))


def note(size: int, change: Callable[[str], str]) -> Callable[[Connection], Any]:
    def deed(connection: Connection) -> None:
        held = store.checkpoint(connection, LOG, size)
        assert held is not None
        connection.execute(update(store.checkpoints).where(C.size == size).values(note=change(held)))

    return deed


def swap(connection: Connection) -> None:
    rows = {row.seq: row for row in connection.execute(select(store.leaves).where(L.seq.in_([4, 5])))}
    for seq, other in ((4, rows[5]), (5, rows[4])):
        change(seq, data=other.data, hash=other.hash, account=other.account)(connection)


def double(connection: Connection) -> None:
    """Leaf 5 once more, in its place, all others moved on."""
    row = connection.execute(select(store.leaves).where(L.seq == 5)).one()
    for seq in range(SIZE - 1, 4, -1):
        change(seq, seq=seq + 1)(connection)
    connection.execute(insert(store.leaves).values(**row._mapping))


def rewrite(seq: int, *, old: bytes = b"activated", new: bytes = b"withdrawn", size: int = SIZE) -> Callable[[Connection], None]:
    """History written anew from one fact on, everything recomputed but the signatures."""

    def deed(connection: Connection) -> None:
        frontier = tree.Frontier()
        for row in list(store.rows(connection, LOG))[:size]:
            data = row.data.replace(old, new) if row.seq == seq else row.data
            change(row.seq, data=data, hash=tree.leaf_hash(data))(connection)
            frontier = frontier.append(tree.leaf_hash(data))
        drop(*range(size, SIZE))(connection)
        last = NOON + timedelta(seconds=size - 1)
        head(size=size, frontier=b"".join(frontier.peaks), recorded_at=last)(connection)

    return deed


TAMPERS = [
    Tamper("delete the first", drop(0), "leaf_missing", 0),
    Tamper("delete one", drop(5), "leaf_missing", 5),
    Tamper("delete the last", drop(19), "head_size", 19),
    Tamper("delete below what was signed", drop(*range(15, 20)), "checkpoint_beyond", 16),
    Tamper("delete all", drop(*range(20)), "checkpoint_beyond", 8),
    Tamper("swap two", swap, "leaf_form", 4),
    Tamper("double one", double, "leaf_form", 6),
    Tamper("move to another log", change(5, log="a2"), "leaf_missing", 5),
    Tamper("another's fact", change(5, account="f" * 32), "leaf_form", 5),
    Tamper("recorded earlier", change(5, recorded_at=NOON), "leaf_form", 5),
    Tamper("bytes", change(5, data=b"{}"), "leaf_bytes", 5),
    Tamper("bytes and hash", change(5, data=b"{}", hash=tree.leaf_hash(b"{}")), "leaf_form", 5),
    Tamper("hash", change(5, hash=bytes(32)), "leaf_bytes", 5),
    Tamper("half a hash", change(5, hash=bytes(16)), "leaf_bytes", 5),
    Tamper("history before a signature", rewrite(3), "checkpoint_root", 8),
    Tamper("history between signatures", rewrite(9), "checkpoint_root", 16),
    Tamper("tail cut clean", rewrite(99, size=10), "checkpoint_beyond", 16),
    Tamper("another agency's fact", rewrite(18, old=b'"a1"', new=b'"a2"'), "leaf_form", 18),
    Tamper("an unknown kind", rewrite(18, new=b"forgotten"), "leaf_form", 18),
    Tamper("another spelling", rewrite(18, old=b'{"', new=b'{ "'), "leaf_form", 18),
    Tamper("head gone", lambda connection: connection.execute(delete(store.heads)), "head_missing", 20),
    Tamper("head smaller", head(size=19, frontier=bytes(96)), "head_size", 20),
    Tamper("head's hashes", head(frontier=bytes(64)), "head_root", 20),
    Tamper("head's hashes too few", head(frontier=bytes(32)), "head_root", 20),
    Tamper("head's time", head(recorded_at=NOON), "head_root", 20),
    Tamper("note's root", note(8, lambda text: text.replace("\n8\n", "\n8\nA")), "checkpoint_form", 8),
    Tamper("note of another size", note(8, lambda text: text.replace("\n8\n", "\n9\n")), "checkpoint_form", 8),
    Tamper("note of another log", note(8, lambda text: text.replace("/a1", "/a2")), "checkpoint_form", 8),
    Tamper("note that is none", note(16, lambda _text: "note"), "checkpoint_form", 16),
    Tamper("note by another key", note(8, lambda text: text[: text.index("\n\n")] + _FORGED), "checkpoint_signature", 8),
]
_FORGED = service.notes.sign("x\n", keys.create(KEYS.name).signer).written()[1:]


def test_fsck_names_the_first_bad_thing(written: Database) -> None:
    named = {}
    for tamper in TAMPERS:
        with tampering(written) as connection:
            assert first_fault(connection) is None
            tamper.deed(connection)
            named[tamper.name] = first_fault(connection)
    assert named == {tamper.name: Fault(LOG, tamper.code, tamper.at) for tamper in TAMPERS}


def test_what_was_never_signed_is_anybodys(written: Database) -> None:
    """The limit: history after the last signature, all recomputed, looks whole. Hence checkpoints often, and kept elsewhere."""
    with tampering(written) as connection:
        rewrite(18)(connection)
        assert first_fault(connection) is None


def test_every_flipped_byte_is_found(written: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """Random bits of leaves and notes; the seed is printed, so that a miss can be looked at."""
    seed = random.randrange(2**32)
    chance, found = random.Random(seed), 0
    with written.read() as connection:
        leaves = [row.data for row in store.rows(connection, LOG)]
    with tampering(written) as connection:
        for _ in range(FLIPS):
            seq = chance.randrange(SIZE)
            at = chance.randrange(len(leaves[seq]))
            flipped = bytearray(leaves[seq])
            flipped[at] ^= 1 << chance.randrange(8)
            change(seq, data=bytes(flipped))(connection)
            found += first_fault(connection) == Fault(LOG, "leaf_bytes", seq)
            change(seq, data=leaves[seq])(connection)
        assert first_fault(connection) is None
    with capsys.disabled():
        print(f" {FLIPS} tampers, {found} found (seed {seed})", end="")
    assert found == FLIPS
