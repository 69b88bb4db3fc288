"""`Answers`: a person who was drawn answers the three questions himself."""

from datetime import datetime

from auth.clock import Clock, now
from auth.database import Connection, Database
from auth.ledger import service as ledger
from auth.ledger.model import Fact, Value
from auth.organisations import store as organisations
from auth.oversight import codes, store
from auth.oversight.model import Answer, Replies, Sampled
from auth.oversight.problems import AnswerGiven, AnswerUnknown
from auth.registration import store as registrations
from auth.registration.model import Registration
from auth.registration.profiles import confirm_role


class Answers:
    """Of anybody who has a code; nobody signs in for it."""

    def __init__(self, database: Database, *, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    def asked(self, code: str) -> str | None:
        """The enterprise that the person of this code named, for the question to name it. `AnswerUnknown`, `AnswerGiven`."""
        with self._database.read() as connection:
            _, _, drawn = _sent(connection, code)
            held = registrations.get(connection, drawn.account) if drawn.account else None
            return employer_name(connection, held) if held else None

    def answer(self, code: str, replies: Replies) -> None:
        """Writes the answers down, once. `AnswerUnknown`, `AnswerGiven`."""
        with self._database.write() as connection:
            sample, agency, drawn = _sent(connection, code)
            write(connection, agency, sample, drawn, replies, by="person", now=self._clock())


def write(connection: Connection, agency: str, sample: str, drawn: Sampled, replies: Replies, *, by: str, now: datetime) -> None:
    """The answers as a row and as a fact; three times yes confirms the role."""
    store.reply(connection, sample, drawn.place, replies.answer, by=by, now=now)
    if drawn.account is None:
        return
    told: dict[str, Value] = {"sample": sample, "by": by, "self": replies.self, "rd": replies.rd, "used": replies.used}
    fact = Fact(kind="account:called_back", happened_at=now, account=drawn.account, agency=agency, attributes=told)
    held = registrations.get(connection, drawn.account)
    moved_before = held is not None and (held.attribution.agency or agency) < agency  # logs are taken by name, see auth.ledger
    if replies.answer is Answer.YES and moved_before:
        confirm_role(connection, drawn.account, by="call_back", now=now)
    ledger.append(connection, agency, fact, now=now)
    if replies.answer is Answer.YES and not moved_before:
        confirm_role(connection, drawn.account, by="call_back", now=now)


def require_open(drawn: Sampled) -> None:
    """Yes and no stay; who was not reached may still answer. `AnswerGiven`."""
    if drawn.answer in (Answer.YES, Answer.NO):
        raise AnswerGiven


def employer_name(connection: Connection, held: Registration) -> str | None:
    """What the enterprise that somebody named is called."""
    known = organisations.get(connection, held.enterprise) if held.enterprise else None
    return known.name if known else held.enterprise_name


def _sent(connection: Connection, code: str) -> tuple[str, str, Sampled]:
    found = store.by_code(connection, codes.hidden(code))
    if found is None:
        raise AnswerUnknown
    require_open(found[2])
    return found
