"""A link in time: which side of its edges counts."""

from datetime import UTC, datetime, timedelta

import pytest

from auth.referral.model import Kind, Link, State

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def a_link(state: State = State.ACTIVE, *, kind: Kind = Kind.EVENT) -> Link:
    hours = (NOON, NOON + timedelta(hours=3)) if kind is Kind.EVENT else (None, None)
    end = NOON + timedelta(days=1)
    return Link("l", "0000000000", kind, "o", None, None, "", *hours, end, state, 1, NOON)


@pytest.mark.parametrize(("shift", "state"), [(-SECOND, State.ACTIVE), (SECOND * 0, State.ACTIVE), (SECOND, State.EXPIRED)])
def test_a_link_is_good_up_to_its_last_instant(shift: timedelta, state: State) -> None:
    assert a_link().state_at(NOON + timedelta(days=1) + shift) is state


def test_revoked_stays_revoked_when_its_time_is_over() -> None:
    later = NOON + timedelta(days=2)
    assert a_link(State.REVOKED).state_at(later) is State.REVOKED
    assert a_link(State.PAUSED).state_at(later) is State.EXPIRED


@pytest.mark.parametrize(
    ("after", "running"),
    [(-SECOND, False), (SECOND * 0, True), (timedelta(hours=3), True), (timedelta(hours=3, seconds=1), False)],
)
def test_an_events_hours_have_both_their_ends(after: timedelta, running: bool) -> None:
    assert a_link().under_way(NOON + after) is running
    assert not a_link(kind=Kind.AGENCY).under_way(NOON + after)
