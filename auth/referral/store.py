"""The only SQL of links and clicks. A link exists for those for whom its holder exists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    func,
    insert,
    select,
    true,
    tuple_,
    update,
)

from auth.access.model import Identity
from auth.database import Connection, insert_new, instant, metadata, person
from auth.database.people import Data, Room
from auth.organisations.store import organisations
from auth.organisations.store import visible as holders
from auth.referral.model import Change, Class, Facts, Kind, Link, State

KEPT = timedelta(days=183)
"""How long a click keeps where it came from: the law wants network logs for six months."""

_FORGOTTEN = 100

links = Table(
    "links",
    metadata,
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("organisation", Text, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("enterprise", Text, ForeignKey("organisations.id")),
    person("member", nullable=True),
    Column("label", Text, nullable=False),
    instant("first", nullable=True),
    instant("last", nullable=True),
    instant("expires_at", nullable=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    instant("created_at"),
)

link_changes = Table(
    "link_changes",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("link", Text, ForeignKey("links.id"), nullable=False, index=True),
    instant("at"),
    person(nullable=True),
    Column("field", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
)

clicks = Table(
    "clicks",
    metadata,
    Column("id", Text, primary_key=True),
    instant("at", index=True),
    Column("link", Text, ForeignKey("links.id"), index=True),
    Column("typed", Text),  # what stood in place of a code, where it has the signs of one
    Column("state", Text),
    Column("class", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("rules", Integer, nullable=False),
    Column("method", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("agent", Text),
    Column("place", Text),  # keyed hash of the network address
    Column("times", Integer, nullable=False),
    Index("ix_clicks_place_at", "place", "at"),
)


@dataclass(frozen=True, slots=True)
class Click:
    """A click with its verdict. `link` is ``None`` for a code that nobody has; `place` hides the network address."""

    id: str
    at: datetime
    link: str | None
    typed: str | None
    state: State | None
    kind: Class
    reason: str
    rules: int
    place: str


@dataclass(frozen=True, slots=True)
class Tally:
    """So many clicks of one class, for one reason, while the link was in one state."""

    kind: Class
    reason: str
    state: State
    rules: int
    count: int


def visible(caller: Identity) -> ColumnElement[bool]:
    """The rows of `links` that exist for the caller."""
    return links.c.organisation.in_(select(organisations.c.id).where(holders(caller)))


def add(connection: Connection, link: Link) -> bool:
    """Adds the link; False when its code is taken."""
    return insert_new(connection, links, {name: getattr(link, name) for name in Link.__slots__})


def get(connection: Connection, link: str, *, within: ColumnElement[bool] | None = None) -> Link | None:
    """The link, if it is `within` what the caller may see."""
    row = connection.execute(select(links).where(links.c.id == link, true() if within is None else within)).first()
    return _link(row) if row else None


def by_code(connection: Connection, code: str) -> Link | None:
    """The link of a canonical code."""
    row = connection.execute(select(links).where(links.c.code == code)).first()
    return _link(row) if row else None


def by_ids(connection: Connection, ids: Iterable[str]) -> dict[str, Link]:
    """The links of these ids."""
    return {row.id: _link(row) for row in connection.execute(select(links).where(links.c.id.in_(set(ids))))}


def page(connection: Connection, *, within: ColumnElement[bool], after: Link | None, size: int) -> list[Link]:
    """Links, the newest first, from the one `after` on."""
    asked = select(links).where(within)
    if after is not None:
        asked = asked.where(tuple_(links.c.created_at, links.c.id) < tuple_(after.created_at, after.id))
    return [_link(row) for row in connection.execute(asked.order_by(links.c.created_at.desc(), links.c.id.desc()).limit(size))]


def change(connection: Connection, link: str, *, version: int, values: Mapping[str, object]) -> bool:
    """Sets the columns if the link still stands at `version`; says whether it did."""
    changed = connection.execute(
        update(links).where(links.c.id == link, links.c.version == version).values(version=version + 1, **values)
    )
    return changed.rowcount == 1


def record(connection: Connection, link: str, change: Change) -> None:
    """Writes a change down."""
    values = {"at": change.at, "user_id": change.by, "field": change.field, "before": change.before, "after": change.after}
    connection.execute(insert(link_changes).values(link=link, **values))


def changes(connection: Connection, link: str) -> list[Change]:
    """The link's changes, oldest first."""
    rows = connection.execute(select(link_changes).where(link_changes.c.link == link).order_by(link_changes.c.id))
    return [Change(row.at, row.user_id, row.field, row.before, row.after) for row in rows]


