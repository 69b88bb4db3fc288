"""Signing up: a claim with its fact and its message in one transaction, and one answer for every contact, known or not."""

import hashlib
import hmac
import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

from auth.access.codes import LATEST, Codes
from auth.access.model import Identity
from auth.access.problems import RightLacking
from auth.access.service import Access
from auth.clock import Clock
from auth.credentials import store as counters
from auth.credentials.passwords import check_strength
from auth.credentials.store import Counter
from auth.credentials.throttle import place
from auth.database import Connection, Database
from auth.http.idempotency import Answer, Idempotency
from auth.ledger import service as ledger
from auth.ledger.model import INSTALLATION, Fact
from auth.mail import store as outbox
from auth.mail.postman import Postman
from auth.organisations import codes as credit_codes
from auth.organisations import store as organisations
from auth.organisations.model import Kind
from auth.organisations.problems import CreditCodeRefused
from auth.referral.model import Link
from auth.referral.service import Referral
from auth.registration import attribution, signals, store, texts
from auth.registration.challenge import LIFE, Challenges
from auth.registration.model import Accepted, Attribution, Channel, Claim, Form, Origin, SignUp
from auth.registration.problems import ChannelMissing, EnterpriseUnknown, ProofRefused, TermsNeeded, TooManyCodes
from auth.users import contacts
from auth.users import store as users
from auth.users.contacts import Contact
from auth.users.model import User, own_words
from auth.users.service import new_id

CODES_AN_HOUR = 5
_HOUR = timedelta(hours=1)
_STEP_S = 60
LONGEST_S = 900
"""The longest a message waits because of a crowd, in seconds."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What signing up stands on. `public_url` is where links lead; `key` hides places, devices and contacts."""

    database: Database
    access: Access
    referral: Referral
    postman: Postman
    idempotency: Idempotency
    challenges: Challenges
    public_url: str
    key: bytes
    clock: Clock

    def hidden(self, *parts: str) -> str:
        """A keyed hash."""
        return hmac.digest(self.key, "\0".join(parts).encode(), hashlib.sha256).hex()

    @property
    def codes(self) -> Codes:
        return self.access.codes


@dataclass(frozen=True, slots=True)
class _Asked:
    """A sign-up with its contact read and its credit looked up; no `origin` where staff enter somebody: then the address and
    device are not the person's."""

    contact: Contact
    channel: Channel
    bound: Attribution
    link: Link | None
    origin: Origin | None


