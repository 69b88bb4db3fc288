"""The only SQL of registration. What staff may see is a condition of the statement: the registrations of organisations they see."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from auth.access.model import Identity
from auth.database import PERSON, Connection, insert_new, instant, metadata, person
from auth.database.people import Data, Room
from auth.organisations.store import organisations
from auth.organisations.store import visible as holders
from auth.registration.handovers import store as handovers
from auth.registration.model import (
    Attribution,
    Claim,
    Consent,
    Deed,
    Form,
    Judgement,
    Outcome,
    Position,
    Registration,
)
from auth.registration.signals import Crowd
from auth.roles import Role
from auth.users.service import new_id
from auth.users.store import users

_PRUNED = 100

claims = Table(
    "claims",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False, index=True, info={PERSON: True}),
    Column("state", Text, nullable=False),
    Column("contact", Text, info={PERSON: True}),
    Column("contact_key", Text, index=True, info={PERSON: True}),
    Column("form", LargeBinary, info={PERSON: True}),
    Column("agency", Text, ForeignKey("organisations.id")),
    Column("link", Text, ForeignKey("links.id")),
    Column("first_link", Text, ForeignKey("links.id")),
    Column("how", Text),
    Column("event", Boolean, nullable=False),
    Column("place", Text),  # keyed hashes, as the next two
    Column("device", Text, index=True),
    Column("series", Text, index=True),
    instant("created_at", index=True),
    Index("ix_claims_place_created_at", "place", "created_at"),
)

claimed_accounts = Table(  # of one contact and one agency every claim has the same account, so that it is registered once
    "claimed_accounts",
    metadata,
    Column("key", Text, primary_key=True),  # keyed hash of contact and agency
    Column("account", Text, nullable=False, index=True),
    instant("created_at", index=True),
)

registrations = Table(
    "registrations",
    metadata,
    Column("account", Text, ForeignKey("users.id"), primary_key=True, info={PERSON: True}),
    Column("credit", Text, unique=True),  # one account a person may count: the database says so
    Column("identity", Text, nullable=False, index=True),
    Column("agency", Text, ForeignKey("organisations.id")),
    Column("link", Text, ForeignKey("links.id")),
    Column("first_link", Text, ForeignKey("links.id")),
    Column("how", Text),
    Column("contact_class", Text, nullable=False),
    Column("new", Boolean, nullable=False),
    Column("quick", Boolean, nullable=False),
    Column("enterprise", Text, ForeignKey("organisations.id"), index=True),
    Column("enterprise_name", Text),  # typed, where no organisation is held for it
    Column("name_key", Text, info={PERSON: True}),
    Column("role", Text),
    Column("outcome", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("disputed", Boolean, nullable=False),
    instant("verified_at", index=True),
    instant("completed_at", nullable=True),
    instant("activated_at", nullable=True),
    instant("confirmed_at", nullable=True),
    Index("ix_registrations_agency_verified_at", "agency", "verified_at", "account"),  # in the order of its pages
)

consents = Table(
    "consents",
    metadata,
    Column("id", Text, primary_key=True),
    person(),
    Column("kind", Text, nullable=False),
    Column("text_version", Integer, nullable=False),
    instant("given_at"),
    instant("withdrawn_at", nullable=True),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False, index=True),  # random; outlives the account, as the facts do
    instant("at"),
    Column("deed", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("explanation", Text, info={PERSON: True}),
    person("by", nullable=True),
)

spent_proofs = Table("spent_proofs", metadata, Column("id", Text, primary_key=True), instant("expires_at", index=True))


def claim_account(connection: Connection, key: str, account: str, *, now: datetime, over: datetime) -> tuple[str, bool]:
    """The account of this contact and agency, and whether it is `account`, newly claimed. Some of those claimed before `over`
    are forgotten (`lapse`)."""
    lapse(connection, over=over)
    if insert_new(connection, claimed_accounts, {"key": key, "account": account, "created_at": now}):
        return account, True
    held: str | None = connection.scalar(select(claimed_accounts.c.account).where(claimed_accounts.c.key == key))
    assert held is not None, "it was there a moment ago, and this transaction keeps others from settling it"
    return held, False


def lapse(connection: Connection, *, over: datetime) -> int:
    """Forgets what was claimed before then and never confirmed, at most `_PRUNED` at a time; how many claims."""
    old = select(claimed_accounts.c.key).where(claimed_accounts.c.created_at < over).limit(_PRUNED)
    connection.execute(delete(claimed_accounts).where(claimed_accounts.c.key.in_(old.with_for_update(skip_locked=True))))
    stale = select(claims.c.id).where(claims.c.created_at < over, claims.c.state == "pending").limit(_PRUNED)
    return settle(connection, claims.c.id.in_(stale.with_for_update(skip_locked=True)), state="lapsed", account=None)


def add_claim(connection: Connection, claim: Claim) -> None:
    """Adds the claim."""
    connection.execute(
        insert(claims).values(
            id=claim.id,
            account=claim.account,
            state=claim.state,
            contact=claim.contact,
            contact_key=claim.contact_key,
            form=msgspec.json.encode(claim.form) if claim.form else None,
            event=claim.event,
            place=claim.place,
            device=claim.device,
            series=claim.series,
            created_at=claim.created_at,
            **_bound(claim.attribution),
        )
    )


def claim(connection: Connection, claim_id: str) -> Claim | None:
    """The claim."""
    row = connection.execute(select(claims).where(claims.c.id == claim_id)).first()
    return _claim(row) if row else None


def pending(connection: Connection, contact_key: str) -> Claim | None:
    """The contact's last sign-up that is neither confirmed nor lapsed."""
    asked = select(claims).where(claims.c.contact_key == contact_key, claims.c.state == "pending")
    row = connection.execute(asked.order_by(claims.c.created_at.desc(), claims.c.id).limit(1)).first()
    return _claim(row) if row else None