def add_click(connection: Connection, click: Click, facts: Facts) -> None:
    """Keeps the click and what the request said; some of those older than `KEPT` forget where they came from."""
    connection.execute(
        insert(clicks).values(
            id=click.id,
            at=click.at,
            link=click.link,
            typed=click.typed,
            state=click.state,
            reason=click.reason,
            rules=click.rules,
            method=facts.method[:10],
            purpose=facts.purpose[:50],
            agent=facts.agent[:300],
            place=click.place,
            times=1,
            **{"class": click.kind},
        )
    )
    forget_places(connection, now=click.at)


def forget_places(connection: Connection, *, now: datetime) -> int:
    """Clicks older than `KEPT` forget where they came from, some at a time; how many."""
    old = select(clicks.c.id).where(clicks.c.at < now - KEPT, clicks.c.place.is_not(None)).limit(_FORGOTTEN)
    return connection.execute(update(clicks).where(clicks.c.id.in_(old)).values(place=None, agent=None)).rowcount


def dead_clicks(connection: Connection, place: str, *, since: datetime) -> int:
    """How many rows of dead codes the place has left since then."""
    held = clicks.c
    asked = select(func.count()).where(held.place == place, held.at > since, held["class"] == Class.DEAD_CODE)
    return connection.scalar(asked) or 0


def add_to_dead(connection: Connection, place: str) -> None:
    """Counts one more dead code of the place on the last row it left, so that a flood makes no rows and is not lost either."""
    held = clicks.c
    last = select(held.id).where(held.place == place, held["class"] == Class.DEAD_CODE).order_by(held.at.desc()).limit(1)
    connection.execute(update(clicks).where(held.id == last.scalar_subquery()).values(times=held.times + 1))


def touches(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str, datetime]]:
    """Link and instant of those of the clicks that were worth a touch: the visitor was shown the page of an active link."""
    held = clicks.c
    asked = select(held.id, held.link, held.at).where(held.id.in_(set(ids)), held.state == State.ACTIVE, held.method != "HEAD")
    return {row.id: (row.link, row.at) for row in connection.execute(asked)}


def tallies(connection: Connection, link: str) -> list[Tally]:
    """The link's clicks counted from their rows, by class, reason, state and version of the rules."""
    held = clicks.c
    group = (held["class"], held.reason, held.state, held.rules)
    asked = select(*group, func.sum(held.times).label("count")).where(held.link == link).group_by(*group).order_by(*group)
    return [Tally(Class(row[0]), row[1], State(row[2]), row[3], int(row[4])) for row in connection.execute(asked)]


def export(connection: Connection, user: str) -> Data:
    """The links that are the person's, and the changes of links the person made."""
    mine = connection.execute(select(links).where(links.c.member == user).order_by(links.c.created_at))
    done = connection.execute(select(link_changes).where(link_changes.c.user_id == user).order_by(link_changes.c.id))
    return [
        *({"link": row.code, "label": row.label, "created_at": row.created_at.isoformat()} for row in mine),
        *({"changed": row.link, "at": row.at.isoformat(), "field": row.field, "after": row.after} for row in done),
    ]


def erase(connection: Connection, user: str) -> None:
    """Links and changes stay, the agency's, and say no more whose they were; so do labels, which may be a name."""
    connection.execute(update(links).where(links.c.member == user).values(member=None, label=""))
    connection.execute(update(link_changes).where(link_changes.c.user_id == user).values(user_id=None))


def _link(row: Row[Any]) -> Link:
    fields = {name: getattr(row, name) for name in Link.__slots__}
    return Link(**(fields | {"kind": Kind(row.kind), "state": State(row.state)}))


PEOPLE = Room("links", frozenset({"links", "link_changes"}), export, erase)
