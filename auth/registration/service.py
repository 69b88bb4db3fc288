"""`Registration`: the services of this room, put together once a process."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from auth.access.codes import ByCode, ByLink
from auth.access.model import Grant, Identity
from auth.access.service import Access
from auth.clock import Clock, now
from auth.credentials import keys
from auth.database import Connection, Database
from auth.database.people import Room
from auth.http.idempotency import Idempotency
from auth.ledger import service as ledger
from auth.ledger.model import INSTALLATION, Fact
from auth.ledger.service import Ledger
from auth.mail.postman import Postman
from auth.referral.service import Referral
from auth.registration import store
from auth.registration.challenge import Challenges
from auth.registration.entering import Entering
from auth.registration.holds import Holds
from auth.registration.model import Accepted, Consents, Origin, SignUp
from auth.registration.profiles import Profiles
from auth.registration.signing_up import Parts, SigningUp
from auth.settings import Settings

Opened = TypeVar("Opened", Grant, str)


class Registration:
    """What routes and pages use. `wake` tells whoever delivers that messages wait. Methods that may hash a password are
    coroutines and run in the hash workers; the others block, so a route calls them in a thread."""

    def __init__(self, parts: Parts, evidence: Ledger, *, wake: Callable[[], None]) -> None:
        self.profiles = Profiles(parts)
        self.holds = Holds(parts)
        self.postman = parts.postman
        self.access = parts.access
        self._signing_up = SigningUp(parts)
        self._entering = Entering(parts, evidence)
        self._wake = wake

    async def sign_up(self, wanted: SignUp, origin: Origin, *, key: str | None = None) -> Accepted:
        """`SigningUp.sign_up`."""
        accepted = await self.access.workers.run(self._signing_up.sign_up, wanted, origin, key=key)
        self._wake()
        return accepted

    def assist(self, caller: Identity, wanted: SignUp, *, key: str | None = None) -> Accepted:
        """`SigningUp.assist`."""
        accepted = self._signing_up.assist(caller, wanted, key=key)
        self._wake()
        return accepted

    def send_code(self, login: str) -> Accepted:
        """`SigningUp.send_code`."""
        accepted = self._signing_up.send_code(login)
        self._wake()
        return accepted

    def challenge(self, ref: str) -> dict[str, object]:
        """`SigningUp.challenge`."""
        return self._signing_up.challenge(ref)

    def prove_work(self, payload: str) -> None:
        """`SigningUp.prove_work`."""
        self._signing_up.prove_work(payload)
        self._wake()

    def enter(
        self,
        proof: ByCode | ByLink,
        *,
        address: str,
        into: Callable[[Connection, str, datetime], Opened],
        consents: Consents | None = None,
    ) -> Opened:
        """`Entering.enter`."""
        return self._entering.enter(proof, address=address, into=into, consents=consents)

    def needs_consents(self, token: str) -> bool:
        """`Entering.needs_consents`."""
        return self._entering.needs_consents(token)


def open_registration(
    settings: Settings,
    database: Database,
    access: Access,
    *,
    evidence: Ledger,
    referral: Referral,
    postman: Postman,
    wake: Callable[[], None],
    clock: Clock = now,
) -> Registration:
    """Opens it over the rooms below; `StartRefused` for unsound keys."""
    secret = keys.load(settings.key_folder)
    parts = Parts(
        database=database,
        access=access,
        referral=referral,
        postman=postman,
        idempotency=Idempotency(secret.derive("idempotency")),
        challenges=Challenges(secret.derive("challenge")),
        public_url=settings.public_url,
        key=secret.derive("registration"),
        clock=clock,
    )
    return Registration(parts, evidence, wake=wake)


def people_room(clock: Clock = now) -> Room:
    """The room's part in exporting and erasing a person; that a registration was erased is a fact, which leaves the count as it
    was."""

    def erase(connection: Connection, user: str) -> None:
        held = store.get(connection, user)
        store.erase(connection, user)
        if held is not None:
            bound, at = held.attribution, clock()
            fact = Fact(kind="account:erased", happened_at=at, account=user, agency=bound.agency, link=bound.link)
            ledger.append(connection, bound.agency or INSTALLATION, fact, now=at)

    return replace(store.PEOPLE, erase=erase)
