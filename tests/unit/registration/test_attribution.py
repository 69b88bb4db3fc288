"""T24: to whom a sign-up is credited at the edge of the 30 days, by the server's clock alone. Both ends are inside."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from auth.access.codes import ByLink
from auth.ledger.model import INSTALLATION
from auth.referral.carrier import WINDOW
from auth.registration.model import Attribution, Origin
from tests.desk import HERE, Desk, a_desk

SHANGHAI = ZoneInfo("Asia/Shanghai")
SECOND = timedelta(seconds=1)
BLINK = timedelta(microseconds=1)
NAMES = map("".join, product("abcdefg", repeat=4))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with a_desk(tmp_path_factory.mktemp("edges")) as opened:
        yield opened


def in_shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def claimed(desk: Desk, at: datetime, carried: str) -> Attribution:
    """What the fact of a sign-up at that instant says, with this cookie."""
    desk.clock.at = at
    logs = (desk.agency, desk.other_agency, INSTALLATION)
    before = {log: len(desk.facts(log)) for log in logs}
    desk.sign_up(f"{next(NAMES)}@x.cn", code=None, origin=Origin(HERE, carried=carried))
    [fact] = [leaf for log in logs for leaf in desk.facts(log)[before[log] :]]
    assert fact.kind == "account:registered"
    return Attribution(agency=fact.agency, link=fact.link)


@pytest.mark.parametrize(
    ("clicked", "signed_up", "counts"),
    [
        ("2027-03-02 10:00:00", "2027-03-02 10:00:00", True),
        ("2027-03-02 10:00:00", "2027-04-01 09:59:59", True),
        ("2027-03-02 10:00:00", "2027-04-01 10:00:00", True),
        ("2027-03-02 10:00:00", "2027-04-01 10:00:00.000001", False),
        ("2027-03-02 10:00:00", "2027-04-01 10:00:01", False),
        # midnight in Shanghai is 16:00 of the day before in UTC: days are not what is counted, and neither is summer time
        ("2027-03-01 00:00:00", "2027-03-31 00:00:00", True),
        ("2027-03-01 00:00:00", "2027-03-31 00:00:01", False),
        ("2027-02-28 23:59:59.999999", "2027-03-30 23:59:59.999999", True),
        ("2027-02-28 23:59:59.999999", "2027-03-31 00:00:00", False),
        ("2027-10-10 12:00:00", "2027-11-09 12:00:00", True),
        # February: thirty days, not a month
        ("2027-01-31 08:00:00", "2027-03-02 08:00:00", True),
        ("2027-01-31 08:00:00", "2027-03-02 08:00:01", False),
        ("2028-01-31 08:00:00", "2028-03-01 08:00:00", True),
        ("2028-01-31 08:00:00", "2028-03-01 08:00:01", False),
        ("2028-02-29 23:59:59", "2028-03-30 23:59:59", True),
        ("2028-02-29 23:59:59", "2028-03-31 00:00:00", False),
        # the end of a year
        ("2027-12-15 00:00:00", "2028-01-14 00:00:00", True),
        ("2027-12-15 00:00:00", "2028-01-14 00:00:01", False),
    ],
)
def test_a_click_is_worth_something_for_thirty_days_to_the_instant(
    clicked: str, signed_up: str, *, counts: bool, desk: Desk
) -> None:
    desk.clock.at = in_shanghai(clicked)
    carried = desk.click(desk.link)
    expected = Attribution(agency=desk.agency, link=desk.link.id) if counts else Attribution()
    assert claimed(desk, in_shanghai(signed_up), carried) == expected


def test_the_last_touch_within_the_window_wins_and_the_first_is_recorded(desk: Desk) -> None:
    """As touches fall out of the window one by one: both; the later alone; none."""
    first, second = desk.link, desk.add_link(desk.other_agency)
    desk.clock.at = begin = in_shanghai("2029-01-01 00:00:00")
    one = desk.click(first)
    desk.clock.advance(days=10)
    two = desk.click(second)
    for after, link, first_link in (
        (WINDOW, second, first),
        (WINDOW + BLINK, second, second),
        (WINDOW + timedelta(days=10), second, second),
        (WINDOW + timedelta(days=10) + BLINK, None, None),
    ):
        desk.clock.at = begin + after
        claim = desk.referral.claims(two, one, None)  # the cookie has the later touch, the form's field the earlier
        assert (claim.link, claim.first_link) == (link, first_link), after
        assert claim.how == ("touch" if link else None)


def test_the_order_in_which_touches_are_brought_is_nothing_to_the_credit(desk: Desk) -> None:
    other = desk.add_link(desk.other_agency)
    desk.clock.at = in_shanghai("2030-05-01 12:00:00")
    early = desk.click(desk.link)
    desk.clock.advance(seconds=1)
    late = desk.click(other)
    assert desk.referral.claims(early, late, None) == desk.referral.claims(late, early, None)
    assert desk.referral.claims(early, late, None).link == other


def test_a_code_typed_by_hand_wins_over_every_touch_and_has_no_window(desk: Desk) -> None:
    typed = desk.add_link(desk.other_agency)
    desk.clock.at = in_shanghai("2031-02-28 23:59:59")
    carried = desk.click(desk.link)
    for after, first in ((timedelta(), desk.link), (WINDOW, desk.link), (WINDOW + SECOND, None), (timedelta(days=3650), None)):
        desk.clock.at = in_shanghai("2031-02-28 23:59:59") + after
        claim = desk.referral.claims(carried, None, typed.code.lower())
        assert (claim.link, claim.how, claim.first_link) == (typed, "declared", first), after


def test_a_click_of_the_future_is_no_reason_to_wait(desk: Desk) -> None:
    """The server's clock was set back an hour: the click is younger than now, and counts."""
    desk.clock.at = in_shanghai("2032-06-01 12:00:00")
    carried = desk.click(desk.link)
    desk.clock.advance(hours=-1)
    assert desk.referral.claims(carried, None, None).link == desk.link


def test_the_credit_is_of_the_sign_up_however_late_it_is_confirmed(tmp_path: Path) -> None:
    """Signed up at the last instant of the window, confirmed a day later by the link."""
    with a_desk(tmp_path) as desk:
        carried = desk.click(desk.link)
        desk.clock.at += WINDOW
        accepted = desk.sign_up("li@x.cn", code=None, origin=Origin(HERE, carried=carried))
        token = desk.token("li@x.cn")
        desk.clock.advance(hours=23)
        user = desk.user_of(desk.enter(ByLink(token, accepted.ref)))
        bound = desk.registration(user).attribution
        assert bound == Attribution(desk.agency, desk.link.id, desk.link.id, "touch")