class SigningUp:
    """The claims of one installation."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def sign_up(self, wanted: SignUp, origin: Origin, *, key: str | None = None) -> Accepted:
        """Takes a sign-up; hashes a password, so call it through `HashWorkers`. With an Idempotency-Key it is done once.

        `TermsNeeded`, `EmailRefused`, `ContactRefused`, `ChannelMissing`, `PasswordRefused`, `CodeUnknown`,
        `EnterpriseUnknown`, `CreditCodeRefused`, `TooManyCodes`, `KeyReused`.
        """
        if not wanted.consents.terms:
            raise TermsNeeded
        contact = self._contact(wanted.contact)
        credit = self._parts.referral.claims(origin.carried, wanted.carried, wanted.code)
        password = self._hashed(wanted.password, contact, wanted.name)
        asked = _Asked(contact, contact.kind, attribution.of(credit), credit.link, origin)
        return self._claim(wanted, asked, password=password, key=key)

    def assist(self, caller: Identity, wanted: SignUp, *, key: str | None = None) -> Accepted:
        """Staff of an agency enter somebody. It counts when the person confirms with what is sent to *his* contact, where he
        gives his consents himself. Problems as of `sign_up`; `RightLacking` for one who acts for no agency."""
        if caller.organisation is None:
            raise RightLacking
        contact = self._contact(wanted.contact)
        credit = self._parts.referral.claims(None, None, wanted.code)
        asked = _Asked(contact, "assisted", attribution.assisted(caller.organisation, credit), credit.link, None)
        return self._claim(wanted, asked, password=None, key=key and f"{caller.user} {key}")

    def send_code(self, login: str) -> Accepted:
        """Sends a code to sign in with, if the contact has an account, or one that confirms where a sign-up waits; the answer
        is the same if there is neither. `EmailRefused`, `ContactRefused`, `ChannelMissing`, `TooManyCodes`."""
        contact = self._contact(login)
        with self._parts.database.write() as connection:
            at = self._parts.clock()
            self._pace(connection, contact, now=at)
            user = _active(connection, contact)
            claim = self._once_more(connection, contact, now=at)
            wait_s = self._waits(connection, claim.place, now=at) if claim and not claim.event else 0
            sent = self._send(connection, contact, user=user, claim=claim, wait_s=wait_s, now=at)
            return Accepted(sent.ref)

    def _once_more(self, connection: Connection, contact: Contact, *, now: datetime) -> Claim | None:
        """The contact's last sign-up again, for whom its message did not reach. Without its password: who asks now need not be
        who chose it."""
        last = store.pending(connection, contact.key)
        if last is None or last.form is None:
            return None
        claim = replace(last, id=new_id(), form=msgspec.structs.replace(last.form, password=None), created_at=now)
        store.add_claim(connection, claim)
        return claim

    def _waits(self, connection: Connection, place_key: str | None, *, now: datetime) -> int:
        """How many seconds a message waits because of the crowd at the place."""
        return _wait_s(store.places(connection, place_key, since=now - _HOUR)) if place_key else 0

    def challenge(self, ref: str) -> dict[str, object]:
        """A challenge for the message of this ref, whether or not there is one: nobody learns that here."""
        return self._parts.challenges.make(ref, now=self._parts.clock())

    def prove_work(self, payload: str) -> None:
        """The message of the challenge that the payload solves need not wait; `ProofRefused`."""
        at = self._parts.clock()
        solved = self._parts.challenges.solved(payload, now=at)
        if solved is None:
            raise ProofRefused
        ref, proof = solved
        with self._parts.database.write() as connection:
            message = self._parts.codes.message(connection, ref)
            fresh = store.spend_proof(connection, proof, now=at, expires_at=at + LIFE)
            if not fresh or message is None or not outbox.hasten(connection, message, now=at):
                raise ProofRefused

    def _contact(self, text: str) -> Contact:
        contact = contacts.parse(text)
        if texts.channel_of(contact) not in self._parts.postman.channels:
            raise ChannelMissing
        return contact

    def _hashed(self, password: str | None, contact: Contact, name: str | None) -> str | None:
        if not password:
            return None
        check_strength(password, words=own_words(contact.shown, name))
        return self._parts.access.passwords.hash(password)

    def _claim(self, wanted: SignUp, asked: _Asked, *, password: str | None, key: str | None) -> Accepted:
        """Everything that a sign-up leaves behind, or nothing."""

        def work() -> Answer:
            form = _form(connection, wanted, asked, password)
            return Answer(202, msgspec.json.encode(self._take(connection, asked, form, now=at)))

        sent = msgspec.json.encode((wanted, asked.channel, asked.bound.agency))
        with self._parts.database.write() as connection:
            at = self._parts.clock()  # not before: another may have written for seconds
            answer = self._parts.idempotency.once(connection, key, work, scope="sign_up", body=sent, now=at)
        return msgspec.json.decode(answer.body, type=Accepted)

    def _take(self, connection: Connection, asked: _Asked, form: Form, *, now: datetime) -> Accepted:
        contact, origin, hidden = asked.contact, asked.origin, self._parts.hidden
        self._pace(connection, contact, now=now)
        event = origin is None or (asked.link is not None and asked.link.under_way(now))
        place_key = hidden("place", place(origin.address)) if origin else None
        wait_s = 0 if event else self._waits(connection, place_key, now=now)
        if users.credentials(connection, contact.key) is not None:
            user = _active(connection, contact)
            return self._send(connection, contact, user=user, claim=None, wait_s=wait_s, now=now, again=True)
        claim = Claim(
            id=new_id(),
            account=self._account(connection, asked, now=now),
            state="pending",
            contact=contact.shown,
            contact_key=contact.key,
            form=form,
            attribution=asked.bound,
            event=event,
            place=place_key,
            device=hidden("device", origin.device) if origin and origin.device else None,
            series=hidden("series", contact.series) if contact.series else None,
            created_at=now,
        )
        store.add_claim(connection, claim)
        return self._send(connection, contact, user=None, claim=claim, wait_s=wait_s, now=now)

    def _account(self, connection: Connection, asked: _Asked, *, now: datetime) -> str:
        """The account of this contact's claims through this agency; the first of them is a fact."""
        bound = asked.bound
        key = self._parts.hidden("claim", asked.contact.key, bound.agency or "")
        account, first = store.claim_account(connection, key, new_id(), now=now, over=now - LATEST)
        if first:
            fact = Fact(
                kind="account:registered",
                happened_at=now,
                account=account,
                agency=bound.agency,
                link=bound.link,
                attributes={"channel": asked.channel},
            )
            ledger.append(connection, bound.agency or INSTALLATION, fact, now=now)
        return account

    def _send(
        self,
        connection: Connection,
        contact: Contact,
        *,
        user: User | None,
        claim: Claim | None,
        wait_s: int,
        now: datetime,
        again: bool = False,
    ) -> Accepted:
        """Issues a code and writes its message down; a code for nobody has no message. `again`: a known contact signed up."""
        message = new_id()
        issued = self._parts.codes.issue(
            connection, message=message, user=user.id if user else None, claim=claim.id if claim else None, now=now
        )
        if user is not None or claim is not None:
            say = texts.confirm if claim else texts.known if again else texts.sign_in
            link = f"{self._parts.public_url.rstrip('/')}/verify?token={issued.token}"
            said = say(contact, digits=issued.digits, link=link)
            account = claim.account if claim else user.id if user else None
            shown, due_at = contacts.masked(said.recipient), now + timedelta(seconds=wait_s)
            outbox.add(connection, message, said, account=account, shown=shown, now=now, due_at=due_at)
        challenge = self._parts.challenges.make(issued.ref, now=now) if wait_s else None
        return Accepted(issued.ref, wait_s, challenge)

    def _pace(self, connection: Connection, contact: Contact, *, now: datetime) -> None:
        """Counts one code for the contact, known or not; `TooManyCodes` past `CODES_AN_HOUR`."""
        key = self._parts.hidden("codes", contact.key)
        counters.prune(connection, now=now)
        held = counters.opened(connection, key, now=now, expires_at=now + _HOUR)
        if held.count >= CODES_AN_HOUR:
            raise TooManyCodes(retry_after_s=math.ceil((held.expires_at - now).total_seconds()))
        counters.put(connection, key, Counter(held.count + 1, None, held.expires_at))


