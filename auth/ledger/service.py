"""Writing and reading facts. Everything runs in the caller's transaction: the fact and the deed are stored together or not at all.

A transaction that appends to several logs takes them in one order everywhere (by name), or two such may wait for each other.
"""

import logging
from datetime import datetime

from auth.database import Connection
from auth.ledger import canonical, kinds, model, store
from auth.ledger.model import Fact, FactRefused, Leaf
from auth.ledger.tree import leaf_hash

_log = logging.getLogger(__name__)


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
    hashed = leaf_hash(data)
    store.add(connection, log, store.Stored(seq, recorded_at, fact.account, data, hashed), head.frontier.append(hashed))
    return seq


def leaves(connection: Connection, log: str, *, first: int = 0, until: datetime | None = None) -> list[Leaf]:
    """The log's leaves in order, from seq `first` on; with `until` those recorded before it, which are the log's beginning."""
    return [model.leaf(data) for data in store.data(connection, log, first=first, until=until)]


def about(connection: Connection, account: str) -> list[Leaf]:
    """Every leaf about the account, in all logs, as they were recorded."""
    return [model.leaf(data) for data in store.of_account(connection, account)]


def _not_back(log: str, now: datetime, last: datetime | None) -> datetime:
    """The time to record: never before the leaf before, whatever the clock says (T38)."""
    if last is None or now >= last:
        return now
    _log.warning("the clock is %.3f s behind the last fact of the log %s: its time is kept", (last - now).total_seconds(), log)
    return last
