"""`Evidence`: the bundle of a project as of a day, from the database."""

from collections.abc import Callable, Mapping
from datetime import date

from auth.access.model import Identity
from auth.clock import Clock, day
from auth.clock import now as clock_now
from auth.database import Connection, Database
from auth.ledger import model, notes, tlog
from auth.ledger import store as ledger_store
from auth.ledger.notes import SignedNote
from auth.ledger.service import Ledger
from auth.projects import service as projects
from auth.projects import store
from auth.projects.model import Project
from auth.projects.problems import DayAhead, NoRuleYet
from auth.targets import bundle, terms
from auth.targets.evaluate import seen

Sampled = Callable[[Connection, str], Mapping[str, str]]
"""Of a project: the fingerprint of each account that was chosen for a call-back, as far as it is to be shown."""


class Evidence:
    """Bundles of the projects of one installation."""

    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        *,
        sampled: Sampled = lambda _connection, _project: {},
        clock: Clock = clock_now,
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._sampled = sampled
        self._clock = clock

    def export(self, caller: Identity, project: str, *, as_of: date | None = None) -> tuple[str, dict[str, bytes]]:
        """Name and files (`archive`) of the bundle as of the end of the day, today's where none is given; the log is signed as
        it stands. Of sampled accounts salt and fingerprint are shown; one that was erased since has none left.

        `NotFound` for a project that is not the caller's to see, `DayAhead`, `NoRuleYet`.
        """
        today = day(self._clock())
        if as_of is not None and as_of > today:
            raise DayAhead(extra={"today": today.isoformat()})
        with self._database.read() as connection:
            held = projects.seen(connection, caller, project, today=today)
        note = self._ledger.checkpoint(held.agency)
        with self._database.read() as connection:
            files = _built(connection, held, note, as_of=as_of or today, sampled=self._sampled(connection, project))
        return f"evidence-{project}-{as_of or today}.zip", files


def _built(
    connection: Connection, project: Project, newest: SignedNote, *, as_of: date, sampled: Mapping[str, str]
) -> dict[str, bytes]:
    lines = ledger_store.data(connection, project.agency, first=0, until=None)[: tlog.checkpoint(newest.text).size]
    facts = list(map(model.leaf, lines))
    try:
        adopted = terms.read(project.id, seen(facts, as_of=as_of)).adopted
    except terms.NoContract:
        raise NoRuleYet from None
    rule = store.rule(connection, adopted.sha256) if adopted else None
    if rule is None:
        raise NoRuleYet
    signed = [notes.parse(note) for _, note in ledger_store.checkpoints_of(connection, project.agency)]
    same = [note for note in signed if note.signatures[0].id == newest.signatures[0].id]
    salts = {account: (held, ledger_store.salt(connection, account)) for account, held in sampled.items()}
    return bundle.build(
        project.id,
        project.agency,
        as_of=as_of,
        rule=rule,
        leaves=lines,
        checkpoints=bundle.kept(same, facts),
        salts={account: (held, salt) for account, (held, salt) in salts.items() if salt is not None},
    )
