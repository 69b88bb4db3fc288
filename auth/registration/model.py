"""A sign-up, the registration it becomes, and what is held of both."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from pydantic import Field

from auth.users.contacts import ContactClass


class Position(StrEnum):
    """What the person does in the enterprise: 科研技术人员, 知识产权管理人员, 高层管理人员, 其他 (S0 L11, L14)."""

    RD = "rd"
    IP_MANAGER = "ip_manager"
    EXECUTIVE = "executive"
    OTHER = "other"


class Consent(StrEnum):
    """What a person may agree to, each by itself (PIPL articles 14 and 23); only the first is needed for an account."""

    TERMS = "terms"
    SHOW_NAME = "show_name"
    MAY_CALL = "may_call"


class Outcome(StrEnum):
    """Whether a registration counts as far as signals and people say. Only a person excludes."""

    COUNTED = "counted"
    HELD = "held"
    EXCLUDED = "excluded"


class Deed(StrEnum):
    """What was done about a registration; each is a fact, `account:<deed>`, a move a `project:decision`."""

    HELD = "held"
    RELEASED = "released"
    EXCLUDED = "excluded"
    DISPUTED = "disputed"
    MOVED = "moved"


Channel = Literal["email", "mobile", "assisted"]


class Consents(msgspec.Struct, frozen=True):
    """What was ticked."""

    terms: bool = False
    show_name: bool = False
    may_call: bool = False

    def given(self) -> list[Consent]:
        """Those that were."""
        return [consent for consent in Consent if getattr(self, consent)]


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What a sign-up says of the person. `enterprise` is the id of one that is held; else it is named, with its credit code.
    `password` is a hash here."""

    name: str | None = None
    role: Position | None = None
    enterprise: str | None = None
    enterprise_name: str | None = None
    credit_code: str | None = None
    password: str | None = None
    channel: Channel = "email"
    consents: Consents = Consents()


@dataclass(frozen=True, slots=True)
class SignUp:
    """A form as it is sent. `code` is one typed by hand, `carried` the form's hidden field; `password` as typed."""

    contact: str
    name: str | None = None
    role: Position | None = None
    enterprise: str | None = None
    enterprise_name: str | None = None
    credit_code: str | None = None
    password: str | None = None
    code: str | None = None
    carried: str | None = None
    consents: Consents = field(default_factory=Consents)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from: the network address, the device's random cookie, the carrier's cookie."""

    address: str
    device: str | None = None
    carried: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer to a sign-up or a request for a code, the same whether or not the contact is known. `ref` belongs to the digits
    of the message; it leaves after `wait_s` seconds, or at once for a solution of `challenge`."""

    ref: str
    wait_s: Annotated[int, Field(description="the message leaves after so many seconds; 0: at once")] = 0
    challenge: Annotated[
        dict[str, object] | None, Field(description="ALTCHA: its solution, sent to /auth/proof, spares the wait")
    ] = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """To whom a registration is credited, as it was bound when the contact was first verified."""

    agency: str | None = None
    link: str | None = None
    first_link: str | None = None
    how: Literal["touch", "declared"] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A sign-up whose contact is not verified yet. `account` is the id that its facts have; `form` and the contact go when it
    is settled. `event`: made while a training's hours ran; `place`, `device`, `series` are keyed hashes."""

    id: str
    account: str
    state: Literal["pending", "confirmed", "lapsed"]
    contact: str | None
    contact_key: str | None
    form: Form | None
    attribution: Attribution
    event: bool
    place: str | None
    device: str | None
    series: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Registration:
    """An account whose contact was verified. `credit` is the person's fingerprint on the one account that may count for him,
    `identity` the same on every account of his; `new`: nobody of this fingerprint was here before; `quick`: verified in less
    than two seconds; `reasons` those of the last judgement."""

    account: str
    credit: str | None
    identity: str
    attribution: Attribution
    contact_class: ContactClass
    new: bool
    quick: bool
    enterprise: str | None
    enterprise_name: str | None
    role: Position | None
    outcome: Outcome
    reasons: tuple[str, ...]
    disputed: bool
    verified_at: datetime
    completed_at: datetime | None
    activated_at: datetime | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A deed about a registration; `explanation` is what the person `by` wrote; both are ``None`` for a rule's."""

    id: str
    account: str
    at: datetime
    deed: Deed
    reasons: tuple[str, ...]
    explanation: str | None = None
    by: str | None = None
