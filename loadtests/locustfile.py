"""Everybody at the service: researchers, an agency, a bureau, and newcomers where they are named on the command line.

A line `others` of the statistics holds all that is asked by people who neither sign in nor sign up: what they notice of it.
"""

from typing import Any

from locust import events
from locust.env import Environment

from loadtests.people.newcomer import Newcomer
from loadtests.people.researcher import Researcher
from loadtests.people.staff import Agency, Bureau

__all__ = ["Agency", "Bureau", "Newcomer", "Researcher"]

OTHERS = frozenset(
    {"search", "next page", "open", "projects", "standing", "rows", "holds", "registrations", "make a link", "bundle"}
)


@events.init.add_listener  # type: ignore[untyped-decorator]
def count_the_others(environment: Environment, **_: Any) -> None:
    """Counts each request of the others a second time, in their own line."""

    def note(name: str, response_time: float, response_length: int, **_: Any) -> None:
        if name in OTHERS:
            environment.stats.get("others", "").log(int(response_time), response_length)

    environment.events.request.add_listener(note)  # type: ignore[no-untyped-call]
