"""Judging a registration by its signals, and those near it once a crowd shows. Held by a rule, released or excluded by a person.

What is held stays held, and what a person decided stays as he decided, whatever signals say later.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from auth.database import Connection
from auth.ledger import service as ledger
from auth.ledger.model import INSTALLATION, Fact, Value
from auth.registration import signals, store
from auth.registration.eligibility import Employer
from auth.registration.employers import employers_of
from auth.registration.model import Deed, Judgement, Outcome, Registration
from auth.registration.signals import Crowd, Evidence
from auth.users import contacts
from auth.users import store as users
from auth.users.service import new_id

_OF_A_CROWD = frozenset({"burst", "same_address", "same_device", "sequential"})


def judge(connection: Connection, account: str, *, now: datetime) -> None:
    """Holds the registration if its signals say so, and then those near it, which looked harmless when they came."""
    reasons = _hold(connection, account, now=now)
    if not _OF_A_CROWD.intersection(reasons):
        return
    claim = store.confirmed_claims(connection, [account])[account]
    for near in store.counted_near(connection, claim):
        _hold(connection, near, now=now)


def evidence(
    connection: Connection, people: Sequence[Registration], employers: Mapping[str, Employer], *, now: datetime
) -> dict[str, Evidence]:
    """All that is judged of each registration, as it is now, by account; of many no more is asked than of one."""
    accounts = [each.account for each in people]
    claims = store.confirmed_claims(connection, accounts)
    crowds = store.crowds(connection, list(claims.values()))
    known = users.by_ids(connection, accounts)
    namesakes = store.namesakes(connection, accounts)
    creditors = store.creditors(connection, [each.identity for each in people if each.credit is None])
    staff = {agency: _staff(connection, agency) for agency in {each.attribution.agency for each in people}}
    found = {}
    for each in people:
        contact = contacts.parse(known[each.account].contact)
        claim, employer = claims.get(each.account), employers.get(each.account)
        theirs, domains = staff[each.attribution.agency]
        found[each.account] = Evidence(
            staff=contact.identity in theirs,
            own_domain=bool(contact.domain) and contact.domain in domains,
            duplicate=_duplicate(each, creditors.get(each.identity)),
            same_name=each.account in namesakes,
            disposable=contact.disposable,
            place_differs=employer is not None and employer.place_differs,
            body_differs=employer is not None and employer.body_differs,
            mixed=contact.mixed,
            quick=each.quick,
            event=claim is not None and claim.event,
            crowd=crowds[claim.id] if claim else Crowd(),
            age=now - each.verified_at,
            used=each.activated_at is not None,
        )
    return found


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
    employers = employers_of(connection, [held], now=now)
    verdict = signals.judge(evidence(connection, [held], employers, now=now)[account])
    if held.outcome is Outcome.COUNTED and verdict.outcome is Outcome.HELD and not _decided(connection, account):
        store.change(connection, account, outcome=Outcome.HELD, reasons=" ".join(verdict.reasons))
        write(connection, held, Deed.HELD, reasons=verdict.reasons, now=now)
    return verdict.reasons


def _decided(connection: Connection, account: str) -> bool:
    """Whether a person judged it; to move a credit is no judgement."""
    judged = store.judgements_of(connection, [account]).get(account, ())
    return any(each.by is not None and each.deed is not Deed.MOVED for each in judged)


def _duplicate(held: Registration, first: Registration | None) -> str | None:
    if held.credit is not None or first is None:
        return None
    return "same_agency" if first.attribution.agency == held.attribution.agency else "other_agency"


def _staff(connection: Connection, agency: str | None) -> tuple[set[str], set[str]]:
    """Contacts of the agency's staff, and the domains of theirs that are no public mailbox's."""
    theirs = [contacts.parse(user.contact) for user in users.staff(connection, agency)] if agency else []
    domains = {each.domain for each in theirs if each.contact_class == "enterprise_mail" and each.domain}
    return {each.identity for each in theirs}, domains