def confirmed_claims(connection: Connection, accounts: Sequence[str]) -> dict[str, Claim]:
    """The claims that became these accounts' registrations, by account."""
    rows = connection.execute(select(claims).where(claims.c.account.in_(accounts), claims.c.state == "confirmed"))
    return {row.account: _claim(row) for row in rows}


def lock_claims(connection: Connection, contact_key: str) -> None:
    """Keeps other transactions from settling claims for this contact till this one ends; all take them in one order."""
    asked = select(claims.c.id).where(claims.c.contact_key == contact_key, claims.c.state == "pending").order_by(claims.c.id)
    connection.execute(asked.with_for_update()).all()


def settle_contact(connection: Connection, contact_key: str, *, confirmed: str, account: str) -> None:
    """The claim `confirmed` became the account; the contact's other claims lapse and lead to it too."""
    held = claims.c
    claimed = select(held.account).where(held.contact_key == contact_key, held.state == "pending")
    connection.execute(delete(claimed_accounts).where(claimed_accounts.c.account.in_(claimed)))
    settle(connection, held.id == confirmed, state="confirmed", account=account)
    others = (held.contact_key == contact_key) & (held.state == "pending")
    settle(connection, others, state="lapsed", account=account)


def settle(connection: Connection, which: ColumnElement[bool], *, state: str, account: str | None) -> int:
    """Ends claims; what they said of the person goes. How many."""
    values: dict[str, Any] = {"state": state, "contact": None, "contact_key": None, "form": None}
    if account is not None:
        values["account"] = account
    return connection.execute(update(claims).where(which).values(**values)).rowcount


def places(connection: Connection, place: str, *, since: datetime) -> int:
    """How many sign-ups came from the place since then, outside events."""
    held = claims.c
    asked = select(func.count()).where(held.place == place, held.created_at > since, held.event.is_(False))
    return connection.scalar(asked) or 0


def crowds(connection: Connection, near: Sequence[Claim]) -> dict[str, Crowd]:
    """How many accounts were claimed near each claim (`signals.Crowd`), by the claim's id."""
    hour, day, month = timedelta(hours=1), timedelta(days=1), timedelta(days=30)
    places = _claimed(connection, claims.c.place, near, span=day, events=False)
    devices = _claimed(connection, claims.c.device, near, span=month, events=False)
    series = _claimed(connection, claims.c.series, near, span=day, events=True)

    def count(held: dict[str, list[tuple[str, datetime]]], value: str | None, at: datetime, span: timedelta) -> int:
        return len({account for account, when in held.get(value, ()) if abs(when - at) <= span}) if value else 1

    return {
        each.id: Crowd(
            hour=count(places, each.place, each.created_at, hour),
            day=count(places, each.place, each.created_at, day),
            device=count(devices, each.device, each.created_at, month),
            series=count(series, each.series, each.created_at, day),
        )
        for each in near
    }


