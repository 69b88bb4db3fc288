"""What time brings about: who never used his account is judged anew; what was never confirmed is forgotten, as are the places of
clicks after six months and hand-overs after three years. Safe at any time, and beside the service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from auth.access.codes import LATEST
from auth.database import Connection, Database
from auth.referral import store as clicks
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
    _all(database, lambda connection: clicks.forget_places(connection, now=now))
    held = sum(_judged(database, account, now=now) for account in accounts)
    lapsed = _all(database, lambda connection: store.lapse(connection, over=now - LATEST))
    return Reviewed(len(accounts), held, lapsed)


def _judged(database: Database, account: str, *, now: datetime) -> bool:
    with database.write() as connection:
        judging.judge(connection, account, now=now)
        found = store.get(connection, account)
    return found is not None and found.outcome is Outcome.HELD


def _all(database: Database, some: Callable[[Connection], int]) -> int:
    """Does `some`, which does a part at a time, until nothing is left; how many."""
    done = 0
    while True:
        with database.write() as connection:
            now = some(connection)
        if not now:
            return done
        done += now
