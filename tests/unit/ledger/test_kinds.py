"""The table of kinds: what it takes, what it refuses, and that the documentation lists it whole."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from auth.ledger import kinds
from auth.ledger.kinds import KINDS, Check
from auth.ledger.model import Fact, FactRefused
from tests.unit.ledger import kinds_page

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACCOUNT, PERSON = "0" * 32, "a" * 64


def a_fact(kind: str = "account:profile_complete", **fields: Any) -> Fact:
    held = {"enterprise": "e1", "role": "rd"} if kind == "account:profile_complete" else {}
    return Fact(**({"kind": kind, "happened_at": NOON, "account": ACCOUNT, "attributes": held} | fields))


def sound(check: Check) -> Any:
    """A value that the check takes."""
    tried = [True, 7, "2026-03-01", "a" * 64, "520102", "52", "id-1", "a", ["a"], *check.says.split(" · ")]
    return next(value for value in tried if check.holds(value))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_takes_a_whole_fact_and_misses_each_thing_it_needs(kind: str) -> None:
    shape = KINDS[kind]
    named = {name: PERSON if name == "person" else ACCOUNT for name in shape.about}
    whole = {name: sound(check) for name, check in (*shape.needs.items(), *shape.may.items())}
    fact = Fact(kind=kind, happened_at=NOON, attributes=whole, **named)
    kinds.check(fact)
    kinds.check(msgspec.structs.replace(fact, attributes={name: whole[name] for name in shape.needs}))
    for name in shape.needs:
        with pytest.raises(FactRefused, match=name):
            kinds.check(msgspec.structs.replace(fact, attributes={other: whole[other] for other in whole if other != name}))
    for name in shape.about:
        with pytest.raises(FactRefused, match=name):
            kinds.check(msgspec.structs.replace(fact, **{name: None}))


@dataclass(frozen=True)
class Wrong:
    """A fact with one fault."""

    fields: dict[str, Any]
    says: str


WRONG = [
    Wrong({"kind": "account:promoted"}, "account:promoted"),
    Wrong({"attributes": {"enterprise": "e1", "role": "rd", "colour": "red"}}, "colour"),
    Wrong({"attributes": {"enterprise": "e1", "role": "boss"}}, "role"),
    Wrong({"attributes": {"enterprise": "e1", "role": "rd", "region": "52010"}}, "region"),
    Wrong({"attributes": {"enterprise": "e1", "role": "rd", "marks": "one"}}, "marks"),
    Wrong({"attributes": {"enterprise": "e1", "role": "rd", "marks": ["a"] * 65}}, "marks"),
    Wrong({"attributes": {"enterprise": "e 1", "role": "rd"}}, "enterprise"),
    Wrong({"attributes": {"enterprise": "", "role": "rd"}}, "enterprise"),
    Wrong({"account": None}, "account"),
    Wrong({"person": "short"}, "person"),
    Wrong({"link": "a b"}, "link"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.says)
def test_what_the_table_does_not_hold_is_refused(wrong: Wrong) -> None:
    kinds.check(a_fact())
    with pytest.raises(FactRefused, match=wrong.says):
        kinds.check(a_fact(**wrong.fields))


@pytest.mark.parametrize(
    "contact", ["li@example.com", "13800138000", "+8613800138000", "+86 13800138000", "电话 13800138000。", "8613800138000"]
)
def test_a_contact_is_no_attribute(contact: str) -> None:
    """No personal data in a leaf: an address or a number to call is refused wherever text is taken."""
    for reasons in (["burst", contact], [f"see {contact}"]):
        with pytest.raises(FactRefused) as refused:
            kinds.check(a_fact("account:held", attributes={"reasons": reasons}))
        assert contact not in str(refused.value)


@pytest.mark.parametrize("word", ["burst", "duplicate_other_agency", "培训签到表第3页", "20260301-0013", "f13812345678a"])
def test_a_reason_may_be_any_other_text(word: str) -> None:
    kinds.check(a_fact("account:held", attributes={"reasons": [word]}))


@pytest.mark.parametrize("value", [1, True, "2026-02-30", "2026-3-1", "20260301", "２０２６-03-01", ["2026-03-01"]])
def test_a_day_is_a_day(value: Any) -> None:
    assert not kinds.DAY.holds(value)


@pytest.mark.parametrize("value", [True, 2**53, "1", ["1"]])
def test_an_integer_is_an_integer(value: Any) -> None:
    assert not kinds.NUMBER.holds(value)


@pytest.mark.parametrize("text", ["a\nb", "\x7f", "\ud800", "x" * 201, ""])
def test_text_is_short_and_plain(text: str) -> None:
    assert not kinds.TEXT.holds(text)


def test_the_documentation_lists_every_kind_with_its_attributes() -> None:
    """`python -m tests.unit.ledger.kinds_page` writes it."""
    page = kinds_page.PAGE.read_text()
    assert kinds_page.renewed(page) == page
