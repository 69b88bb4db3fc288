"""`Access`: the services of this room, put together once a process."""

from collections.abc import Sequence

from auth.access import store
from auth.access.callers import Callers
from auth.access.codes import Codes
from auth.access.model import Grant, Identity
from auth.access.problems import RefreshRefused
from auth.access.sessions import Reused, Sessions
from auth.access.signing_in import SigningIn
from auth.audit import store as audit
from auth.audit.model import Entry, Event
from auth.clock import Clock, now
from auth.credentials import keys
from auth.credentials.passwords import Passwords, require_one_passlib
from auth.credentials.throttle import Throttle
from auth.credentials.tokens import KEY_OVERLAP, Tokens, require_backend
from auth.credentials.workers import HashWorkers
from auth.database import Database, people
from auth.ledger import store as ledger
from auth.mail import store as outbox
from auth.settings import Settings
from auth.users import store as users

ROOMS: tuple[people.Room, ...] = (store.PEOPLE, audit.PEOPLE, outbox.PEOPLE, ledger.PEOPLE, users.PEOPLE)
"""The rooms of a person's data in `auth`, in the order of erasing; rooms that point to accounts come before them."""


class Access:
    """What routes and pages use. `rooms` are all rooms of the house that keep a person's data."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        passwords: Passwords,
        *,
        rooms: Sequence[people.Room] = ROOMS,
        clock: Clock = now,
    ) -> None:
        secret = keys.load(settings.key_folder)
        tokens = Tokens(settings.key_folder, issuer=settings.public_url)
        throttle = Throttle(secret.derive("throttle"))
        self.secure = settings.secure
        self.passwords = passwords
        self.rooms = rooms
        self.workers = HashWorkers(workers=settings.hash_workers, queue=settings.hash_queue)
        self.sessions = Sessions(tokens, secret.derive("refresh"))
        self.callers = Callers(database, tokens, csrf_key=secret.derive("csrf"), clock=clock)
        self.codes = Codes(secret.derive("codes"))
        self.signing_in = SigningIn(database, passwords, throttle, self.callers, self.codes, rooms=rooms, clock=clock)
        self._database = database
        self._clock = clock

    def refresh(self, token: str, *, address: str) -> Grant:
        """The next pair of tokens; `RefreshRefused`."""
        now = self._clock()
        with self._database.write() as connection:
            outcome = self.sessions.refresh(connection, token, now)
            if isinstance(outcome, Reused):
                audit.add(connection, Entry(now, Event.REFRESH_REUSED, outcome.user, address, outcome.session))
        if isinstance(outcome, Grant):
            return outcome
        self.callers.forget()
        raise RefreshRefused

    def sign_out(self, caller: Identity, *, address: str) -> None:
        """Ends the caller's session: its access tokens, refresh tokens or cookie."""
        now = self._clock()
        with self._database.write() as connection:
            store.revoke(connection, caller.session, now=now)
            audit.add(connection, Entry(now, Event.SIGNED_OUT, caller.user, address, caller.session))
        self.callers.forget()

    def export(self, caller: Identity) -> dict[str, people.Data]:
        """All that is kept about the caller."""
        with self._database.read() as connection:
            return people.export(self.rooms, connection, caller.user)

    def close(self) -> None:
        self.workers.close()


def open_access(settings: Settings, database: Database, *, rooms: Sequence[people.Room] = ROOMS, clock: Clock = now) -> Access:
    """Checks what must hold at start, then opens; `StartRefused`. Keys are made on the way in development alone."""
    require_backend()
    require_one_passlib()
    if settings.env == "development":
        keys.ensure(settings.key_folder, now=clock())
    return Access(settings, database, Passwords(), rooms=rooms, clock=clock)


def rotate_keys(settings: Settings, *, clock: Clock = now) -> keys.Keys:
    """A new signing key; running processes take it up by themselves, and tokens of the one before stay good to their end."""
    return keys.rotate(settings.key_folder, now=clock(), lifetime=KEY_OVERLAP)


def list_keys(settings: Settings) -> keys.Keys:
    """The keys held; `StartRefused` when there are none or they are not sound."""
    return keys.load(settings.key_folder)
