"""Organisations entered, changed, found and marked. What a caller may see or change is decided in the statements of `store`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from auth.access.model import Identity
from auth.access.problems import RightLacking
from auth.clock import Clock, now
from auth.database import Connection, Database
from auth.http.problems import NotFound
from auth.ledger import service as ledger
from auth.ledger.model import INSTALLATION, Fact, Value
from auth.organisations import codes, divisions, sizing, store
from auth.organisations.model import AGENCIES, BUREAUS, MARK_VALUES, Kind, Mark, Marked, Named, Organisation
from auth.organisations.problems import CreditCodeRefused, CreditCodeTaken, MarkRefused, ParentRefused, RegionRefused, VersionStale
from auth.organisations.sizes import Figures
from auth.roles import Role
from auth.users.service import new_id

Outcome = Literal["added", "served", "unchanged"]
"""Of entering: it is new; it was held, and the agency serves it from now on; the agency served it already."""

FOUND = 10
"""The most enterprises a look-up by name answers."""


@dataclass(frozen=True, slots=True)
class New:
    """An organisation to enter. `region` is read from the address where it is not given."""

    kind: Kind
    name: str
    parent: str | None = None
    region: str | None = None
    credit_code: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark to enter: `document_sha256` is the SHA-256 of the file that proves it. A size class may be given by its `figures`
    instead of its value."""

    mark: Mark
    value: str
    document_sha256: str
    first: date
    last: date | None = None
    figures: Figures | None = None