def _claimed(
    connection: Connection, column: Column[Any], near: Sequence[Claim], *, span: timedelta, events: bool
) -> dict[str, list[tuple[str, datetime]]]:
    """Account and time of the claims no further than `span` from these that have a value of theirs in the column, by value."""
    values = {value for each in near if (value := getattr(each, column.name)) is not None}
    found: dict[str, list[tuple[str, datetime]]] = {}
    if not values:
        return found
    times = [each.created_at for each in near]
    within = claims.c.created_at.between(min(times) - span, max(times) + span)
    asked = select(column, claims.c.account, claims.c.created_at).where(column.in_(values), within)
    for value, account, at in connection.execute(asked if events else asked.where(claims.c.event.is_(False))):
        found.setdefault(value, []).append((account, at))
    return found


def counted_near(connection: Connection, claim: Claim) -> list[str]:
    """Accounts credited to the claim's agency that share its place, device or series within a day, and count as yet without
    a person having said so."""
    held, span = claims.c, timedelta(days=1)
    shares = [
        column == value
        for column, value in ((held.place, claim.place), (held.device, claim.device), (held.series, claim.series))
        if value is not None
    ]
    if not shares:
        return []
    judged = select(judgements.c.account).where(judgements.c.by.is_not(None), judgements.c.deed != Deed.MOVED)
    asked = (
        select(registrations.c.account)
        .join(claims, held.account == registrations.c.account)
        .where(held.state == "confirmed", or_(*shares), registrations.c.outcome == Outcome.COUNTED)
        .where(held.created_at.between(claim.created_at - span, claim.created_at + span))
        .where(registrations.c.agency == claim.attribution.agency, registrations.c.account.not_in(judged))
    )
    return sorted(connection.scalars(asked))


def add(connection: Connection, held: Registration, *, name: str | None) -> bool:
    """Adds the registration; False when the person's credit is another account's."""
    fields = ("account", "credit", "identity", "contact_class", "new", "quick", "enterprise", "enterprise_name", "role")
    values = {field: getattr(held, field) for field in fields} | _bound(held.attribution)
    values |= {"name_key": name_key(name), "outcome": held.outcome, "reasons": " ".join(held.reasons)}
    return insert_new(connection, registrations, values | {"disputed": held.disputed, "verified_at": held.verified_at})


def get(connection: Connection, account: str, *, caller: Identity | None = None) -> Registration | None:
    """The registration, if it exists for the caller; ``None`` as caller is the house itself."""
    asked = select(registrations).where(registrations.c.account == account)
    row = connection.execute(asked if caller is None else asked.where(visible(caller))).first()
    return _registration(row) if row else None


def creditors(connection: Connection, identities: Sequence[str]) -> dict[str, Registration]:
    """The registrations that have the credit of these persons, by identity."""
    if not identities:
        return {}
    rows = connection.execute(select(registrations).where(registrations.c.credit.in_(identities)))
    return {row.credit: _registration(row) for row in rows}


def namesakes(connection: Connection, accounts: Sequence[str]) -> set[str]:
    """Which of these were registered when another of the same enterprise was of the same name."""
    mine, other = registrations, registrations.alias("other")
    same = (other.c.enterprise == mine.c.enterprise) & (other.c.name_key == mine.c.name_key) & (other.c.account != mine.c.account)
    earlier = tuple_(other.c.verified_at, other.c.account) < tuple_(mine.c.verified_at, mine.c.account)
    asked = select(mine.c.account).where(mine.c.account.in_(accounts), select(other.c.account).where(same, earlier).exists())
    return set(connection.scalars(asked))


def change(connection: Connection, account: str, **values: Any) -> None:
    """Sets columns of the registration."""
    connection.execute(update(registrations).where(registrations.c.account == account).values(**values))


