"""Links, clicks on them, and what a click is worth to whoever signs up later."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """Whose the link is: the agency's, one member's, one training's (shown as QR), or another site's that embeds it."""

    AGENCY = "agency"
    MEMBER = "member"
    EVENT = "event"
    EMBEDDED = "embedded"


class State(StrEnum):
    """What its holder says of a link; time adds `expired`. Only on an active one a click is worth anything."""

    ACTIVE = "active"
    PAUSED = "paused"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Class(StrEnum):
    """What a click looks like. All are kept; a rule of a later version may judge them anew."""

    HUMAN = "human?"
    PREVIEW = "preview"
    BOT = "bot"
    HEAD = "head"
    REPEAT = "repeat"
    DEAD_CODE = "dead-code"


@dataclass(frozen=True, slots=True)
class Link:
    """`code` is canonical (10 characters, upper case). `organisation` is the holder that gets the credit; `enterprise` fills
    the form; `member` the account whose link it is. `first`, `last`: an event's hours. `version` counts changes from 1."""

    id: str
    code: str
    kind: Kind
    organisation: str
    enterprise: str | None
    member: str | None
    label: str
    first: datetime | None
    last: datetime | None
    expires_at: datetime | None
    state: State
    version: int
    created_at: datetime

    def state_at(self, now: datetime) -> State:
        """Its state, the end of its time considered: the last instant is `expires_at` itself."""
        over = self.state in (State.ACTIVE, State.PAUSED) and self.expires_at is not None and now > self.expires_at
        return State.EXPIRED if over else self.state

    def under_way(self, now: datetime) -> bool:
        """Whether it is an event's link and its hours run, both ends included: then many people share one address."""
        return self.first is not None and self.last is not None and self.first <= now <= self.last


@dataclass(frozen=True, slots=True)
class Facts:
    """What a request says of itself. `address` is the network address; `purpose` what the browser says of a page fetched
    ahead (Sec-Purpose, Purpose, X-Purpose, X-Moz); `carried` the value of the carrier's cookie."""

    method: str
    address: str
    agent: str = ""
    purpose: str = ""
    carried: str | None = None


@dataclass(frozen=True, slots=True)
class Touch:
    """A click as the browser carries it: the click's random id, its link, and its second."""

    id: str
    link: str
    at: int


@dataclass(frozen=True, slots=True)
class Landing:
    """What the sign-up page shows after a click. `link`, `organisation` (name of the holder) and `enterprise` (id and name, to
    fill the form) are ``None`` for a code that is not good, or not any more: the form works all the same, without credit.
    `carrier` is the new value of the cookie and of the form's hidden field; ``None`` where there is nothing to carry."""

    link: Link | None
    organisation: str | None
    enterprise: tuple[str, str] | None
    carrier: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """To which link a sign-up is to be credited. `how`: by a touch (a click within the window) or declared (a code typed by
    hand); ``None`` with no link: by nobody. `touched_at`, `touch`: the click that counts; `first_link`: the first touch."""

    link: Link | None = None
    first_link: Link | None = None
    how: Literal["touch", "declared"] | None = None
    touch: str | None = None
    touched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a link changed; `by` is the account that did it, ``None`` once it is erased."""

    at: datetime
    by: str | None
    field: str
    before: str | None
    after: str | None
