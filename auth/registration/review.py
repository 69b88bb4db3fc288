"""What time brings about: who never used his account is judged anew, and what was never confirmed is forgotten, as are
hand-overs of more than three years ago. Safe at any time, and beside the service."""

from dataclasses import dataclass
from datetime import datetime

from auth.access.codes import LATEST
from auth.database import Database
from auth.registration import judging, signals, store
from auth.registration.handovers import service as handovers
from auth.registration.model import Outcome


@dataclass(frozen=True, slots=True)
class Reviewed:
    """`judged` registrations were looked at and `held` of them are held now; `lapsed` sign-ups lost what they said of somebody."""

    judged: int
    held: int
    lapsed: int


def review(database: Database, *, now: datetime) -> Reviewed:
    """Each registration in a transaction of its own, so that nobody waits for long."""
    with database.read() as connection:
        accounts = store.unused(connection, before=now - signals.UNUSED)
    handovers.forget(database, now=now)
    held = sum(_judged(database, account, now=now) for account in accounts)
    return Reviewed(len(accounts), held, _lapsed(database, over=now - LATEST))


def _judged(database: Database, account: str, *, now: datetime) -> bool:
    with database.write() as connection:
        judging.judge(connection, account, now=now)
        found = store.get(connection, account)
    return found is not None and found.outcome is Outcome.HELD


def _lapsed(database: Database, *, over: datetime) -> int:
    lapsed = 0
    while True:
        with database.write() as connection:
            some = store.lapse(connection, over=over)
        if not some:
            return lapsed
        lapsed += some
