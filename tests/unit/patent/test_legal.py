"""The legal status: forty histories made by hand, and what holds for any."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.patent import legal, model
from search.patent.happenings import told
from search.patent.legal import Known, status
from search.patent.model import LegalEvent
from search.patent.terms import after

HISTORIES = tomllib.loads(Path(__file__).with_name("histories.toml").read_text("utf-8"))["history"]


def known(history: dict[str, Any]) -> Known:
    events = tuple(LegalEvent(date=day, event=event) for day, event in history.get("given", ()))
    return Known(**history["known"], given=events)


def test_there_are_forty() -> None:
    assert len(HISTORIES) == 40


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history["name"])
def test_status_of(history: dict[str, Any]) -> None:
    found = status(known(history), date.fromisoformat(history["today"]))
    assert (found.status, found.since, found.next_change, found.confidence) == (
        history["status"],
        history.get("since"),
        history.get("next_change"),
        history["confidence"],
    )
    log = "\n".join(f"{event.date} {event.event} {event.rule or ''}" for event in found.log)
    for fragment in history.get("says", ()):
        assert fragment in log


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history["name"])
def test_a_status_changes_on_its_day_and_not_before(history: dict[str, Any]) -> None:
    today = date.fromisoformat(history["today"])
    found = status(known(history), today)
    if found.next_change and all(day <= history["today"] for day, _ in history.get("given", ())):
        change = date.fromisoformat(found.next_change)
        before, then = status(known(history), change - timedelta(days=1)), status(known(history), change)
        assert (before.status, before.since) != (then.status, then.since)


DAYS = st.one_of(st.none(), st.dates(date(1984, 1, 1), date(2035, 1, 1)).map(date.isoformat))
EVENTS = st.tuples(
    st.dates(date(1984, 1, 1), date(2035, 1, 1)).map(date.isoformat),
    st.sampled_from(
        ["授权", "驳回", "未缴年费专利权终止", "专利权的恢复", "专利权全部无效", "转移", "Anticipated Termination Date"]
    ),
)
ANY = st.builds(
    Known,
    country=st.sampled_from(["CN", "US", "EP", "WO", "JP", "KR", "XX"]),
    type=st.sampled_from([None, *get_args(model.Type)]),
    filed=DAYS,
    priority=DAYS,
    published=DAYS,
    pre_grant=DAYS,
    granted=DAYS,
    given=st.lists(EVENTS.map(lambda pair: LegalEvent(date=pair[0], event=pair[1])), max_size=4).map(tuple),
)


@given(ANY, st.dates(date(1985, 1, 1), date(2060, 1, 1)))
def test_any_history_has_a_status_with_its_reasons(history: Known, today: date) -> None:
    found = status(history, today)
    assert found.status in legal.STATES
    assert found.confidence in ("high", "medium", "low")
    assert [event.date for event in found.log] == sorted(event.date for event in found.log)
    assert set(history.given) <= set(found.log)
    assert found.next_change is None or found.next_change > today.isoformat()
    again = replace(history, given=tuple(event for event in found.log if event.rule is None))
    assert status(again, today) == found


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last(day: str, months: int, then: str) -> None:
    assert after(date.fromisoformat(day), months=months) == date.fromisoformat(then)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("专利权有效期届满", "expired"),
        ("专利权人的姓名或者名称、地址的变更", None),
        ("发明专利申请公布后的视为撤回", "withdrawn"),
        ("Lapsed due to non-payment of annual fee", "lapsed"),
        ("Patent expired due to nonpayment of maintenance fees", "lapsed"),
        ("Expired due to failure to pay maintenance fee", "lapsed"),
        ("实质审查的生效", None),
    ],
)
def test_words_of_offices(words: str, what: str | None) -> None:
    assert told(words) == what
