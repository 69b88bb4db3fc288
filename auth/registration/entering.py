"""Entering by a message that was sent: a claim becomes an account, its credit bound and its facts written, in one transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from auth.access.codes import ByCode, ByLink, Proved
from auth.access.model import Grant
from auth.access.problems import CodeWrong
from auth.audit import store as audit
from auth.audit.model import Entry, Event
from auth.database import Connection
from auth.ledger import people
from auth.ledger import service as ledger
from auth.ledger.model import INSTALLATION, Fact, Value
from auth.ledger.service import Ledger
from auth.registration import judging, profiles, signals, store, texts
from auth.registration.model import Claim, Consents, Form, Outcome, Registration
from auth.registration.problems import TermsNeeded
from auth.registration.signing_up import Parts
from auth.roles import Role
from auth.users import contacts
from auth.users import store as users
from auth.users.contacts import Contact
from auth.users.model import User

Opened = TypeVar("Opened", Grant, str)


class Entering:
    """Verifying a contact and signing in by code are one: who has the message has the contact."""

    def __init__(self, parts: Parts, evidence: Ledger) -> None:
        self._parts = parts
        self._evidence = evidence

    def enter(
        self,
        proof: ByCode | ByLink,
        *,
        address: str,
        into: Callable[[Connection, str, datetime], Opened],
        consents: Consents | None = None,
    ) -> Opened:
        """A new session of the account to which the message leads, made now if it was a claim's; `CodeWrong`.

        `consents` are those given with the confirmation; somebody whom staff entered gives them here, or `TermsNeeded`.
        """
        with self._parts.database.write() as connection:
            at = self._parts.clock()
            proved = self._parts.codes.check(connection, proof, now=at)
            user = self._account(connection, proved, consents, now=at) if proved else None
            event = Event.SIGNED_IN if user else Event.SIGN_IN_FAILED
            audit.add(connection, Entry(at, event, user or (proved.user if proved else None), address))
            if user is not None:
                return into(connection, user, at)
        raise CodeWrong

    def needs_consents(self, token: str) -> bool:
        """Whether the page behind the link asks for them: the claim was entered by staff. Changes nothing (T29)."""
        with self._parts.database.read() as connection:
            claim_id = self._parts.codes.claim(connection, token)
            claim = store.claim(connection, claim_id) if claim_id else None
        return claim is not None and claim.form is not None and not claim.form.consents.terms

    def _account(self, connection: Connection, proved: Proved, consents: Consents | None, *, now: datetime) -> str | None:
        """The active account's id; ``None`` where there is none (any more)."""
        if proved.user is None and proved.claim is None:
            return None
        user = proved.user or self._confirm(connection, proved, consents, now=now)
        held = users.by_id(connection, user) if user else None
        return held.id if held is not None and held.status == "active" else None

    def _confirm(self, connection: Connection, proved: Proved, consents: Consents | None, *, now: datetime) -> str | None:
        """The account that the claim became, or becomes now."""
        assert proved.claim is not None
        claim = store.claim(connection, proved.claim)
        if claim is not None and claim.contact_key is not None:
            store.lock_claims(connection, claim.contact_key)
            claim = store.claim(connection, proved.claim)  # another of this contact's may have been confirmed meanwhile
        if claim is None:
            return None
        if claim.form is None or claim.contact is None:
            return claim.account if claim.state != "pending" else None
        agreed = claim.form.consents if claim.form.consents.terms else consents or Consents()
        if not agreed.terms:
            raise TermsNeeded
        contact = contacts.parse(claim.contact)
        user = _user(claim, contact, now)
        password = claim.form.password if proved.same_browser else None  # whoever chose it must be the one who confirms
        if not users.add(connection, user, password=password):
            known = users.credentials(connection, contact.key)
            assert known is not None
            store.settle_contact(connection, contact.key, confirmed=claim.id, account=known[0].id)
            return known[0].id
        for consent in agreed.given():
            store.give_consent(connection, user.id, consent, text_version=texts.TERMS_VERSION, now=now)
        self._register(connection, claim, claim.form, contact, proved, now=now)
        return user.id

    def _register(
        self, connection: Connection, claim: Claim, form: Form, contact: Contact, proved: Proved, *, now: datetime
    ) -> None:
        """The registration with the person's credit if nobody has it, its facts, and what signals say of it."""
        identity = self._evidence.fingerprint(contact.identity)
        new = people.remember(connection, identity, now=now)
        enterprise = form.enterprise or profiles.entered(connection, form.enterprise_name, form.credit_code, now=now)
        held = Registration(
            account=claim.account,
            credit=identity,
            identity=identity,
            attribution=claim.attribution,
            contact_class=contact.contact_class,
            new=new,
            quick=proved.waited is not None and proved.waited < signals.QUICK,
            enterprise=enterprise,
            enterprise_name=None if enterprise else form.enterprise_name,
            role=form.role,
            outcome=Outcome.COUNTED,
            reasons=(),
            disputed=False,
            verified_at=now,
            completed_at=None,
            activated_at=None,
            confirmed_at=None,
        )
        if not store.add(connection, held, name=form.name):
            store.add(connection, replace(held, credit=None), name=form.name)  # the person counts on another account
        store.settle_contact(connection, contact.key, confirmed=claim.id, account=claim.account)
        person = people.commit(connection, claim.account, identity)
        _verified(connection, held, person, now=now)
        profiles.complete(connection, claim.account, now=now)
        judging.judge(connection, claim.account, now=now)


def _user(claim: Claim, contact: Contact, now: datetime) -> User:
    email = contact.shown if contact.kind == "email" else None
    mobile = contact.key if contact.kind == "mobile" else None
    name = claim.form.name if claim.form else None
    return User(claim.account, email, name, Role.RESEARCHER, None, "active", now, mobile)


def _verified(connection: Connection, held: Registration, person: str, *, now: datetime) -> None:
    bound = held.attribution
    attributes: dict[str, Value] = {"contact_class": held.contact_class, "new": held.new}
    if bound.first_link:
        attributes["first_link"] = bound.first_link
    if bound.how:
        attributes["how"] = bound.how
    fact = Fact(
        kind="account:contact_verified",
        happened_at=now,
        account=held.account,
        person=person,
        agency=bound.agency,
        link=bound.link,
        attributes=attributes,
    )
    ledger.append(connection, bound.agency or INSTALLATION, fact, now=now)
