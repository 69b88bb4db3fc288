"""`Links`: made, shown and changed by those who hold them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from auth.access.model import Identity
from auth.clock import Clock, now
from auth.database import Connection, Database
from auth.errors import Problem
from auth.http.problems import NotFound
from auth.organisations import service as organisations
from auth.organisations.model import AGENCIES
from auth.organisations.model import Kind as Holder
from auth.organisations.problems import VersionStale
from auth.referral import codes, store
from auth.referral.model import Change, Kind, Link, State
from auth.referral.problems import LinkRefused, LinkRevoked
from auth.referral.store import Tally
from auth.users import store as users
from auth.users.service import new_id

LONGEST_EVENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class New:
    """A link to make. `organisation` is the caller's own unless given; only an event has hours, and it has both."""

    kind: Kind
    organisation: str | None = None
    enterprise: str | None = None
    member: str | None = None
    label: str = ""
    first: datetime | None = None
    last: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A link with the name of its holder, its clicks counted from their rows, and the record of its changes."""

    link: Link
    organisation: str
    enterprise: str | None
    clicks: list[Tally]
    changes: list[Change]


class Links:
    """The links of one database."""

    def __init__(self, database: Database, *, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    def add(self, connection: Connection, caller: Identity, new: New) -> Link:
        """A new, active link with a code that nobody has; `LinkRefused` names the part that does not fit."""
        at = self._clock()
        holder = self._checked(connection, caller, new, at)
        while True:
            link = Link(
                id=new_id(),
                code=codes.create(),
                kind=new.kind,
                organisation=holder,
                enterprise=new.enterprise,
                member=new.member,
                label=new.label,
                first=new.first,
                last=new.last,
                expires_at=new.expires_at,
                state=State.ACTIVE,
                version=1,
                created_at=at,
            )
            if store.add(connection, link):
                store.record(connection, link.id, Change(at, caller.user, "state", None, link.state))
                return link

    def get(self, caller: Identity, link: str) -> Link:
        """The link; `NotFound` where it does not exist for the caller."""
        with self._database.read() as connection:
            return _seen(connection, caller, link)

    def show(self, caller: Identity, link: str) -> Shown:
        """The link with what became of it."""
        with self._database.read() as connection:
            held = _seen(connection, caller, link)
            holder = organisations.name(connection, held.organisation)
            enterprise = organisations.name(connection, held.enterprise) if held.enterprise else None
            return Shown(held, holder, enterprise, store.tallies(connection, link), store.changes(connection, link))

    def page(self, caller: Identity, *, after: str | None, size: int) -> list[Link]:
        """Links the caller may see, the newest first, from the one with the id `after` on."""
        with self._database.read() as connection:
            last = _seen(connection, caller, after) if after else None
            return store.page(connection, within=store.visible(caller), after=last, size=size)

    def change(
        self, caller: Identity, link: str, *, version: int, state: State | None, label: str | None, expires_at: datetime | None
    ) -> Link:
        """Sets what is given and records it; `VersionStale`, `LinkRevoked`."""
        wanted = {"state": state, "label": label, "expires_at": expires_at}
        with self._database.write() as connection:
            held = _seen(connection, caller, link)
            if held.state is State.REVOKED:
                raise LinkRevoked
            values = {name: value for name, value in wanted.items() if value is not None and value != getattr(held, name)}
            if held.version != version or not store.change(connection, link, version=version, values=values):
                raise VersionStale
            for field, value in values.items():
                change = Change(self._clock(), caller.user, field, _text(getattr(held, field)), _text(value))
                store.record(connection, link, change)
            return _seen(connection, caller, link)

    def _checked(self, connection: Connection, caller: Identity, new: New, at: datetime) -> str:
        """The holder's id, everything about the new link having been found to fit."""
        holder = new.organisation or caller.organisation
        _require(connection, caller, holder, AGENCIES, "organisation")
        if new.enterprise is not None:
            _require(connection, caller, new.enterprise, frozenset({Holder.ENTERPRISE}), "enterprise")
        if new.member is not None:
            account = users.by_id(connection, new.member)
            if account is None or account.organisation != holder:
                raise LinkRefused("member")
        if (new.kind is Kind.MEMBER) != (new.member is not None):
            raise LinkRefused("member")
        if not _fits(new):
            raise LinkRefused("first")
        if new.expires_at is not None and new.expires_at <= at:
            raise LinkRefused("expires_at")
        assert holder is not None
        return holder


def _fits(new: New) -> bool:
    """Whether an event has its hours and nothing else has."""
    if new.first is None or new.last is None:
        return new.kind is not Kind.EVENT and new.first is None and new.last is None
    return new.kind is Kind.EVENT and timedelta() < new.last - new.first <= LONGEST_EVENT


def _require(connection: Connection, caller: Identity, organisation: str | None, kinds: frozenset[Holder], field: str) -> None:
    refused: Problem = LinkRefused(field)
    if organisation is None:
        raise refused
    try:
        organisations.seen(connection, caller, organisation, kinds)
    except NotFound:
        raise refused from None


def _seen(connection: Connection, caller: Identity, link: str) -> Link:
    held = store.get(connection, link, within=store.visible(caller))
    if held is None:
        raise NotFound
    return held


def _text(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat()
    return None if value is None else str(value)