def reach(connection: Connection, account: str, rung: str, *, now: datetime) -> bool:
    """Notes that the account reached `activated_at` or `confirmed_at`; False when it had, or is no registration."""
    held = registrations.c
    first = update(registrations).where(held.account == account, held[rung].is_(None)).values({rung: now})
    return connection.execute(first).rowcount == 1


def visible(caller: Identity) -> ColumnElement[bool]:
    """The registrations that exist for staff: those credited to organisations they see, for an agency itself alone."""
    if caller.role is Role.AGENCY and caller.organisation is not None:
        return registrations.c.agency == caller.organisation
    return registrations.c.agency.in_(select(organisations.c.id).where(holders(caller)))


def page(
    connection: Connection, caller: Identity, *, outcomes: Iterable[Outcome], after: Registration | None, size: int
) -> list[Registration]:
    """The caller's registrations with one of the outcomes, the newest first, from the one `after` on."""
    held = registrations.c
    asked = select(registrations).where(visible(caller), held.outcome.in_(list(outcomes)))
    if after is not None:
        asked = asked.where(tuple_(held.verified_at, held.account) < tuple_(after.verified_at, after.account))
    ordered = asked.order_by(held.verified_at.desc(), held.account.desc()).limit(size)
    return [_registration(row) for row in connection.execute(ordered)]


def of_enterprise(connection: Connection, enterprise: str) -> list[Registration]:
    """The registrations of the enterprise's people who let their names be shown, the newest first."""
    held = registrations.c
    shown = select(consents.c.user_id).where(consents.c.kind == Consent.SHOW_NAME, consents.c.withdrawn_at.is_(None))
    asked = select(registrations).where(held.enterprise == enterprise, held.account.in_(shown))
    return [_registration(row) for row in connection.execute(asked.order_by(held.verified_at.desc(), held.account))]


def unused(connection: Connection, *, before: datetime) -> list[str]:
    """Accounts that count, were verified before then, and never searched."""
    held = registrations.c
    asked = select(held.account).where(held.outcome == Outcome.COUNTED, held.verified_at < before, held.activated_at.is_(None))
    return list(connection.scalars(asked.order_by(held.verified_at, held.account)))


def names(connection: Connection, accounts: Sequence[str]) -> dict[str, str | None]:
    """Names of those of the accounts whose owners let them be shown."""
    shown = select(consents.c.user_id).where(consents.c.kind == Consent.SHOW_NAME, consents.c.withdrawn_at.is_(None))
    asked = select(users.c.id, users.c.name).where(users.c.id.in_(accounts), users.c.id.in_(shown))
    return {row.id: row.name for row in connection.execute(asked)}


def add_judgement(connection: Connection, judgement: Judgement) -> None:
    """Writes a deed down."""
    values = {name: getattr(judgement, name) for name in Judgement.__slots__}
    connection.execute(insert(judgements).values(values | {"reasons": " ".join(judgement.reasons)}))


def judgements_of(connection: Connection, accounts: Sequence[str]) -> dict[str, list[Judgement]]:
    """The deeds about each registration, oldest first."""
    held = judgements.c
    found: dict[str, list[Judgement]] = {}
    for row in connection.execute(select(judgements).where(held.account.in_(accounts)).order_by(held.at, held.id)):
        told = tuple(row.reasons.split())
        found.setdefault(row.account, []).append(
            Judgement(row.id, row.account, row.at, Deed(row.deed), told, row.explanation, row.by)
        )
    return found


def give_consent(connection: Connection, user: str, kind: Consent, *, text_version: int, now: datetime) -> None:
    """Writes down that the person agreed, unless that stands already."""
    if kind not in standing_consents(connection, user):
        values = {"id": new_id(), "user_id": user, "kind": kind, "text_version": text_version, "given_at": now}
        connection.execute(insert(consents).values(**values))


def withdraw_consent(connection: Connection, user: str, kind: Consent, *, now: datetime) -> None:
    """Writes down that the person agrees no longer."""
    held = consents.c
    standing = (held.user_id == user, held.kind == kind, held.withdrawn_at.is_(None))
    connection.execute(update(consents).where(*standing).values(withdrawn_at=now))


