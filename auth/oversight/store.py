"""The only SQL of oversight. Samples belong to a project; whoever asks has been shown that the project is his."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Row, Table, Text, func, insert, select, tuple_, update

from auth.access.model import Identity
from auth.database import PERSON, Connection, instant, metadata
from auth.database.people import Data, Room
from auth.oversight.model import Answer, Sample, Sampled, Tally
from auth.projects.store import projects
from auth.registration.model import Outcome, Registration
from auth.registration.store import registrations, visible

samples = Table(
    "samples",
    metadata,
    Column("id", Text, primary_key=True),
    Column("project", Text, ForeignKey("projects.id"), nullable=False, index=True),
    Column("target", Text, nullable=False),
    Column("commitment", Text, nullable=False),
    instant("committed_at"),
    Column("checkpoint", Text, nullable=False),  # the signed note
    Column("nonce", Text),
    Column("population", Integer),
    instant("drawn_at", nullable=True),
    instant("closed_at", nullable=True),
)

sampled = Table(
    "sampled",
    metadata,
    Column("sample", Text, ForeignKey("samples.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("account", Text, index=True, info={PERSON: True}),
    Column("code", Text, unique=True),  # hash of what the person was sent; gone when the sample is closed
    Column("answer", Text),
    Column("by", Text),
    instant("answered_at", nullable=True),
)


def add(connection: Connection, sample: Sample) -> None:
    """Adds a sample."""
    connection.execute(insert(samples).values({name: getattr(sample, name) for name in Sample.__slots__}))


def get(connection: Connection, sample: str, *, project: str) -> Sample | None:
    """The sample of this project, locked till the transaction ends."""
    asked = select(samples).where(samples.c.id == sample, samples.c.project == project)
    row = connection.execute(asked.with_for_update()).first()
    return _sample(row) if row else None


def of_project(connection: Connection, project: str) -> list[Sample]:
    """The project's samples, the newest first."""
    asked = select(samples).where(samples.c.project == project).order_by(samples.c.committed_at.desc(), samples.c.id)
    return [_sample(row) for row in connection.execute(asked)]


def draw(connection: Connection, sample: Sample, drawn: list[tuple[int, str | None, str | None]]) -> None:
    """Keeps nonce and population of the sample, and (seq, account, hash of the code) of each one drawn, in order."""
    values = {"nonce": sample.nonce, "population": sample.population, "drawn_at": sample.drawn_at}
    connection.execute(update(samples).where(samples.c.id == sample.id).values(**values))
    for place, (seq, account, code) in enumerate(drawn, 1):
        connection.execute(insert(sampled).values(sample=sample.id, place=place, seq=seq, account=account, code=code))


def people(connection: Connection, sample: str) -> list[Sampled]:
    """Those drawn, in the order of calling."""
    asked = select(sampled).where(sampled.c.sample == sample).order_by(sampled.c.place)
    return [_sampled(row) for row in connection.execute(asked)]


def by_code(connection: Connection, code: str) -> tuple[str, str, Sampled] | None:
    """Sample, agency of its project, and who was sent the code of this hash."""
    asked = select(sampled, projects.c.agency).join(samples, samples.c.id == sampled.c.sample)
    asked = asked.join(projects, projects.c.id == samples.c.project).where(sampled.c.code == code)
    row = connection.execute(asked.with_for_update(of=sampled)).first()
    return (row.sample, row.agency, _sampled(row)) if row else None


def reply(connection: Connection, sample: str, place: int, answer: Answer, *, by: str, now: datetime) -> None:
    """Writes down what became of one of them."""
    which = (sampled.c.sample == sample) & (sampled.c.place == place)
    connection.execute(update(sampled).where(which).values(answer=answer, by=by, answered_at=now))


def close(connection: Connection, sample: str, *, now: datetime) -> None:
    """From now on nobody answers: who has not is unreachable."""
    connection.execute(update(samples).where(samples.c.id == sample).values(closed_at=now))
    mine = sampled.c.sample == sample
    connection.execute(update(sampled).where(mine, sampled.c.answer.is_(None)).values(answer=Answer.UNREACHABLE))
    connection.execute(update(sampled).where(mine).values(code=None))


def tally(connection: Connection, sample: str) -> Tally:
    """Counts of the answers."""
    asked = select(sampled.c.answer, func.count()).where(sampled.c.sample == sample).group_by(sampled.c.answer)
    held: dict[str | None, int] = {row[0]: row[1] for row in connection.execute(asked)}
    return Tally(sum(held.values()), *(held.get(answer, 0) for answer in (Answer.YES, Answer.NO, Answer.UNREACHABLE)))


def closed_accounts(connection: Connection, project: str) -> list[str]:
    """Accounts drawn by samples of the project that are closed."""
    asked = select(sampled.c.account).join(samples, samples.c.id == sampled.c.sample)
    asked = asked.where(samples.c.project == project, samples.c.closed_at.is_not(None), sampled.c.account.is_not(None))
    return sorted(set(connection.scalars(asked)))


def registered(
    connection: Connection,
    caller: Identity,
    agency: str,
    *,
    since: datetime,
    disputed: bool,
    after: Registration | None,
    size: int,
) -> list[str]:
    """Accounts of the agency that exist for the caller, verified since then that are disputed, else that are held or
    excluded; the newest first."""
    held = registrations.c
    open_ = held.disputed.is_(True) if disputed else held.outcome.in_((Outcome.HELD, Outcome.EXCLUDED))
    asked = select(held.account).where(visible(caller), held.agency == agency, held.verified_at >= since, open_)
    if after is not None:
        asked = asked.where(tuple_(held.verified_at, held.account) < tuple_(after.verified_at, after.account))
    return list(connection.scalars(asked.order_by(held.verified_at.desc(), held.account.desc()).limit(size)))


def outcomes(connection: Connection, caller: Identity) -> dict[Outcome, int]:
    """How many registrations that exist for the caller stand where."""
    asked = select(registrations.c.outcome, func.count()).where(visible(caller)).group_by(registrations.c.outcome)
    held: dict[str, int] = {row[0]: row[1] for row in connection.execute(asked)}
    return {outcome: held.get(outcome, 0) for outcome in Outcome}


def export(connection: Connection, user: str) -> Data:
    """When the person was drawn and what he answered."""
    asked = select(sampled, samples.c.drawn_at).join(samples, samples.c.id == sampled.c.sample).where(sampled.c.account == user)
    return [
        {"drawn_at": row.drawn_at.isoformat(), "answer": row.answer, "by": row.by}
        for row in connection.execute(asked.order_by(samples.c.drawn_at, sampled.c.place))
    ]


def erase(connection: Connection, user: str) -> None:
    """The answer stays, of nobody."""
    connection.execute(update(sampled).where(sampled.c.account == user).values(account=None, code=None))


PEOPLE = Room("oversight", frozenset({"sampled"}), export, erase)


def _sample(row: Row[Any]) -> Sample:
    return Sample(**{name: getattr(row, name) for name in Sample.__slots__})


def _sampled(row: Row[Any]) -> Sampled:
    return Sampled(row.place, row.seq, row.account, Answer(row.answer) if row.answer else None, row.by, row.answered_at)
