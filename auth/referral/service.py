"""`Referral`: what a visitor gets from a click, and to which link a sign-up is to be credited.

The browser carries touches; the stored clicks decide.  A touch counts when it is a click that this installation answered with
the page of an active link no more than `WINDOW` ago by the server's clock; what a browser brings besides is passed over and
logged, and the sign-up works all the same.
"""

import hashlib
import hmac
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from auth.clock import Clock, now
from auth.credentials.throttle import place
from auth.database import Connection, Database
from auth.organisations import service as organisations
from auth.referral import classes, codes, store
from auth.referral.carrier import WINDOW, Carrier, CarrierForged
from auth.referral.model import Claim, Facts, Landing, Link, State, Touch
from auth.referral.problems import CodeUnknown, TooManyDeadCodes
from auth.referral.store import Click

DEAD_CODES = 120
DEAD_WINDOW = timedelta(minutes=10)
"""Codes that are none, from one address in this time; sixty people may mistype twice. A good code is served at any time."""

_TYPED = re.compile(r"[0-9A-Za-z-]{1,32}", re.ASCII)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Held:
    """A touch as the database has it."""

    id: str
    link: str
    at: datetime


class Referral:
    """`key` is derived for this room: it signs carriers and hides addresses."""

    def __init__(self, database: Database, key: bytes, *, clock: Clock = now) -> None:
        self._database = database
        self._carrier = Carrier(key)
        self._place_key = hmac.digest(key, b"place", hashlib.sha256)
        self._clock = clock

    def land(self, code: str, facts: Facts) -> Landing:
        """Records the click and says what the page shows. `TooManyDeadCodes` for an address that guesses.

        A code that is none and one that is paused, expired or revoked get the same answer.
        """
        at = self._clock()
        with self._database.write() as connection:
            known = codes.canonical(code)
            link = store.by_code(connection, known) if known else None
            carried = self._touches(connection, [facts.carried], now=at)
            click = self._click(code, facts, link, carried, at)
            slowed = link is None and store.dead_clicks(connection, click.place, since=at - DEAD_WINDOW) >= DEAD_CODES
            if slowed:
                store.add_to_dead(connection, click.place)
            else:
                store.add_click(connection, click, facts)
            landing = self._landing(connection, link, click, facts, carried)
        if slowed:
            raise TooManyDeadCodes(retry_after_s=int(DEAD_WINDOW.total_seconds()))
        return landing

    def claims(self, cookie: str | None, field: str | None, typed: str | None) -> Claim:
        """The credit a sign-up claims now: by the code typed, else by the last touch in the cookie or the form's field.

        `CodeUnknown` when a code was typed that is none or not active.
        """
        at = self._clock()
        with self._database.read() as connection:
            touches = self._touches(connection, [cookie, field], now=at)
            held = store.by_ids(connection, [touch.link for touch in touches])
            first = held[touches[0].link] if touches else None
            if typed and typed.strip():
                code = codes.canonical(typed)
                link = store.by_code(connection, code) if code else None
                if link is None or link.state_at(at) is not State.ACTIVE:
                    raise CodeUnknown
                return Claim(link, first, "declared")
        if not touches:
            return Claim()
        last = touches[-1]
        return Claim(held[last.link], first, "touch", last.id, last.at)

    def invited(self, cookie: str | None, field: str | None, typed: str | None) -> Landing:
        """By whom, as things stand, somebody who fills in the form is invited; a code that is none counts as not typed."""
        try:
            link = self.claims(cookie, field, typed).link
        except CodeUnknown:
            link = self.claims(cookie, field, None).link
        if link is None:
            return Landing(None, None, None, field)
        with self._database.read() as connection:
            return _shown(connection, link, field)

    def _touches(self, connection: Connection, carried: list[str | None], *, now: datetime) -> list[_Held]:
        """The touches among what was brought that count, oldest first."""
        brought: dict[str, Touch] = {}
        for text in filter(None, carried):
            try:
                brought |= {touch.id: touch for touch in self._carrier.open(text)}
            except CarrierForged:
                _log.warning("a carrier of touches was not one of ours: passed over")
        stored = store.touches(connection, brought)
        touches = []
        for touch in brought.values():
            link, at = stored.get(touch.id, (None, None))
            if at is None or link != touch.link or int(at.timestamp()) != touch.at:
                _log.warning("a touch of a carrier is no stored click: passed over")
            elif now - at <= WINDOW:
                touches.append(_Held(touch.id, link, at))
        return sorted(touches, key=lambda touch: (touch.at, touch.id))

    def _click(self, code: str, facts: Facts, link: Link | None, carried: list[_Held], at: datetime) -> Click:
        again = link is not None and any(touch.link == link.id for touch in carried)
        kind, reason = classes.classify(facts, known=link is not None, carried=again)
        return Click(
            id=secrets.token_hex(16),
            at=at,
            link=link.id if link else None,
            typed=code if link is None and _TYPED.fullmatch(code) else None,
            state=link.state_at(at) if link else None,
            kind=kind,
            reason=reason,
            rules=classes.RULES,
            place=hmac.digest(self._place_key, place(facts.address).encode(), hashlib.sha256).hex(),
        )

    def _landing(self, connection: Connection, link: Link | None, click: Click, facts: Facts, carried: list[_Held]) -> Landing:
        good = link if click.state is State.ACTIVE else None
        if good is not None and facts.method != "HEAD":
            carried = [*carried, _Held(click.id, good.id, click.at)]
        touches = [Touch(held.id, held.link, int(held.at.timestamp())) for held in carried]
        value = self._carrier.seal(touches) if touches else None
        if good is None:
            return Landing(None, None, None, value)
        return _shown(connection, good, value)


def _shown(connection: Connection, link: Link, carrier: str | None) -> Landing:
    """The holder by its name, and the enterprise that fills the form."""
    name = organisations.name(connection, link.organisation)
    enterprise = (link.enterprise, organisations.name(connection, link.enterprise)) if link.enterprise else None
    return Landing(link, name, enterprise, carrier)