def standing_consents(connection: Connection, user: str) -> dict[Consent, datetime]:
    """What the person agrees to, since when."""
    asked = select(consents.c.kind, consents.c.given_at).where(consents.c.user_id == user, consents.c.withdrawn_at.is_(None))
    return {Consent(row.kind): row.given_at for row in connection.execute(asked)}


def spend_proof(connection: Connection, proof: str, *, now: datetime, expires_at: datetime) -> bool:
    """Takes a solved challenge once; False when it was taken before."""
    connection.execute(delete(spent_proofs).where(spent_proofs.c.expires_at <= now))
    return insert_new(connection, spent_proofs, {"id": proof, "expires_at": expires_at})


def export(connection: Connection, user: str) -> Data:
    """The person's registration, consents, what was decided, and to whom the name was shown."""
    held = get(connection, user)
    told = connection.execute(select(consents).where(consents.c.user_id == user).order_by(consents.c.given_at, consents.c.id))
    return {
        "registration": _plain(held) if held else None,
        "consents": [
            {
                "kind": row.kind,
                "text": row.text_version,
                "given_at": row.given_at.isoformat(),
                "withdrawn_at": _iso(row.withdrawn_at),
            }
            for row in told
        ],
        "judgements": [
            {"at": each.at.isoformat(), "deed": each.deed, "reasons": list(each.reasons), "explanation": each.explanation}
            for each in judgements_of(connection, [user]).get(user, ())
        ],
        "handed_over": [
            {"what": each.what, "to": each.organisation_name, "first": each.first_at.isoformat(), "last": each.last_at.isoformat()}
            for each in handovers.of(connection, user)
        ],
    }


def erase(connection: Connection, user: str) -> None:
    """Registration, consents and claims go; judgements stay without words and without the one who judged, as the facts do."""
    held = connection.execute(select(users.c.email_key, users.c.mobile).where(users.c.id == user)).first()
    keys = [key for key in held or () if key]
    connection.execute(delete(claims).where(or_(claims.c.account == user, claims.c.contact_key.in_(keys))))
    connection.execute(delete(claimed_accounts).where(claimed_accounts.c.account == user))
    connection.execute(delete(consents).where(consents.c.user_id == user))
    connection.execute(delete(registrations).where(registrations.c.account == user))
    connection.execute(update(judgements).where(judgements.c.account == user).values(explanation=None))
    connection.execute(update(judgements).where(judgements.c.by == user).values(by=None, explanation=None))


def name_key(name: str | None) -> str | None:
    """A name as it is compared."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split()) or None if name else None


def _bound(attribution: Attribution) -> dict[str, str | None]:
    return {name: getattr(attribution, name) for name in Attribution.__slots__}


def _claim(row: Row[Any]) -> Claim:
    form = msgspec.json.decode(row.form, type=Form) if row.form else None
    bound = Attribution(row.agency, row.link, row.first_link, row.how)
    fields = {name: getattr(row, name) for name in Claim.__slots__ if name not in ("form", "attribution")}
    return Claim(**fields, form=form, attribution=bound)


def _registration(row: Row[Any]) -> Registration:
    bound = Attribution(row.agency, row.link, row.first_link, row.how)
    fields = {name: getattr(row, name) for name in Registration.__slots__ if name != "attribution"}
    read = {
        "role": Position(row.role) if row.role else None,
        "outcome": Outcome(row.outcome),
        "reasons": tuple(row.reasons.split()),
    }
    return Registration(**(fields | read), attribution=bound)


def _plain(held: Registration) -> dict[str, object]:
    """The registration as its owner may take it away."""
    kept = ("contact_class", "new", "enterprise", "enterprise_name", "role", "outcome", "disputed")
    moments = ("verified_at", "completed_at", "activated_at", "confirmed_at")
    return (
        {name: getattr(held, name) for name in kept}
        | {"agency": held.attribution.agency, "link": held.attribution.link, "reasons": list(held.reasons)}
        | {name: _iso(getattr(held, name)) for name in moments}
    )


def _iso(instant_: datetime | None) -> str | None:
    return instant_.isoformat() if instant_ else None


PEOPLE = Room("registration", frozenset({"claims", "registrations", "consents", "judgements"}), export, erase)
