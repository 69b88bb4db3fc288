"""What the ledger promises, on both databases."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from auth.database import Connection, Database
from auth.ledger import keys, notes, people, service, store, tlog, tree
from auth.ledger.model import INSTALLATION, Fact, FactRefused, Leaf
from auth.ledger.problems import LedgerDamaged, LogUnknown, OutsideTree, SizeUnsigned
from auth.ledger.service import Ledger

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEYS = keys.create("patents.example.cn/ledger")
LOG = "a1"


def a_fact(number: int = 0, **fields: Any) -> Fact:
    held = {"kind": "account:activated", "happened_at": NOON, "account": f"{number:032x}", "agency": LOG}
    return Fact(**(held | fields))


def append(database: Database, *numbers: int, log: str = LOG, now: datetime = NOON) -> list[int]:
    with database.write() as connection:
        return [service.append(connection, log, a_fact(number, agency=log), now=now) for number in numbers]


def read(database: Database, log: str = LOG, **limits: Any) -> list[Leaf]:
    with database.read() as connection:
        return service.leaves(connection, log, **limits)


def test_facts_stand_in_their_log_in_order_and_give_its_root(database: Database) -> None:
    assert append(database, 0, 1, 2) == [0, 1, 2]
    assert append(database, 9, log=INSTALLATION) == [0]
    assert append(database, 3) == [3]
    leaves = read(database)
    assert [(leaf.seq, leaf.account) for leaf in leaves] == [(number, f"{number:032x}") for number in range(4)]
    assert read(database, first=2) == leaves[2:]
    with database.read() as connection:
        stored = store.data(connection, LOG, first=0, until=None)
        held = store.head(connection, LOG)
    assert held is not None
    assert held.frontier.root() == tree.root(list(map(tree.leaf_hash, stored)))


def test_a_fact_and_its_deed_are_stored_together_or_not_at_all(database: Database) -> None:
    def deed(connection: Connection) -> None:
        store.add_fingerprint(connection, "deed", now=NOON)
        service.append(connection, LOG, a_fact(), now=NOON)
        raise RuntimeError

    with pytest.raises(RuntimeError), database.write() as connection:
        deed(connection)
    assert read(database) == []
    with database.read() as connection:
        assert store.head(connection, LOG) is None
        assert connection.scalar(select(store.fingerprints)) is None
    assert append(database, 5) == [0]


def test_what_is_no_fact_of_the_log_is_refused(database: Database) -> None:
    with database.write() as connection:
        for log, fact in [("a2", a_fact()), (INSTALLATION, a_fact()), ("a 1", a_fact(agency=None)), (LOG, a_fact(kind="x"))]:
            with pytest.raises(FactRefused):
                service.append(connection, log, fact, now=NOON)
    with database.read() as connection, pytest.raises(FactRefused, match="that writes"):
        service.append(connection, LOG, a_fact(), now=NOON)
    assert read(database) == []


def test_a_clock_set_back_never_turns_the_log_back(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """T38: an hour back, and two workers five seconds apart; the order is that of the sequence, with a warning."""
    skew = timedelta(seconds=5)
    waited = timedelta(milliseconds=900)
    times = [NOON, NOON + skew, NOON, NOON + skew - timedelta(hours=1), NOON + 2 * skew]
    with caplog.at_level(logging.WARNING):
        for number, now in enumerate(times):
            append(database, number, now=now)
    leaves = read(database)
    assert [leaf.recorded_at for leaf in leaves] == [NOON, NOON + skew, NOON + skew, NOON + skew, NOON + 2 * skew]
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "3600.000 s behind" in caplog.text
    with caplog.at_level(logging.WARNING):
        append(database, len(times), now=times[-1] - waited)  # asked the clock, then waited for the log
    assert len(caplog.records) == 2
    assert read(database)[-1].recorded_at == times[-1]
    assert read(database, until=NOON + 2 * skew) == leaves[:4]
    assert read(database, until=NOON) == []


def test_eight_threads_append_to_two_logs_without_a_gap(database: Database) -> None:
    barrier, each = threading.Barrier(8), 12

    def work(thread: int) -> list[tuple[str, int]]:
        barrier.wait()
        logs = [f"a{(thread + number) % 2}" for number in range(each)]
        return [(log, append(database, thread, log=log)[0]) for log in logs]

    with ThreadPoolExecutor(8) as threads:
        told = sorted(pair for pairs in threads.map(work, range(8)) for pair in pairs)
    assert told == [(log, seq) for log in ("a0", "a1") for seq in range(8 * each // 2)]
    with database.read() as connection:
        assert service.fsck.run(connection, KEYS) == service.fsck.Report(2, 8 * each, 0, ())


def test_checking_and_signing_go_on_while_others_append(database: Database, tmp_path: Path) -> None:
    """Neither a leaf that came meanwhile nor a checkpoint of it looks like damage."""
    ledger, barrier = a_ledger(database, tmp_path), threading.Barrier(4)
    append(database, 0)

    def work(thread: int) -> list[object]:
        barrier.wait()
        if thread == 0:
            return [fault for _ in range(8) for fault in ledger.fsck().faults]
        for number in range(8):
            append(database, number)
            ledger.checkpoint(LOG)
        return []

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, range(4))) == [[]] * 4
    assert ledger.fsck().leaves == 25


@pytest.mark.parametrize("table", [store.leaves, store.checkpoints], ids=lambda table: str(table.name))
def test_the_database_refuses_to_change_or_delete(database: Database, table: Any) -> None:
    append(database, 0)
    with database.write() as connection:
        service.checkpoint(connection, LOG, KEYS, now=NOON)
    for statement in (update(table).values(log="a2"), delete(table)):
        with pytest.raises(DBAPIError, match="only grows"), database.write() as connection:
            connection.execute(statement)
    with database.read() as connection:
        assert service.fsck.run(connection, KEYS).faults == ()


def test_a_checkpoint_is_signed_once_a_size_and_key(database: Database) -> None:
    append(database, 0, 1)
    with database.write() as connection:
        first, again = (service.checkpoint(connection, LOG, KEYS, now=NOON) for _ in range(2))
    append(database, 2)
    other = keys.Keys(KEYS.name, keys.create(KEYS.name).signer, (KEYS.signer.verifier,), (), KEYS.pepper)
    with database.write() as connection:
        more = service.checkpoint(connection, LOG, other, now=NOON)
    assert first == again
    for note, key, size in [(first, KEYS, 2), (more, other, 3)]:
        assert notes.verify(note, key.verifiers) == [key.signer.verifier]
        held = tlog.checkpoint(note.text)
        assert (held.origin, held.size) == ("patents.example.cn/ledger/a1", size)
    with database.read() as connection:
        assert service.fsck.run(connection, other) == service.fsck.Report(1, 3, 2, ())
        assert [fault.code for fault in service.fsck.run(connection, KEYS).faults] == ["checkpoint_signature"]


def test_a_log_that_lost_what_was_signed_signs_nothing_more(database: Database) -> None:
    """A restored old backup: signing on would make a second history of the same sizes."""
    append(database, 0, 1)
    with database.write() as connection:
        service.checkpoint(connection, LOG, KEYS, now=NOON)
        store.add_checkpoint(connection, LOG, size=3, key="k", note="lost", now=NOON)
        with pytest.raises(LedgerDamaged):
            service.checkpoint(connection, LOG, KEYS, now=NOON)


def test_proofs_are_good_for_every_leaf_and_earlier_size(database: Database, tmp_path: Path) -> None:
    ledger = a_ledger(database, tmp_path)
    append(database, *range(7))
    signed = tlog.checkpoint(ledger.checkpoint(LOG).text)
    with database.read() as connection:
        hashes = store.hashes(connection, LOG, 7)
    append(database, 8)
    for index in range(7):
        head, lines, note = _proof(ledger.inclusion(LOG, index=index, size=7))
        assert (head, tlog.checkpoint(notes.parse(note).text)) == (["c2sp.org/tlog-proof@v1", f"index {index}"], signed)
        assert tree.verify_inclusion(lines, index=index, size=7, leaf=hashes[index], root=signed.root)
    for old in range(1, 8):
        head, lines, note = _proof(ledger.consistency(LOG, old=old, size=7))
        assert (head, tlog.checkpoint(notes.parse(note).text)) == ([f"old {old}"], signed)
        assert tree.verify_consistency(lines, old=old, new=7, old_root=tree.root(hashes[:old]), new_root=signed.root)
    assert _proof(ledger.consistency(LOG, old=0, size=7))[:2] == (["old 0"], [])
    assert "\n8\n" in ledger.consistency(LOG, old=7)


def test_what_cannot_be_proved_is_said(database: Database, tmp_path: Path) -> None:
    ledger = a_ledger(database, tmp_path)
    with pytest.raises(LogUnknown):
        ledger.checkpoint(LOG)
    append(database, 0, 1)
    with pytest.raises(SizeUnsigned):
        ledger.inclusion(LOG, index=0, size=1)
    for call in (lambda: ledger.inclusion(LOG, index=2), lambda: ledger.consistency(LOG, old=3)):
        with pytest.raises(OutsideTree):
            call()
    _unlock(database)
    with database.write() as connection:
        connection.execute(update(store.leaves).where(store.leaves.c.seq == 0).values(hash=bytes(32)))
    for call in (lambda: ledger.inclusion(LOG, index=1), lambda: ledger.consistency(LOG, old=1)):
        with pytest.raises(LedgerDamaged):
            call()
    with database.write() as connection:
        connection.execute(delete(store.leaves).where(store.leaves.c.seq == 0))
    with pytest.raises(LedgerDamaged):
        ledger.inclusion(LOG, index=1, size=2)
    assert [fault.code for fault in ledger.fsck().faults] == ["leaf_missing"]


def a_ledger(database: Database, folder: Path) -> Ledger:
    keys.ensure(folder, name=KEYS.name)
    return Ledger(database, folder, clock=lambda: NOON)


def _proof(text: str) -> tuple[list[str], list[bytes], str]:
    """Head lines, hashes and note of a proof's text."""
    above, _, note = text.partition("\n\n")
    lines = above.split("\n")
    head = [line for line in lines if line.partition(" ")[0] in {"index", "old", "c2sp.org/tlog-proof@v1"}]
    return head, [tlog.base64.b64decode(line) for line in lines if line not in head], note