class Organisations:
    """The organisations of one database."""

    def __init__(self, database: Database, *, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    def add(self, new: New, *, caller: Identity | None = None) -> tuple[Organisation, Outcome]:
        """The organisation, and whether it is new; the caller ``None`` is whoever has the machine.

        An agency that enters an enterprise serves it from now on, also one that others entered before.
        """
        with self._database.write() as connection:
            return add(connection, new, caller=caller, now=self._clock())

    def change(
        self, caller: Identity, organisation: str, kinds: frozenset[Kind], *, version: int, values: Mapping[str, str | None]
    ) -> Organisation:
        """Sets `name`, `address`, `region`; `VersionStale` when it was changed since the caller read that version."""
        region = values.get("region")
        if region is not None and not divisions.known(region):
            raise RegionRefused
        with self._database.write() as connection:
            seen(connection, caller, organisation, kinds)
            if store.get(connection, organisation, within=store.changeable(caller)) is None:
                raise RightLacking
            if not store.change(connection, organisation, version=version, values=values):
                raise VersionStale
            return seen(connection, caller, organisation, kinds)

    def get(self, caller: Identity, organisation: str, kinds: frozenset[Kind]) -> Organisation:
        """The organisation of one of these kinds; `NotFound` where it does not exist for the caller."""
        with self._database.read() as connection:
            return seen(connection, caller, organisation, kinds)

    def may_see_log(self, caller: Identity, log: str) -> bool:
        """Whether the evidence in this log of the ledger exists for the caller: an agency's for whom the agency does, that of
        the installation for bureaus."""
        if log == INSTALLATION:
            return caller.role in (Role.BUREAU, Role.ADMINISTRATOR)
        with self._database.read() as connection:
            held = store.get(connection, log, within=store.visible(caller))
            return held is not None and held.kind in AGENCIES

    def page(
        self, caller: Identity, kinds: frozenset[Kind], *, name: str, region: str, after: str | None, size: int
    ) -> list[Organisation]:
        """Organisations the caller may see, by name, from the one with the id `after` on."""
        with self._database.read() as connection:
            last = seen(connection, caller, after, kinds) if after else None
            within = store.visible(caller)
            return store.page(connection, kinds, within=within, name=name, region=region, after=last, size=size)

    def everything(self) -> list[Organisation]:
        """All organisations, by name."""
        with self._database.read() as connection:
            return store.everything(connection)

    def find(self, part: str) -> list[Named]:
        """Enterprises by a part of their name, for anybody: id, name and city, at most `FOUND`."""
        with self._database.read() as connection:
            return [_named(held) for held in store.find(connection, part, limit=FOUND)]

    def mark(self, caller: Identity, enterprise: str, new: NewMark) -> Marked:
        """Enters a mark and appends it to the ledger. One who enters the same mark from the same day again replaces its end.
        `NotFound`, `MarkRefused`, and of figures `SizeTableMissing`, `FiguresRefused`."""
        with self._database.write() as connection:
            seen(connection, caller, enterprise, frozenset({Kind.ENTERPRISE}))
            value, basis = _value(connection, new)
            agency = caller.organisation if caller.role is Role.AGENCY else None
            at = self._clock()
            fields = (new.mark, value, new.document_sha256, new.first, new.last)
            marked = Marked(new_id(), enterprise, *fields, agency, at, basis)
            store.add_mark(connection, marked)
            logs = [agency] if agency else store.agencies_of(connection, enterprise) or [INSTALLATION]
            for log in logs:
                _record(connection, log, marked, now=at)
            return marked

    def marks(self, caller: Identity, enterprise: str) -> list[Marked]:
        """The enterprise's marks, as they were recorded."""
        agency = caller.organisation if caller.role is Role.AGENCY else None
        with self._database.read() as connection:
            seen(connection, caller, enterprise, frozenset({Kind.ENTERPRISE}))
            return store.marks_of(connection, enterprise, seen_by=agency)


def _value(connection: Connection, new: NewMark) -> tuple[str, str | None]:
    """The mark's value, and by which figures and table where it is computed; a value that is given too has to be the same."""
    value, basis = new.value, None
    allowed = MARK_VALUES[new.mark]
    if new.figures is not None:
        if new.mark is not Mark.SIZE_CLASS:
            raise MarkRefused(extra={"values": list(allowed)})
        computed, basis = sizing.sized(connection, new.figures, day=new.first)
        value, allowed = value or computed, (computed,)
    if value not in allowed or (new.last is not None and new.last < new.first):
        raise MarkRefused(extra={"values": list(allowed)})
    return value, basis


def add(connection: Connection, new: New, *, caller: Identity | None, now: datetime) -> tuple[Organisation, Outcome]:
    """`Organisations.add` within the caller's transaction."""
    parent = _parent(connection, new, caller)
    code = _credit_code(new.credit_code)
    held = Organisation(
        id=new_id(),
        kind=new.kind,
        name=new.name.strip(),
        parent=parent,
        region=_region(new.region, new.address),
        credit_code=code,
        address=new.address,
        entered_by=caller.organisation if caller else None,
        version=1,
        created_at=now,
    )
    agency = caller.organisation if caller and caller.role is Role.AGENCY and new.kind is Kind.ENTERPRISE else None
    if store.add(connection, held):
        if agency:
            serve(connection, agency, held.id, now=now)
        return held, "added"
    known = store.by_credit_code(connection, code or "")
    if known is None or known.kind is not new.kind or agency is None:
        raise CreditCodeTaken
    return known, "served" if serve(connection, agency, known.id, now=now) else "unchanged"


def serve(connection: Connection, agency: str, enterprise: str, *, now: datetime) -> bool:
    """The agency serves the enterprise from now on, and its log says what marks bureaus gave it; False when it did before."""
    if not store.serve(connection, agency, enterprise, now=now):
        return False
    for marked in store.marks_of(connection, enterprise, seen_by=agency):
        _record(connection, agency, marked, now=now)
    return True


def name(connection: Connection, organisation: str) -> str:
    """The organisation's name; it must exist."""
    held = store.get(connection, organisation)
    assert held is not None, "organisations are never removed"
    return held.name


def marks_on(connection: Connection, enterprise: str, day: date, *, agency: str | None) -> dict[Mark, str]:
    """The marks the enterprise bears on a day, with their values, as far as they count for the agency (``None``: the bureau's
    alone): of each mark the entry recorded last among those that began by then decides."""
    return _borne(store.marks_of(connection, enterprise, seen_by=agency or ""), day)


def borne(held: Iterable[Marked], day: date, *, agency: str | None) -> dict[Mark, str]:
    """The same, of all marks of the enterprise as they were recorded."""
    return _borne((each for each in held if each.entered_by is None or each.entered_by == agency), day)


def _borne(held: Iterable[Marked], day: date) -> dict[Mark, str]:
    decisive = {each.mark: each for each in held if each.first <= day}
    return {mark: each.value for mark, each in decisive.items() if each.holds(day)}


def seen(connection: Connection, caller: Identity, organisation: str, kinds: frozenset[Kind] = frozenset(Kind)) -> Organisation:
    """The organisation, if it is of these kinds and exists for the caller; else `NotFound`."""
    held = store.get(connection, organisation, within=store.visible(caller))
    if held is None or held.kind not in kinds:
        raise NotFound
    return held


def _parent(connection: Connection, new: New, caller: Identity | None) -> str | None:
    """The bureau above: as given, for a bureau itself unless given; only the administrator enters what stands under nobody."""
    own = caller.organisation if caller and caller.role is Role.BUREAU else None
    parent = new.parent or own
    if parent is None:
        if caller is None or caller.role is Role.ADMINISTRATOR or new.kind is Kind.ENTERPRISE:
            return None
        raise ParentRefused
    above = store.get(connection, parent, within=store.visible(caller) if caller else None)
    if above is None or above.kind not in BUREAUS:
        raise ParentRefused
    return parent


def _credit_code(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return codes.parse(text).code
    except codes.CodeRefused as refused:
        raise CreditCodeRefused(refused.reason) from None


def _region(code: str | None, address: str | None) -> str | None:
    if code is None:
        return divisions.of_address(address) if address else None
    if not divisions.known(code):
        raise RegionRefused
    return code


def _named(held: Organisation) -> Named:
    city = divisions.city(held.region) if held.region else None
    return Named(held.id, held.name, city.zh if city else None)


def _record(connection: Connection, log: str, marked: Marked, *, now: datetime) -> None:
    attributes: dict[str, Value] = {
        "enterprise": marked.enterprise,
        "mark": marked.mark.value,
        "document_sha256": marked.document_sha256,
        "first": marked.first.isoformat(),
    }
    if marked.value:
        attributes["value"] = marked.value
    if marked.last is not None:
        attributes["last"] = marked.last.isoformat()
    agency = None if log == INSTALLATION else log
    fact = Fact(kind="enterprise:mark", happened_at=marked.recorded_at, agency=agency, attributes=attributes)
    ledger.append(connection, log, fact, now=now)
