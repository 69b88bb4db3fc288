"""The rungs after a verified contact: the profile complete, the first search, the role confirmed. Each is a fact, once or anew."""

from dataclasses import dataclass
from datetime import datetime

from auth.access.model import Identity
from auth.clock import day
from auth.database import Connection
from auth.http.problems import NotFound
from auth.ledger import service as ledger
from auth.ledger.model import INSTALLATION, Fact, Value
from auth.organisations import service as organisations
from auth.organisations import store as organisation_store
from auth.organisations.model import Kind
from auth.organisations.service import New
from auth.registration import judging, store, texts
from auth.registration.eligibility import Employer
from auth.registration.employers import employer_of
from auth.registration.handovers import service as handovers
from auth.registration.handovers import store as handover_store
from auth.registration.handovers.model import Handover, What
from auth.registration.model import Consent, Position, Registration
from auth.registration.problems import DeedImpossible, EnterpriseUnknown, NotRegistered
from auth.registration.signing_up import Parts, credit_code
from auth.users import store as users

_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person reads and changes of himself; `registration` is ``None`` for accounts made by an administrator."""

    name: str | None
    registration: Registration | None
    employer: Employer | None
    consents: dict[Consent, datetime]
    handovers: list[Handover]


class Profiles:
    """The profiles of one installation."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._active: set[str] = set()

    def get(self, caller: Identity) -> Profile:
        """The caller's own."""
        with self._parts.database.read() as connection:
            return _profile(connection, caller.user, now=self._parts.clock())

    def change(
        self,
        caller: Identity,
        *,
        name: str | None = None,
        role: Position | None = None,
        enterprise: str | None = None,
        enterprise_name: str | None = None,
        code: str | None = None,
    ) -> Profile:
        """Sets what is given; the profile that results is a fact when enterprise and role are known. `NotRegistered`,
        `EnterpriseUnknown`, `CreditCodeRefused`."""
        with self._parts.database.write() as connection:
            at = self._parts.clock()
            if store.get(connection, caller.user) is None:
                raise NotRegistered
            if name is not None:
                users.rename(connection, caller.user, name)
                store.change(connection, caller.user, name_key=store.name_key(name))
            if role is not None:
                store.change(connection, caller.user, role=role)
            if enterprise is not None or enterprise_name is not None:
                chosen = enterprise or entered(connection, enterprise_name, credit_code(code), now=at)
                _require_enterprise(connection, chosen)
                typed = None if chosen else enterprise_name
                store.change(connection, caller.user, enterprise=chosen, enterprise_name=typed)
            if role is not None or enterprise is not None or enterprise_name is not None:
                store.change(connection, caller.user, confirmed_at=None)  # what was confirmed is not what is said now
                complete(connection, caller.user, now=at)
            judging.judge(connection, caller.user, now=at)
            return _profile(connection, caller.user, now=at)

    def consent(self, caller: Identity, wanted: dict[Consent, bool]) -> Profile:
        """Gives or withdraws consents; each keeps its dates. The terms are withdrawn by erasing the account."""
        with self._parts.database.write() as connection:
            at = self._parts.clock()
            for kind, given in wanted.items():
                if given:
                    store.give_consent(connection, caller.user, kind, text_version=texts.TERMS_VERSION, now=at)
                else:
                    store.withdraw_consent(connection, caller.user, kind, now=at)
            return _profile(connection, caller.user, now=at)

    def is_active(self, user: str) -> bool:
        """Whether this process remembers that the account searched, so that `activated` costs nothing."""
        return user in self._active

    def activated(self, user: str) -> None:
        """The account searched. Its first time is a fact; this process remembers who had his, so the rest costs nothing."""
        if user in self._active:
            return
        with self._parts.database.read() as connection:
            held = store.get(connection, user)
        if held is not None and held.activated_at is None:
            with self._parts.database.write() as connection:
                activate(connection, user, now=self._parts.clock())
        if len(self._active) >= _REMEMBERED:
            self._active.clear()
        self._active.add(user)

    def colleagues(self, caller: Identity) -> list[tuple[Registration, str | None]]:
        """Those who say they work in the caller's enterprise and let their names be shown."""
        if caller.organisation is None:
            return []
        with self._parts.database.read() as connection:
            held = store.of_enterprise(connection, caller.organisation)
            names = store.names(connection, [each.account for each in held])
        named = [account for account, name in names.items() if name]
        handovers.note(self._parts.database, caller, named, What.NAME, now=self._parts.clock())
        return [(each, names.get(each.account)) for each in held]

    def confirm(self, caller: Identity, account: str) -> None:
        """The enterprise's contact confirms that the person works there in that role; `NotFound`, `DeedImpossible`."""
        with self._parts.database.write() as connection:
            held = store.get(connection, account)
            if held is None or held.enterprise != caller.organisation or not store.names(connection, [account]):
                raise NotFound
            if held.role is None or account == caller.user:
                raise DeedImpossible
            confirm_role(connection, account, by="enterprise_contact", now=self._parts.clock())


