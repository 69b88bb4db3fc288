"""`fsck`: reads every leaf and checkpoint of every log again, and names the first thing of each log that is not as it was written.

A log whose last leaves, head and checkpoints were all cut at once looks whole from inside; only a witness's checkpoint shows it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from auth.database import Connection
from auth.ledger import canonical, kinds, model, notes, store, tlog
from auth.ledger.keys import Keys
from auth.ledger.store import Stored
from auth.ledger.tree import Frontier, leaf_hash

_WORDS = {
    "leaf_missing": ("缺少第 {at} 条事实，或其序号重复", "leaf {at} is missing or another has its number"),
    "leaf_bytes": ("第 {at} 条事实的内容与其散列值不符", "the bytes of leaf {at} do not give its hash"),
    "leaf_form": ("第 {at} 条事实不是规范格式，或与其索引列不符", "leaf {at} is not in canonical form or not what its row says"),
    "leaf_time": ("第 {at} 条事实的记录时间早于前一条", "leaf {at} was recorded before the one before it"),
    "head_missing": ("日志没有头记录", "the log has no head"),
    "head_size": ("头记录的条数与事实条数 {at} 不符", "the head does not count {at} leaves"),
    "head_root": ("头记录与前 {at} 条事实的散列树不符", "the head is not that of the tree of the {at} leaves"),
    "checkpoint_form": (
        "条数为 {at} 的检查点无法读取或属于别的日志",
        "the checkpoint of size {at} can't be read or is another log's",
    ),
    "checkpoint_signature": ("条数为 {at} 的检查点签名无效", "the checkpoint of size {at} has no good signature"),
    "checkpoint_root": (
        "前 {at} 条事实与已签名的检查点不符：其中有事实被更改",
        "the first {at} leaves are not those that were signed: one was changed",
    ),
    "checkpoint_beyond": (
        "已签名 {at} 条事实，日志却较短：末尾被删",
        "{at} leaves were signed and the log is shorter: its tail is gone",
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first bad thing of a log. `at` is the leaf's seq, or the size concerned."""

    log: str
    code: str
    at: int

    @property
    def zh(self) -> str:
        """In Chinese."""
        return f"日志 {self.log}：{_WORDS[self.code][0].format(at=self.at)}。"

    @property
    def en(self) -> str:
        """In English."""
        return f"log {self.log}: {_WORDS[self.code][1].format(at=self.at)}."


@dataclass(frozen=True, slots=True)
class Report:
    """How much was read, and what is wrong; nothing wrong is an empty `faults`."""

    logs: int
    leaves: int
    checkpoints: int
    faults: tuple[Fault, ...]


def run(connection: Connection, keys: Keys) -> Report:
    """Checks every log. The connection sees one state of the database: what is appended meanwhile would look like a fault."""
    logs = store.logs(connection)
    audits = [_Audit(connection, log, keys) for log in logs]
    faults = [fault for audit in audits if (fault := audit.first_fault()) is not None]
    read = sum(audit.tree.size for audit in audits)
    return Report(len(logs), read, sum(audit.checkpoints for audit in audits), tuple(faults))


class _Audit:
    """One log, walked from its first leaf; `tree` is what was read so far."""

    def __init__(self, connection: Connection, log: str, keys: Keys) -> None:
        self.log = log
        self.tree = Frontier()
        self.checkpoints = 0
        self._connection = connection
        self._keys = keys
        self._last: Stored | None = None
        self._notes: dict[int, list[str]] = defaultdict(list)

    def first_fault(self) -> Fault | None:
        """Walks until something is wrong."""
        for size, note in store.checkpoints_of(self._connection, self.log):
            self._notes[size].append(note)
        try:
            return next(self._faults(), None)
        except (ValueError, TypeError):  # a row with a column that has not even its type
            return self._fault("leaf_form", self.tree.size)

    def _faults(self) -> Iterator[Fault]:
        for leaf in store.rows(self._connection, self.log):
            yield from self._leaf(leaf)
            self.tree = self.tree.append(leaf.hash)
            self._last = leaf
            yield from self._signed()
        yield from (self._fault("checkpoint_beyond", size) for size in sorted(self._notes))
        yield from self._head()

    def _leaf(self, leaf: Stored) -> Iterator[Fault]:
        at = self.tree.size
        if leaf.seq != at:
            yield self._fault("leaf_missing", at)
        if leaf_hash(leaf.data) != leaf.hash:
            yield self._fault("leaf_bytes", at)
        if not _is_as_written(leaf, self.log):
            yield self._fault("leaf_form", at)
        if self._last is not None and leaf.recorded_at < self._last.recorded_at:
            yield self._fault("leaf_time", at)

    def _signed(self) -> Iterator[Fault]:
        """The checkpoints of the size that is reached."""
        size = self.tree.size
        for text in self._notes.pop(size, ()):
            self.checkpoints += 1
            try:
                note = notes.parse(text)
                held = tlog.checkpoint(note.text)
            except notes.NoteRefused:
                yield self._fault("checkpoint_form", size)
                continue
            if (held.origin, held.size) != (self._keys.origin(self.log), size):
                yield self._fault("checkpoint_form", size)
            try:
                notes.verify(note, self._keys.verifiers)
            except notes.NoteRefused:
                yield self._fault("checkpoint_signature", size)
            if held.root != self.tree.root():
                yield self._fault("checkpoint_root", size)

    def _head(self) -> Iterator[Fault]:
        size = self.tree.size
        try:
            head = store.head(self._connection, self.log)
        except ValueError:
            yield self._fault("head_root", size)
            return
        if head is None:
            yield self._fault("head_missing", size)
        elif head.frontier.size != size:
            yield self._fault("head_size", size)
        elif head.frontier != self.tree or head.recorded_at != (self._last.recorded_at if self._last else None):
            yield self._fault("head_root", size)

    def _fault(self, code: str, at: int) -> Fault:
        return Fault(self.log, code, at)


def _is_as_written(stored: Stored, log: str) -> bool:
    """Whether the bytes are the one spelling of a leaf that `append` would have written into this row."""
    try:
        leaf = model.leaf(stored.data)
        kinds.check(leaf)
        written = canonical.dumps(model.document(leaf, seq=leaf.seq, recorded_at=leaf.recorded_at))
    except (msgspec.DecodeError, ValueError):
        return False
    row = (model.VERSION, stored.seq, stored.recorded_at, stored.account)
    return (leaf.v, leaf.seq, leaf.recorded_at, leaf.account) == row and leaf.agency in (None, log) and written == stored.data
