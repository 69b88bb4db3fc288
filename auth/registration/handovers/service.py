"""Notes what is shown, whenever it is shown, and says it again."""

from collections.abc import Collection
from datetime import datetime, timedelta

from auth.access.model import Identity
from auth.database import Database
from auth.registration.handovers import store
from auth.registration.handovers.model import Handover, What

KEPT = timedelta(days=3 * 366)
"""Three years at least (网络数据安全管理条例, article 12)."""

_GRAIN = timedelta(days=1)


def note(database: Database, caller: Identity, accounts: Collection[str], what: What, *, now: datetime) -> None:
    """The caller is shown this of the accounts. Who acts for no organisation is the operator himself: nothing is handed over.
    Noted once a day, so that reading stays reading."""
    if caller.organisation is None or not accounts:
        return
    with database.read() as connection:
        known = store.noted(connection, accounts, caller.organisation, what, since=now - _GRAIN)
    fresh = sorted(set(accounts) - known)
    if fresh:
        with database.write() as connection:
            for account in fresh:
                store.note(connection, account, caller.organisation, what, now=now)


def since(database: Database, instant: datetime) -> list[Handover]:
    """The list from that instant on."""
    with database.read() as connection:
        return store.since(connection, instant)


def forget(database: Database, *, now: datetime) -> int:
    """Forgets what the law no longer asks for; how many."""
    with database.write() as connection:
        return store.prune(connection, before=now - KEPT)
