"""R3: paging through the registrations of an agency, as there are more of them.

Each measure is of a page of fifty from the middle of the list, which is as dear as any where pages go on by key.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from auth.registration import store
from auth.registration.model import Outcome as Judged
from auth.users.store import users
from loadtests.bench.harness import Goal, Measure, Outcome, cpu, growth
from loadtests.bench.office import END, Office, office

_PAGE = 50
_TIMES = 20


def registrations(*, rounds: int, goal: Goal, people: int = 2_000, times: int = 16) -> Outcome:
    """The exponent of a page's CPU time in the number of the agency's registrations, from `people` to `times` as many."""
    with _page(people) as small, _page(people * times) as big:
        return growth(small, big, times=times, rounds=rounds)


@contextmanager
def _page(people: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder, office(Path(folder)) as held:
        _register(held, people)

        def pages() -> None:
            for _ in range(_TIMES):
                with held.database.read() as connection:
                    last = store.get(connection, f"{people // 2:032x}", caller=held.agency)
                    found = store.page(connection, held.agency, outcomes=tuple(Judged), after=last, size=_PAGE)
                assert len(found) == min(_PAGE, people // 2)

        yield cpu(pages, units=_TIMES)


def _register(held: Office, people: int) -> None:
    """So many people, one a minute."""
    account = {"role": "researcher", "status": "active"}
    judged = {"contact_class": "mobile", "new": True, "quick": False, "role": "rd", "outcome": "counted", "reasons": ""}
    credited = judged | {"disputed": False, "agency": held.log, "how": "touch"}
    at = {f"{number:032x}": END + timedelta(minutes=number) for number in range(people)}
    with held.database.write() as connection:
        rows = [account | {"id": name, "email": f"{name}@example.com", "created_at": when} for name, when in at.items()]
        connection.execute(users.insert(), rows)
        rows = [credited | {"account": name, "credit": name, "identity": name, "verified_at": when} for name, when in at.items()]
        connection.execute(store.registrations.insert(), rows)
