"""Writing, reading and proving facts.

`append` and the readers run in the caller's transaction: the fact and the deed are stored together or not at all.  One that
appends to several logs takes them in one order everywhere (by name), or two such may wait for each other.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from auth.clock import Clock
from auth.clock import now as clock_now
from auth.database import Connection, Database
from auth.errors import StartRefused
from auth.ledger import canonical, fsck, keys, kinds, model, notes, people, store, tlog, tree
from auth.ledger.model import Fact, FactRefused, Leaf
from auth.ledger.notes import SignedNote
from auth.ledger.problems import LedgerDamaged, LogUnknown, OutsideTree, SizeUnsigned
from auth.settings import Settings

_log = logging.getLogger(__name__)
_WAITED = timedelta(seconds=1)


def append(connection: Connection, log: str, fact: Fact, *, now: datetime) -> int:
    """Appends the fact to `log`, an agency's id or `INSTALLATION`, and answers its `seq`.

    `connection` is one of `Database.write`; other writers to the same log wait until its transaction ends.  `FactRefused`
    for what `kinds` does not allow, and for an agency's fact outside that agency's log: there nobody would look for it.
    """
    kinds.check(fact)
    if not kinds.ID.holds(log):
        raise FactRefused("a log is named by an agency's id or is the installation's")
    if fact.agency not in (None, log):
        raise FactRefused("a fact of an agency stands in that agency's log")
    if not connection.get_execution_options().get("write"):
        raise FactRefused("facts are appended in a transaction that writes")
    head = store.lock_head(connection, log)
    recorded_at = _not_back(log, now, head.recorded_at)
    seq = head.frontier.size
    data = canonical.dumps(model.document(fact, seq=seq, recorded_at=recorded_at))
    hashed = tree.leaf_hash(data)
    store.add(connection, log, store.Stored(seq, recorded_at, fact.account, data, hashed), head.frontier.append(hashed))
    return seq


def leaves(connection: Connection, log: str, *, first: int = 0, until: datetime | None = None) -> list[Leaf]:
    """The log's leaves in order, from seq `first` on; with `until` those recorded before it, which are the log's beginning."""
    return [model.leaf(data) for data in store.data(connection, log, first=first, until=until)]


def about(connection: Connection, account: str) -> list[Leaf]:
    """Every leaf about the account, in all logs, as they were recorded."""
    return [model.leaf(data) for data in store.of_account(connection, account)]


def checkpoint(connection: Connection, log: str, held: keys.Keys, *, now: datetime) -> SignedNote:
    """The log as it stands, signed and kept; the same note for the same size and key. `LogUnknown`, `LedgerDamaged`.

    To be handed out once the transaction is committed, since a rolled-back one may have held the last leaves.
    """
    signed = store.largest_checkpoint(connection, log)  # before the head: another may append and sign in between
    head = store.head(connection, log)
    if head is None:
        raise LogUnknown
    if head.frontier.size < signed:
        raise LedgerDamaged  # restored from an old backup, or cut: what is signed next would be a second history
    text = tlog.Checkpoint(held.origin(log), head.frontier.size, head.frontier.root()).text()
    note = notes.sign(text, held.signer)
    key = held.signer.verifier.id.hex()
    store.add_checkpoint(connection, log, size=head.frontier.size, key=key, note=note.written(), now=now)
    return note


def inclusion(connection: Connection, log: str, *, index: int, size: int) -> str:
    """The tlog-proof of leaf `index` in the signed tree of `size` leaves; `SizeUnsigned`, `OutsideTree`, `LedgerDamaged`."""
    note, signed = _signed(connection, log, size)
    if not 0 <= index < size:
        raise OutsideTree
    hashes = _hashes(connection, log, size)
    proof = tree.inclusion(hashes, index)
    if not tree.verify_inclusion(proof, index=index, size=size, leaf=hashes[index], root=signed.root):
        raise LedgerDamaged
    return tlog.inclusion(index, proof, note)


def consistency(connection: Connection, log: str, *, old: int, size: int) -> str:
    """That the signed tree of `size` leaves begins with that of `old`, as a witness takes it; problems as of `inclusion`."""
    note, signed = _signed(connection, log, size)
    if not 0 <= old <= size:
        raise OutsideTree
    hashes = _hashes(connection, log, size)
    proof = tree.consistency(hashes, old)
    before = tree.root(hashes[:old])
    if old and not tree.verify_consistency(proof, old=old, new=size, old_root=before, new_root=signed.root):
        raise LedgerDamaged
    return tlog.consistency(old, proof, note)


class Ledger:
    """The ledger of one installation: its database and its keys, whose file is read at each signature: a rotation holds at once."""

    def __init__(self, database: Database, folder: Path, *, clock: Clock = clock_now) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock
        self._pepper = keys.load(folder).pepper

    def fingerprint(self, contact: str) -> str:
        """The normalised contact's fingerprint here (`people.fingerprint`)."""
        return people.fingerprint(contact, pepper=self._pepper)

    def keys(self) -> keys.Keys:
        """The keys as the file has them now."""
        return keys.load(self._folder)

    def checkpoint(self, log: str) -> SignedNote:
        """The log as it stands, signed."""
        with self._database.write() as connection:
            return checkpoint(connection, log, self.keys(), now=self._clock())

    def inclusion(self, log: str, *, index: int, size: int | None = None) -> str:
        """The proof in the signed tree of `size` leaves, of the newest one where it is ``None``."""
        size = self._newest(log) if size is None else size
        with self._database.read() as connection:
            return inclusion(connection, log, index=index, size=size)

    def consistency(self, log: str, *, old: int, size: int | None = None) -> str:
        """The proof to the signed tree of `size` leaves, to the newest one where it is ``None``."""
        size = self._newest(log) if size is None else size
        with self._database.read() as connection:
            return consistency(connection, log, old=old, size=size)

    def fsck(self) -> fsck.Report:
        """Everything read again and held against what was signed, while others go on writing."""
        with self._database.read() as connection:
            if not self._database.sqlite:  # whose readers see one state anyway
                connection.execution_options(isolation_level="REPEATABLE READ")
            return fsck.run(connection, self.keys())

    def check_keys(self) -> int:
        """How many logs have a checkpoint; `StartRefused` where the newest of one is not signed by these keys: the file is
        another installation's, or an older one."""
        held = self.keys()
        with self._database.read() as connection:
            newest = {log: store.newest_checkpoints(connection, log) for log in store.logs(connection)}
        for log, written in newest.items():
            if not all(held.signed(log, note) for note in written):
                path = self._folder / keys.FILE
                raise StartRefused(
                    zh=f"日志 {log} 最新的检查点不是由 {path} 中的密钥签署：请从最近的备份恢复该文件。",
                    en=f"The newest checkpoint of the log {log} was not signed by a key in {path}: restore the last backup of it.",
                )
        return sum(bool(written) for written in newest.values())

    def _newest(self, log: str) -> int:
        return tlog.checkpoint(self.checkpoint(log).text).size


