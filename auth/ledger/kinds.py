"""The one table of kinds of facts and their attributes. A kind or attribute that is not here is refused: a leaf stays for ever.

Attributes are integers, booleans, short text and lists of short text.  None is a person's data, and text that looks like an
address or a number to call is refused everywhere.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from auth.ledger.canonical import INTEGER_LIMIT
from auth.ledger.model import Fact, FactRefused, Value

MAX_TEXT = 200
MAX_ITEMS = 64


@dataclass(frozen=True, slots=True)
class Check:
    """`says` is the shape in words, for messages and the documentation."""

    says: str
    holds: Callable[[Value], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """`needs` and `may` are the attributes a fact of the kind must and can have; `about` the fields of the fact it must name."""

    needs: Mapping[str, Check] = field(default_factory=dict)
    may: Mapping[str, Check] = field(default_factory=dict)
    about: Sequence[str] = ()


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTACT = re.compile(r"@|(?<!\w)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\w)", re.ASCII)


def _is_text(value: Value) -> bool:
    return (
        isinstance(value, str) and 0 < len(value) <= MAX_TEXT and _CONTROL.search(value) is None and _CONTACT.search(value) is None
    )


def _is_day(value: Value) -> bool:
    if not isinstance(value, str) or re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _matches(pattern: str) -> Callable[[Value], bool]:
    form = re.compile(pattern, re.ASCII)
    return lambda value: _is_text(value) and isinstance(value, str) and form.fullmatch(value) is not None


def _one_of(*words: str) -> Check:
    return Check(" · ".join(words), lambda value: value in words)


def _list_of(item: Check) -> Check:
    def holds(value: Value) -> bool:
        return isinstance(value, list) and len(value) <= MAX_ITEMS and all(isinstance(x, str) and item.holds(x) for x in value)

    return Check(f"list of {item.says}", holds)


TEXT = Check("text", _is_text)
TEXTS = _list_of(TEXT)
ID = Check("id", _matches(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}"))
FLAG = Check("true or false", lambda value: isinstance(value, bool))
NUMBER = Check("integer", lambda value: isinstance(value, int) and not isinstance(value, bool) and abs(value) <= INTEGER_LIMIT)
DAY = Check("day", _is_day)
DIGEST = Check("SHA-256 in hexadecimal", _matches(r"[0-9a-f]{64}"))
DIVISION = Check("division code of 6 digits", _matches(r"\d{6}"))
PROVINCE = Check("division code of 2 digits", _matches(r"\d{2}"))

FIELDS: Mapping[str, Check] = {"account": ID, "person": DIGEST, "agency": ID, "link": ID}
"""What the fields of every fact look like where they are named."""

_ACCOUNT = ("account",)
_SIZE = _one_of("micro", "small", "medium", "large", "unknown")
_JUDGED = Kind(may={"reasons": TEXTS, "decision": TEXT, "rule": TEXT}, about=_ACCOUNT)
_OF_ENTERPRISE = {"size": _SIZE, "region": DIVISION, "marks": TEXTS}
"""What is copied from the enterprise into a deed for it, as it was then."""
_DONE = Kind(needs={"enterprise": ID, "what": TEXT}, may=_OF_ENTERPRISE | {"amount": NUMBER, "project": ID})

KINDS: Mapping[str, Kind] = {
    "account:registered": Kind(needs={"channel": _one_of("email", "mobile", "assisted")}, about=_ACCOUNT),
    "account:contact_verified": Kind(
        needs={
            "contact_class": _one_of("mobile", "enterprise_mail", "public_mailbox", "in_person"),
            "new": FLAG,
        },
        may={"first_link": ID, "how": _one_of("touch", "declared"), "project": ID},
        about=("account", "person"),
    ),
    "account:profile_complete": Kind(
        needs={"enterprise": ID, "role": _one_of("rd", "ip_manager", "executive", "other")},
        may={
            "size": _SIZE,
            "region": DIVISION,
            "code_region": DIVISION,
            "address_region": DIVISION,
            "marks": TEXTS,
        },
        about=_ACCOUNT,
    ),
    "account:activated": Kind(about=_ACCOUNT),
    "account:role_confirmed": Kind(needs={"by": _one_of("enterprise_contact", "call_back")}, about=_ACCOUNT),
    "account:held": _JUDGED,
    "account:released": _JUDGED,
    "account:excluded": _JUDGED,
    "account:disputed": _JUDGED,
    "account:withdrawn": _JUDGED,
    "account:erased": _JUDGED,
    "account:called_back": Kind(
        needs={"sample": ID, "by": _one_of("person", "officer"), "self": FLAG, "rd": FLAG, "used": FLAG},
        about=_ACCOUNT,
    ),
    "account:registered_elsewhere": Kind(needs={"project": ID, "list": DIGEST}, about=_ACCOUNT),
    "project:contract": Kind(
        needs={
            "project": ID,
            "first": DAY,
            "last": DAY,
            "province": PROVINCE,
            "quarters": _one_of("contract", "calendar"),
            "contract_sha256": DIGEST,
            "reading": TEXT,
        },
        may={"agency": ID, "grade": TEXT, "numbers": TEXTS, "modifiers": TEXTS},
    ),
    "project:rule_adopted": Kind(
        needs={"project": ID, "rule": ID, "version": NUMBER, "sha256": DIGEST}, may={"direction": ID, "counts": TEXTS}
    ),
    "project:decision": Kind(
        needs={
            "project": ID,
            "decision": _one_of("extension", "replacement", "plan", "waiver", "attribution", "exclusion", "release"),
            "document_sha256": DIGEST,
        },
        may={"last": DAY, "target": ID, "value": NUMBER, "enterprise": ID, "by": ID, "to": ID},
    ),
    "sample:committed": Kind(needs={"project": ID, "sample": ID, "target": ID, "commitment": DIGEST}),
    "sample:drawn": Kind(needs={"project": ID, "sample": ID, "size": NUMBER, "root": DIGEST, "people": NUMBER}),
    "sample:closed": Kind(needs={"project": ID, "sample": ID, "nonce": DIGEST, "yes": NUMBER, "no": NUMBER, "unreachable": NUMBER}),
    "enterprise:mark": Kind(
        needs={"enterprise": ID, "mark": TEXT, "document_sha256": DIGEST}, may={"value": TEXT, "first": DAY, "last": DAY}
    ),
    "agreement:signed": Kind(
        needs={"enterprise": ID, "first": DAY, "last": DAY, "free": FLAG, "sha256": DIGEST}, may=_OF_ENTERPRISE | {"project": ID}
    ),
    "push:delivered": Kind(
        needs={
            "enterprise": ID,
            "customised": FLAG,
            "parts": _list_of(_one_of("a", "b", "c", "d", "e")),
            "channel": TEXT,
            "grade": _one_of("declared", "accepted", "delivered", "opened", "acknowledged"),
        },
        may=_OF_ENTERPRISE | {"project": ID},
    ),
    "training:held": Kind(needs={"training": ID}, may={"audience": TEXT, "project": ID}),
    "training:attended": Kind(needs={"training": ID}, may={"project": ID}, about=("person",)),
    "visit:made": _DONE,
    "service:given": _DONE,
    "pair:signed": _DONE,
    "case:published": _DONE,
    "need:collected": _DONE,
}
"""Kind to what its facts carry. Kinds and what they may carry are only added: facts of today are checked for ever."""


def check(fact: Fact) -> None:
    """Refuses a fact that is not as the table says: `FactRefused` names the first thing that is wrong, never its content."""
    kind = KINDS.get(fact.kind)
    if kind is None:
        raise FactRefused(f"no kind of fact is named {fact.kind!r}")
    for name, shape in FIELDS.items():
        value = getattr(fact, name)
        if value is None and name in kind.about:
            raise FactRefused(f"{fact.kind} needs {name}")
        if value is not None and not shape.holds(value):
            raise FactRefused(f"{fact.kind}: {name} is no {shape.says}")
    for name in kind.needs:
        if name not in fact.attributes:
            raise FactRefused(f"{fact.kind} needs the attribute {name}")
    for name, value in fact.attributes.items():
        held = kind.needs.get(name) or kind.may.get(name)
        if held is None:
            raise FactRefused(f"{fact.kind} has no attribute {name!r}")
        if not held.holds(value):
            raise FactRefused(f"{fact.kind}: {name} is no {held.says}")
