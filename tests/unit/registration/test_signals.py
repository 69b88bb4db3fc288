"""Signals weigh what the table says, their sum is plain, and only a person excludes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.ledger.reasons import REASONS, words
from auth.registration import eligibility
from auth.registration.eligibility import Employer
from auth.registration.model import Attribution, Outcome, Position, Registration
from auth.registration.signals import HELD_FROM, WEIGHTS, Crowd, Evidence, judge
from tests.desk import START

NUMBERS = st.integers(0, 200)
CROWDS = st.builds(Crowd, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
EVIDENCE = st.builds(
    Evidence,
    duplicate=st.sampled_from([None, "same_agency", "other_agency"]),
    crowd=CROWDS,
    age=st.timedeltas(timedelta(), timedelta(days=60)),
    **{name: st.booleans() for name in ("staff", "own_domain", "same_name", "disposable", "place_differs", "body_differs")},
    **{name: st.booleans() for name in ("mixed", "quick")},
    event=st.booleans(),
    used=st.booleans(),
)


@given(EVIDENCE)
def test_the_sum_is_that_of_the_reasons_and_decides(evidence: Evidence) -> None:
    verdict = judge(evidence)
    assert verdict.score == sum(WEIGHTS[code] for code in verdict.reasons)
    assert verdict.outcome is (Outcome.HELD if verdict.score >= HELD_FROM else Outcome.COUNTED)
    assert set(verdict.reasons) <= REASONS.keys()


@given(EVIDENCE)
def test_in_an_events_hours_a_crowd_at_one_address_is_no_signal(evidence: Evidence) -> None:
    """T20."""
    inside = replace(evidence, event=True)
    alone = replace(inside, crowd=Crowd(series=evidence.crowd.series))
    assert judge(inside) == judge(alone)


@pytest.mark.parametrize(
    ("evidence", "reasons", "outcome"),
    [
        (Evidence(), (), Outcome.COUNTED),
        (Evidence(crowd=Crowd(hour=20, day=10, device=2, series=2)), (), Outcome.COUNTED),
        (Evidence(crowd=Crowd(hour=20, day=11)), ("same_address",), Outcome.COUNTED),
        (Evidence(crowd=Crowd(hour=21, day=21)), ("burst", "same_address"), Outcome.HELD),
        (Evidence(crowd=Crowd(device=3, series=3)), ("same_device", "sequential"), Outcome.HELD),
        (Evidence(staff=True, own_domain=True), ("self_staff",), Outcome.HELD),
        (Evidence(own_domain=True), ("self_domain",), Outcome.HELD),
        (Evidence(quick=True, mixed=True), ("mixed_script", "quick_verification"), Outcome.HELD),
        (Evidence(used=False, age=timedelta(days=14)), (), Outcome.COUNTED),
        (Evidence(used=False, age=timedelta(days=14, seconds=1)), ("no_later_use",), Outcome.COUNTED),
        (Evidence(duplicate="other_agency"), ("duplicate_other_agency",), Outcome.HELD),
    ],
)
def test_verdicts(evidence: Evidence, reasons: tuple[str, ...], outcome: Outcome) -> None:
    assert (set(judge(evidence).reasons), judge(evidence).outcome) == (set(reasons), outcome)


def a_registration(**fields: object) -> Registration:
    held = Registration(
        account="u1",
        credit="p1",
        identity="p1",
        attribution=Attribution("agency"),
        contact_class="mobile",
        new=True,
        quick=False,
        enterprise="e1",
        enterprise_name=None,
        role=Position.RD,
        outcome=Outcome.COUNTED,
        reasons=(),
        disputed=False,
        verified_at=START,
        completed_at=START,
        activated_at=START,
        confirmed_at=None,
    )
    return replace(held, **fields)  # type: ignore[arg-type]


SMALL = Employer("e1", "甲", "small", "520100", "520100", "520100")


@pytest.mark.parametrize(
    ("registration", "employer", "reasons"),
    [
        ({}, SMALL, []),
        ({"new": False}, SMALL, ["not_new"]),
        ({"outcome": Outcome.HELD}, SMALL, ["held"]),
        ({"outcome": Outcome.EXCLUDED}, SMALL, ["excluded"]),
        ({"role": None}, SMALL, ["role_missing"]),
        ({"role": Position.EXECUTIVE}, SMALL, ["not_rd"]),
        ({"activated_at": None}, SMALL, ["not_activated"]),
        ({}, None, ["enterprise_missing"]),
        ({}, replace(SMALL, size="large"), ["not_sme"]),
        ({}, replace(SMALL, size=None, region=None), ["region_missing", "size_unknown"]),
        ({}, replace(SMALL, code_region="110000"), ["place_differs"]),
        ({}, replace(SMALL, code_region="520300"), []),
        ({"reasons": ("place_differs",)}, replace(SMALL, code_region="110000"), []),
        (
            {"reasons": ("place_differs",), "outcome": Outcome.HELD},
            replace(SMALL, code_region="110000"),
            ["held", "place_differs"],
        ),
    ],
)
def test_why_a_registration_would_not_count(registration: dict[str, object], employer: Employer | None, reasons: list[str]) -> None:
    assert eligibility.reasons(a_registration(**registration), employer) == reasons
    assert set(reasons) <= REASONS.keys()


def test_every_reason_is_in_both_languages() -> None:
    assert WEIGHTS.keys() <= REASONS.keys()
    assert all(reason.zh and reason.en.isascii() for reason in REASONS.values())
    assert words("of a later version").en == "of a later version"
