"""What makes a registration wait for a person: signals, each with its weight, and their plain sum. Pure.

A signal is no verdict.  From `HELD_FROM` on a registration is held until a person decides; only a person excludes (PIPL article
24), and nothing is decided by time.  Many people at one address are the normal case in a training room: while an event's hours
run, what tells a crowd from a script is not asked.
"""

from dataclasses import dataclass
from datetime import timedelta

from auth.registration.model import Outcome

RULE = "signals:2"
"""Name and version of this table, kept with each judgement."""

HELD_FROM = 100
WEIGHTS = {
    "self_staff": 100,
    "self_domain": 100,
    "duplicate_person": 100,
    "duplicate_other_agency": 100,
    "duplicate_name": 100,
    "disposable_domain": 100,
    "place_differs": 100,
    "body_differs": 100,
    "mixed_script": 60,
    "burst": 60,
    "same_device": 60,
    "sequential": 60,
    "same_address": 40,
    "quick_verification": 40,
    "no_later_use": 40,
}

BURST = 20
"""More sign-ups than this from one address within an hour before or after."""
SAME_ADDRESS = 10
"""More than this from one address within a day."""
SAME_DEVICE = 2
"""More than this on one device within a month."""
SEQUENTIAL = 3
"""At least so many contacts that differ by their number alone, within a day."""
QUICK = timedelta(seconds=2)
UNUSED = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many accounts were claimed near this one, itself included and those of event hours left out: from its address within
    an hour and a day, on its device within a month, in its series within a day."""

    hour: int = 1
    day: int = 1
    device: int = 1
    series: int = 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is judged. `duplicate` is the account that has the person's credit: of this agency, of another one, or none."""

    staff: bool = False
    own_domain: bool = False
    duplicate: str | None = None
    same_name: bool = False
    disposable: bool = False
    place_differs: bool = False
    body_differs: bool = False
    mixed: bool = False
    quick: bool = False
    event: bool = False
    crowd: Crowd = Crowd()
    age: timedelta = timedelta()
    used: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """The signals found, in the order of the table, and what their sum leads to."""

    reasons: tuple[str, ...]
    score: int
    outcome: Outcome


def judge(evidence: Evidence) -> Verdict:
    """Counted or held."""
    present = {
        "self_staff": evidence.staff,
        "self_domain": evidence.own_domain and not evidence.staff,
        "duplicate_person": evidence.duplicate == "same_agency",
        "duplicate_other_agency": evidence.duplicate == "other_agency",
        "duplicate_name": evidence.same_name,
        "disposable_domain": evidence.disposable,
        "place_differs": evidence.place_differs,
        "body_differs": evidence.body_differs,
        "mixed_script": evidence.mixed,
        "sequential": evidence.crowd.series >= SEQUENTIAL,
        "burst": not evidence.event and evidence.crowd.hour > BURST,
        "same_address": not evidence.event and evidence.crowd.day > SAME_ADDRESS,
        "same_device": not evidence.event and evidence.crowd.device > SAME_DEVICE,
        "quick_verification": evidence.quick,
        "no_later_use": not evidence.used and evidence.age > UNUSED,
    }
    reasons = tuple(code for code in WEIGHTS if present[code])
    score = sum(WEIGHTS[code] for code in reasons)
    return Verdict(reasons, score, Outcome.HELD if score >= HELD_FROM else Outcome.COUNTED)
