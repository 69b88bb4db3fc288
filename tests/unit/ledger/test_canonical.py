"""Canonical JSON, and the leaf made of it."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.ledger import canonical, model
from auth.ledger.model import Fact, FactRefused

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(partial(unicodedata.normalize, "NFC"))
VALUES = st.recursive(
    st.booleans() | st.integers(-canonical.INTEGER_LIMIT, canonical.INTEGER_LIMIT) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcxyz_", min_size=1, max_size=4), inner, max_size=4),
    max_leaves=12,
)


def test_the_form_is_that_of_rfc_8785() -> None:
    value = {"b": '€$\x0f\nA\'B"\\\\"/\x7f', "a": [1, True, "专利"], "A": {}}
    assert canonical.dumps(value).decode() == (r'{"A":{},"a":[1,true,"专利"],"b":"€$\u000f\nA' + "'" + r"B\"\\\\\"/" + '\x7f"}')


@given(VALUES)
def test_one_value_has_one_spelling_and_reads_back(value: object) -> None:
    data = canonical.dumps(value)
    assert json.loads(data) == value
    assert canonical.dumps(json.loads(data)) == data


@pytest.mark.parametrize(
    "value",
    [1.0, None, float("nan"), 2**53, -(2**53), "e\u0301", "\ud800", {"é": 1}, {1: 1}, {"a": [0.5]}, b"x", {"a": {"b": None}}],
)
def test_what_two_programs_could_read_differently_is_refused(value: object) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.dumps(value)


def test_a_leaf_is_these_very_bytes() -> None:
    """Pinned: a change here makes every log ever signed unreadable."""
    fact = Fact(
        kind="account:contact_verified",
        happened_at=NOON.astimezone(timezone(timedelta(hours=8))),
        account="0" * 32,
        agency="a1",
        attributes={"new": True, "contact_class": "mobile"},
    )
    data = canonical.dumps(model.document(fact, seq=7, recorded_at=NOON + timedelta(microseconds=1)))
    assert data == (
        b'{"account":"00000000000000000000000000000000","agency":"a1","attributes":{"contact_class":"mobile","new":true},'
        b'"happened_at":"2026-03-01T12:00:00.000000Z","kind":"account:contact_verified",'
        b'"recorded_at":"2026-03-01T12:00:00.000001Z","seq":7,"v":1}'
    )
    leaf = model.leaf(data)
    assert (leaf.seq, leaf.recorded_at, leaf.happened_at) == (7, NOON + timedelta(microseconds=1), NOON)
    assert (leaf.kind, leaf.account, leaf.person, leaf.attributes) == (fact.kind, fact.account, None, fact.attributes)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(FactRefused, match="zone"):
        model.instant_text(datetime(2026, 3, 1))  # noqa: DTZ001 - the very mistake


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001 - hypothesis asks for naive bounds
def test_instants_sort_as_their_text(local: datetime, minutes: int) -> None:
    instant = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    text = model.instant_text(instant)
    assert (len(text), datetime.fromisoformat(text)) == (27, instant)