def _unlock(database: Database) -> None:
    """What somebody with the whole database in hand can do first."""
    with database.write() as connection:
        unlock(connection)


def unlock(connection: Connection) -> None:
    for table in ("ledger_leaves", "ledger_checkpoints"):
        if connection.dialect.name == "sqlite":
            for deed in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{deed}")
        else:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def test_an_account_has_one_commitment_until_it_is_erased(database: Database) -> None:
    """T44: the salt is gone, so no fact can be shown to be about the person; the fingerprint stays and a return is not new."""
    one, two = (people.fingerprint(contact, pepper=KEYS.pepper) for contact in ("li@example.com", "han@example.com"))
    with database.write() as connection:
        held = people.commit(connection, "u1", one)
        assert (
            held
            == people.commit(connection, "u1", one)
            != people.commit(connection, "u2", one)
            != people.commit(connection, "u1", two)
        )
        salt = store.salt(connection, "u1")
        assert salt is not None
        assert held == people.commitment(one, salt)
        assert [people.remember(connection, one, now=NOON), people.remember(connection, one, now=NOON)] == [True, False]
        service.append(connection, LOG, a_fact(account="u1", person=held), now=NOON)
        store.PEOPLE.erase(connection, "u1")
        assert store.salt(connection, "u1") is None
        assert store.salt(connection, "u2") is not None
        assert not people.remember(connection, one, now=NOON)
        assert people.commit(connection, "u1", one) != held
    with database.read() as connection:
        assert [leaf.person for leaf in service.about(connection, "u1")] == [held]
        assert service.fsck.run(connection, KEYS) == service.fsck.Report(1, 1, 0, ())


def test_a_person_is_given_every_fact_about_the_account(database: Database) -> None:
    append(database, 1, 2, 1)
    append(database, 1, log="a2", now=NOON + timedelta(days=1))
    with database.read() as connection:
        given = store.PEOPLE.export(connection, f"{1:032x}")
        stored = [*store.data(connection, LOG, first=0, until=None), *store.data(connection, "a2", first=0, until=None)]
    assert given == {"facts": [stored[at].decode() for at in (0, 2, 3)]}


def test_of_many_at_once_one_is_new(database: Database) -> None:
    barrier = threading.Barrier(8)

    def verify(_number: int) -> bool:
        barrier.wait()
        with database.write() as connection:
            return people.remember(connection, "f" * 64, now=NOON)

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(verify, range(8))) == [False] * 7 + [True]
