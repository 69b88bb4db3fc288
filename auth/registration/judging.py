"""Judging a registration by its signals, and those near it once a crowd shows. Held by a rule, released or excluded by a person.

What is held stays held, and what a person decided stays as he decided, whatever signals say later.
"""

from collections.abc import Sequence
from datetime import datetime

from auth.database import Connection
from auth.ledger import service as ledger
from auth.ledger.model import INSTALLATION, Fact, Value
from auth.registration import signals, store
from auth.registration.employers import employer_of
from auth.registration.model import Deed, Judgement, Outcome, Registration
from auth.registration.signals import Crowd, Evidence
from auth.users import contacts
from auth.users import store as users
from auth.users.contacts import Contact
from auth.users.service import new_id

_OF_A_CROWD = frozenset({"burst", "same_address", "same_device", "sequential"})


def judge(connection: Connection, account: str, *, now: datetime) -> None:
    """Holds the registration if its signals say so, and then those near it, which looked harmless when they came."""
    reasons = _hold(connection, account, now=now)
    claim = store.confirmed_claim(connection, account)
    if claim is None or not _OF_A_CROWD.intersection(reasons):
        return
    for near in store.counted_near(connection, claim):
        _hold(connection, near, now=now)


def evidence(connection: Connection, held: Registration, *, now: datetime) -> Evidence:
    """All that is judged of the registration, as it is now."""
    user = users.by_id(connection, held.account)
    assert user is not None, "a registration goes with its account"
    contact = contacts.parse(user.contact)
    claim = store.confirmed_claim(connection, held.account)
    employer = employer_of(connection, held, now=now)
    staff, own_domain = _own(connection, held.attribution.agency, contact)
    return Evidence(
        staff=staff,
        own_domain=own_domain,
        duplicate=_duplicate(connection, held),
        same_name=store.namesakes(connection, held.account),
        disposable=contact.disposable,
        place_differs=employer is not None and employer.place_differs,
        mixed=contact.mixed,
        quick=held.quick,
        event=claim is not None and claim.event,
        crowd=store.crowd(connection, claim) if claim else Crowd(),
        age=now - held.verified_at,
        used=held.activated_at is not None,
    )


def write(
    connection: Connection,
    held: Registration,
    deed: Deed,
    *,
    reasons: Sequence[str],
    now: datetime,
    by: str | None = None,
    explanation: str | None = None,
) -> Judgement:
    """The deed as a row with its words, and as a fact without them."""
    judgement = Judgement(new_id(), held.account, now, deed, tuple(reasons), explanation, by)
    store.add_judgement(connection, judgement)
    agency = held.attribution.agency
    attributes: dict[str, Value] = {"reasons": list(reasons), "decision": judgement.id}
    if by is None:
        attributes["rule"] = signals.RULE
    fact = Fact(
        kind=f"account:{deed}",
        happened_at=now,
        account=held.account,
        agency=agency,
        link=held.attribution.link,
        attributes=attributes,
    )
    ledger.append(connection, agency or INSTALLATION, fact, now=now)
    return judgement


def _hold(connection: Connection, account: str, *, now: datetime) -> tuple[str, ...]:
    """The signals found; the registration is held if it counted, nobody decided about it, and they weigh enough."""
    held = store.get(connection, account)
    if held is None:
        return ()
    verdict = signals.judge(evidence(connection, held, now=now))
    decided = any(judgement.by is not None for judgement in store.judgements_of(connection, account))
    if held.outcome is Outcome.COUNTED and verdict.outcome is Outcome.HELD and not decided:
        store.change(connection, account, outcome=Outcome.HELD, reasons=" ".join(verdict.reasons))
        write(connection, held, Deed.HELD, reasons=verdict.reasons, now=now)
    return verdict.reasons


def _duplicate(connection: Connection, held: Registration) -> str | None:
    if held.credit is not None:
        return None
    first = store.creditor(connection, held.identity, but=held.account)
    if first is None:
        return None
    return "same_agency" if first.attribution.agency == held.attribution.agency else "other_agency"


def _own(connection: Connection, agency: str | None, contact: Contact) -> tuple[bool, bool]:
    """Whether the contact is that of the agency's staff, and whether it is an address in a domain of theirs that is no public
    mailbox's."""
    if agency is None:
        return False, False
    theirs = [contacts.parse(user.contact) for user in users.staff(connection, agency)]
    domains = {each.domain for each in theirs if each.contact_class == "enterprise_mail"}
    return contact.identity in {each.identity for each in theirs}, bool(contact.domain) and contact.domain in domains