def complete(connection: Connection, account: str, *, now: datetime) -> bool:
    """Writes the profile down as a fact, with what is known of the enterprise now, if enterprise and role are known."""
    held = store.get(connection, account)
    if held is None or held.enterprise is None or held.role is None:
        return False
    attributes: dict[str, Value] = {"enterprise": held.enterprise, "role": held.role.value}
    employer = employer_of(connection, held, now=now)
    if employer is not None:
        attributes["size"] = employer.size or "unknown"
        places = ("region", "code_region", "address_region")
        attributes |= {name: code for name in places if (code := getattr(employer, name)) is not None}
    marks = organisations.marks_on(connection, held.enterprise, day(now), agency=held.attribution.agency)
    attributes["marks"] = [f"{mark}:{value}" if value else mark.value for mark, value in sorted(marks.items())]
    _append(connection, held, "account:profile_complete", attributes, now=now)
    store.change(connection, account, completed_at=now)
    return True


def activate(connection: Connection, account: str, *, now: datetime) -> bool:
    """Writes the first search down; False when it was, or the account is no registration."""
    if not store.reach(connection, account, "activated_at", now=now):
        return False
    held = store.get(connection, account)
    assert held is not None
    _append(connection, held, "account:activated", {}, now=now)
    return True


def confirm_role(connection: Connection, account: str, *, by: str, now: datetime) -> bool:
    """Writes down that the enterprise's contact, or the person at a call-back, confirmed the role; False when it was."""
    held = store.get(connection, account)
    if held is None or not store.reach(connection, account, "confirmed_at", now=now):
        return False
    _append(connection, held, "account:role_confirmed", {"by": by}, now=now)
    return True


def _profile(connection: Connection, account: str, *, now: datetime) -> Profile:
    user = users.by_id(connection, account)
    held = store.get(connection, account)
    employer = employer_of(connection, held, now=now) if held else None
    consents = store.standing_consents(connection, account)
    return Profile(user.name if user else None, held, employer, consents, handover_store.of(connection, account))


def entered(connection: Connection, name: str | None, code: str | None, *, now: datetime) -> str | None:
    """The enterprise of a canonical credit code, entered under the name if it is new; ``None`` without both, since a name alone
    may be anybody's, and for the code of what is no enterprise."""
    if not name or code is None:
        return None
    known = organisation_store.by_credit_code(connection, code)
    if known is not None:
        return known.id if known.kind is Kind.ENTERPRISE else None
    return organisations.add(connection, New(Kind.ENTERPRISE, name, credit_code=code), caller=None, now=now)[0].id


def _require_enterprise(connection: Connection, enterprise: str | None) -> None:
    if enterprise is None:
        return
    held = organisation_store.get(connection, enterprise)
    if held is None or held.kind is not Kind.ENTERPRISE:
        raise EnterpriseUnknown


def _append(connection: Connection, held: Registration, kind: str, attributes: dict[str, Value], *, now: datetime) -> None:
    agency = held.attribution.agency
    fact = Fact(kind=kind, happened_at=now, account=held.account, agency=agency, link=held.attribution.link, attributes=attributes)
    ledger.append(connection, agency or INSTALLATION, fact, now=now)
