"""`Oversight`: the services of this room, put together once a process."""

from collections.abc import Callable
from dataclasses import dataclass

from auth.clock import Clock, now
from auth.database import Database
from auth.ledger.service import Ledger
from auth.mail.postman import Postman
from auth.oversight.answers import Answers
from auth.oversight.calls import Calls
from auth.oversight.moving import Moves
from auth.oversight.questions import Questions
from auth.registration.holds import Holds


@dataclass(frozen=True, slots=True)
class Oversight:
    """What routes and pages use."""

    calls: Calls
    answers: Answers
    moves: Moves
    questions: Questions


def open_oversight(
    database: Database,
    evidence: Ledger,
    postman: Postman,
    holds: Holds,
    *,
    public_url: str,
    wake: Callable[[], None],
    clock: Clock = now,
) -> Oversight:
    """Opens it over the rooms below."""
    return Oversight(
        Calls(database, evidence, postman, public_url=public_url, wake=wake, clock=clock),
        Answers(database, clock=clock),
        Moves(database, clock=clock),
        Questions(database, holds, clock=clock),
    )
