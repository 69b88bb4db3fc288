"""Proving who one is by a password or a code, and what may be done with that proof alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from auth.access import store
from auth.access.callers import Callers
from auth.access.codes import ByCode, Codes
from auth.access.model import Grant, Identity
from auth.access.problems import CodeWrong, WrongCredentials
from auth.audit import store as audit
from auth.audit.model import Entry, Event
from auth.clock import Clock
from auth.credentials.passwords import Passwords, check_strength
from auth.credentials.throttle import Throttle
from auth.database import Connection, Database, people
from auth.users import contacts
from auth.users import store as users
from auth.users.model import User, own_words

Opened = TypeVar("Opened", Grant, str)
Opener = Callable[[Connection, str, datetime], Opened]
"""Opens a session for an account: `Sessions.open_api` (a pair of tokens) or `Sessions.open_web` (a cookie's value)."""


@dataclass(frozen=True, slots=True)
class _Proof:
    """`user` is ``None`` when the proof failed; `tried` the account that was tried, if there is one; `renewed` a hash to
    store, where the held one was made with other parameters."""

    account: str
    user: User | None
    tried: str | None
    renewed: str | None


class SigningIn:
    """Every method hashes: call them through `HashWorkers`."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        throttle: Throttle,
        callers: Callers,
        codes: Codes,
        *,
        rooms: Sequence[people.Room],
        clock: Clock,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._throttle = throttle
        self._callers = callers
        self._codes = codes
        self._rooms = rooms
        self._clock = clock

    def sign_in(self, login: str, password: str, *, address: str, into: Opener[Opened]) -> Opened:
        """A new session; `WrongCredentials` or `TooManyAttempts`."""
        proof = self._prove(login, password, address=address)
        with self._database.write() as connection:
            user = self._settle(connection, proof, address=address)
            if user is not None:
                now = self._clock()
                audit.add(connection, Entry(now, Event.SIGNED_IN, user.id, address))
                return into(connection, user.id, now)
        raise WrongCredentials

    def change_password(self, caller: Identity, *, current: str, new: str, address: str, into: Opener[Opened]) -> Opened:
        """Ends every session of the account and opens a new one; `WrongCredentials`, `TooManyAttempts`, `PasswordRefused`."""
        check_strength(new, words=own_words(caller.contact, caller.name))
        proof = self._prove(caller.contact, current, address=address)
        replaced = self._passwords.hash(new)
        with self._database.write() as connection:
            user = self._settle(connection, proof, address=address)
            if user is not None:
                now = self._clock()
                users.set_password(connection, user.id, replaced)
                store.revoke_all(connection, user.id, now=now)
                audit.add(connection, Entry(now, Event.PASSWORD_CHANGED, user.id, address, caller.session))
                opened = into(connection, user.id, now)
        if user is None:
            raise WrongCredentials
        self._callers.forget()
        return opened

    def erase(self, caller: Identity, *, proof: str | ByCode, address: str) -> None:
        """Erases the account in every room, for its password or a code sent to its contact; `WrongCredentials`,
        `TooManyAttempts`, `CodeWrong`."""
        proved = self._prove(caller.contact, proof, address=address) if isinstance(proof, str) else proof
        with self._database.write() as connection:
            user = self._erasing(connection, caller, proved, address=address)
            if user is not None:
                people.erase(self._rooms, connection, user)
                audit.add(connection, Entry(self._clock(), Event.ACCOUNT_ERASED))
        if user is None:
            raise WrongCredentials if isinstance(proof, str) else CodeWrong
        self._callers.forget()

    def _erasing(self, connection: Connection, caller: Identity, proof: "_Proof | ByCode", *, address: str) -> str | None:
        """The account to erase, if the proof is good and the caller's own."""
        if isinstance(proof, _Proof):
            user = self._settle(connection, proof, address=address)
            return user.id if user else None
        proved = self._codes.check(connection, proof, now=self._clock())
        if proved is not None and proved.user == caller.user:
            return caller.user
        audit.add(connection, Entry(self._clock(), Event.SIGN_IN_FAILED, caller.user, address))
        return None

    def _prove(self, login: str, password: str, *, address: str) -> _Proof:
        """Charges the counters and checks the password, outside any transaction. One hash is computed whether or not there is
        such an account, and an inactive account answers like a wrong password."""
        account = contacts.key(login)
        with self._database.write() as connection:
            self._throttle.charge(connection, account=account, address=address, now=self._clock())
            user, hashed = users.credentials(connection, account) or (None, None)
        right = self._passwords.verify(password, hashed)
        tried = user.id if user else None
        if user is None or hashed is None or not right or user.status != "active":
            return _Proof(account, None, tried, None)
        renewed = self._passwords.hash(password) if self._passwords.outdated(hashed) else None
        return _Proof(account, user, tried, renewed)

    def _settle(self, connection: Connection, proof: _Proof, *, address: str) -> User | None:
        """Writes down how the proof went; the account it proved."""
        now = self._clock()
        if proof.user is None:
            audit.add(connection, Entry(now, Event.SIGN_IN_FAILED, proof.tried, address))
            return None
        self._throttle.refund(connection, account=proof.account, address=address, now=now)
        if proof.renewed is not None:
            users.set_password(connection, proof.user.id, proof.renewed)
            audit.add(connection, Entry(now, Event.PASSWORD_REHASHED, proof.user.id))
        return proof.user
