"""A fact, and the leaf it becomes: what was done, when, by which account, for which agency. Never who the person is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

INSTALLATION = "installation"
"""The log of facts that belong to no agency."""

VERSION = 1
"""`v` of every leaf written today; a verifier refuses others."""

Value = str | int | bool | list[str]
"""What an attribute may be: no fraction, no nesting, nothing absent."""


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """What happened. `kinds.KINDS` says which kinds there are and which attributes each has.

    `happened_at` is the instant of the deed; `account` the random 128-bit id, the same in all facts of one account;
    `person` the salted commitment (`people.commit`); `agency` the id of the agency the deed is attributed to, and then the
    fact stands in that agency's log; `link` the referral link.  Absent is ``None``.
    """

    kind: str
    happened_at: datetime
    account: str | None = None
    person: str | None = None
    agency: str | None = None
    link: str | None = None
    attributes: Mapping[str, Value] = msgspec.field(default_factory=dict)


class Leaf(Fact, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """A fact as its log holds it: `seq` counts from 0 without a gap, `recorded_at` never goes back within a log."""

    v: int
    seq: int
    recorded_at: datetime


class FactRefused(ValueError):
    """The fact is not one the ledger takes: a mistake of the program that wrote it, never of a caller."""


def document(fact: Fact, *, seq: int, recorded_at: datetime) -> dict[str, Any]:
    """The leaf as the JSON object that is hashed: absent members left out, instants as `instant_text`."""
    members: dict[str, Any] = {
        "v": VERSION,
        "seq": seq,
        "kind": fact.kind,
        "recorded_at": instant_text(recorded_at),
        "happened_at": instant_text(fact.happened_at),
        "account": fact.account,
        "person": fact.person,
        "agency": fact.agency,
        "link": fact.link,
        "attributes": dict(fact.attributes),
    }
    return {name: value for name, value in members.items() if value is not None}


def instant_text(instant: datetime) -> str:
    """RFC 3339 in UTC, always with six decimals and Z, so that the text sorts as the time does; `FactRefused` without a zone."""
    offset = instant.utcoffset()
    if offset is None:
        raise FactRefused("an instant needs its zone")
    return f"{(instant - offset).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


_decode = msgspec.json.Decoder(Leaf).decode


def leaf(data: bytes) -> Leaf:
    """The leaf of its canonical bytes; `msgspec.DecodeError` when they are not one."""
    return _decode(data)
