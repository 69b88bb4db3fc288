"""`Questions`: what of a project waits for the bureau, registrations held, excluded or disputed."""

from auth.access.model import Identity
from auth.clock import Clock, day, now
from auth.database import Database
from auth.http.problems import NotFound
from auth.oversight import store
from auth.projects.service import seen
from auth.registration import store as registrations
from auth.registration.holds import Holds, Shown
from auth.registration.model import Outcome
from auth.targets.days import opens


class Questions:
    """Of the projects of one installation."""

    def __init__(self, database: Database, holds: Holds, *, clock: Clock = now) -> None:
        self._database = database
        self._holds = holds
        self._clock = clock

    def outcomes(self, caller: Identity) -> dict[Outcome, int]:
        """How many of the caller's registrations count, are held, are excluded: all there are, not a page's."""
        with self._database.read() as connection:
            return store.outcomes(connection, caller)

    def page(self, caller: Identity, project: str, *, disputed: bool, after: str | None, size: int) -> list[Shown]:
        """Registrations of the project's agency, verified from its first day on, that are `disputed`, else held or excluded; the
        newest first, from the account `after` on. `NotFound`."""
        with self._database.read() as connection:
            held = seen(connection, caller, project, today=day(self._clock()))
            last = registrations.get(connection, after, caller=caller) if after else None
            if after and last is None:
                raise NotFound
            accounts = store.registered(
                connection, caller, held.agency, since=opens(held.first), disputed=disputed, after=last, size=size
            )
        return [self._holds.get(caller, account) for account in accounts]