def _active(connection: Connection, contact: Contact) -> User | None:
    held = users.credentials(connection, contact.key)
    return held[0] if held is not None and held[0].status == "active" else None


def _wait_s(before: int) -> int:
    """Nothing for the first sign-ups of an hour from one address, then a minute more for each twenty."""
    return min(before // signals.BURST * _STEP_S, LONGEST_S)


def _form(connection: Connection, wanted: SignUp, asked: _Asked, password: str | None) -> Form:
    """The form with its enterprise checked: the one chosen, the one typed, else the link's."""
    named = wanted.enterprise_name.strip() if wanted.enterprise_name else None
    chosen = wanted.enterprise or (asked.link.enterprise if asked.link and not named else None)
    if chosen is not None:
        held = organisations.get(connection, chosen)
        if held is None or held.kind is not Kind.ENTERPRISE:
            raise EnterpriseUnknown
    return Form(
        name=wanted.name,
        role=wanted.role,
        enterprise=chosen,
        enterprise_name=None if chosen else named,
        credit_code=None if chosen else credit_code(wanted.credit_code),
        password=password,
        channel=asked.channel,
        consents=wanted.consents,
    )


def credit_code(text: str | None) -> str | None:
    """The code that was typed, canonical; `CreditCodeRefused`."""
    if not text or not text.strip():
        return None
    try:
        return credit_codes.parse(text).code
    except credit_codes.CodeRefused as refused:
        raise CreditCodeRefused(refused.reason) from None