def open_ledger(settings: Settings, database: Database, *, clock: Clock = clock_now) -> Ledger:
    """Opens it; `StartRefused` for missing or unsound keys, which are made on the way in development alone."""
    if settings.env == "development":
        keys.ensure(settings.key_folder, name=keys.name_of(settings.public_url))
    return Ledger(database, settings.key_folder, clock=clock)


def list_keys(settings: Settings) -> keys.Keys:
    """The keys held; `StartRefused` when there are none or they are not sound."""
    return keys.load(settings.key_folder)


def has_keys(settings: Settings) -> bool:
    """Whether there is a key file."""
    return (settings.key_folder / keys.FILE).exists()


def make_keys(settings: Settings, database: Database) -> keys.Keys:
    """The first keys of an installation. `StartRefused` where the ledger shows that there were some: new ones would make everybody
    new here, and sign under a key that nobody pinned."""
    with database.read() as connection:
        if store.logs(connection):
            return list_keys(settings)
    keys.ensure(settings.key_folder, name=keys.name_of(settings.public_url))
    return list_keys(settings)


def rotate_keys(settings: Settings, *, clock: Clock = clock_now) -> keys.Keys:
    """A new key for checkpoints, announced by a note that both sign; running processes sign with it at once."""
    return keys.rotate(settings.key_folder, now=clock())


def _signed(connection: Connection, log: str, size: int) -> tuple[SignedNote, tlog.Checkpoint]:
    held = store.checkpoint(connection, log, size)
    if held is None:
        raise SizeUnsigned
    note = notes.parse(held)
    return note, tlog.checkpoint(note.text)


def _hashes(connection: Connection, log: str, size: int) -> Sequence[bytes]:
    held = store.hashes(connection, log, size)
    if len(held) != size:
        raise LedgerDamaged
    return held


def _not_back(log: str, now: datetime, last: datetime | None) -> datetime:
    """The time to record: never before the leaf before, whatever the clock says (T38). Who asked the clock and then waited for
    the log is a little late, which is nobody's fault."""
    if last is None or now >= last:
        return now
    if last - now > _WAITED:
        _log.warning("the clock is %.3f s behind the last fact of the log %s: its time is kept", (last - now).total_seconds(), log)
    return last
