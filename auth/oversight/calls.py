"""`Calls`: samples of a project's counted people, committed to, drawn, answered, closed (docs/targets.md, call-backs).

Every step is a fact in the agency's log; who was drawn is not, while the sample is open: the agency reads that log.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from auth.access.model import Identity
from auth.clock import Clock, day, now
from auth.database import Connection, Database
from auth.http.problems import NotFound
from auth.ledger import notes, tlog
from auth.ledger import service as ledger
from auth.ledger.model import Fact, Value
from auth.ledger.service import Ledger
from auth.mail import store as outbox
from auth.mail.postman import Postman
from auth.oversight import codes, store, texts
from auth.oversight.answers import employer_name, require_open, write
from auth.oversight.model import Answer, Replies, Sample, Sampled, Tally
from auth.oversight.population import counted
from auth.oversight.problems import NotCallable, SampleRefused, SampleStands
from auth.projects.model import Project
from auth.projects.problems import NoRuleYet
from auth.projects.service import own, seen
from auth.registration import store as registrations
from auth.registration.handovers import service as handovers
from auth.registration.handovers.model import What
from auth.registration.model import Consent, Position
from auth.registration.texts import channel_of
from auth.targets import sampling
from auth.targets.sampling import Outcome
from auth.users import contacts
from auth.users import store as users
from auth.users.service import new_id


@dataclass(frozen=True, slots=True)
class Shown:
    """A sample with its answers so far; `outcome` once somebody answered, those who have not being counted as unreachable."""

    sample: Sample
    tally: Tally
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Person:
    """One of those drawn. `name` and `contact` are of those alone who allowed to be called, while the sample is open."""

    sampled: Sampled
    enterprise: str | None
    role: Position | None
    name: str | None
    contact: str | None

    @property
    def callable(self) -> bool:
        """Whether the officer may call."""
        return self.contact is not None


class Calls:
    """The samples of one installation. `wake` tells whoever delivers that messages wait."""

    def __init__(
        self,
        database: Database,
        evidence: Ledger,
        postman: Postman,
        *,
        public_url: str,
        wake: Callable[[], None],
        clock: Clock = now,
    ) -> None:
        self._database = database
        self._ledger = evidence
        self._postman = postman
        self._public_url = public_url.rstrip("/")
        self._wake = wake
        self._clock = clock

    def commit(self, caller: Identity, project: str, *, target: str, commitment: str) -> Shown:
        """Writes down the SHA-256 of a nonce that the bureau keeps, and signs the log: the draw is from that root. `NotFound`,
        `RightLacking`, `NoRuleYet`, `SampleRefused`."""
        with self._database.write() as connection:
            at, sample = self._clock(), new_id()
            held = own(connection, caller, project, today=day(at))
            counted(connection, ledger.leaves(connection, held.agency), project, target)
            told: dict[str, Value] = {"target": target, "commitment": commitment}
            self._write(connection, held, sample, "committed", told, now=at)
            note = ledger.checkpoint(connection, held.agency, self._ledger.keys(), now=at)
            store.add(connection, Sample(sample, project, target, commitment, at, note.written()))
            return _shown(connection, _held(connection, project, sample))

    def page(self, caller: Identity, project: str) -> list[Shown]:
        """The project's samples, the newest first: numbers alone. `NotFound`."""
        with self._database.read() as connection:
            seen(connection, caller, project, today=day(self._clock()))
            return [_shown(connection, held) for held in store.of_project(connection, project)]

    def population(self, caller: Identity, project: str, target: str = "new_users") -> int:
        """How many the target counts now; 0 while no rule counts it. `NotFound`."""
        with self._database.read() as connection:
            held = seen(connection, caller, project, today=day(self._clock()))
            try:
                return len(counted(connection, ledger.leaves(connection, held.agency), project, target))
            except (NoRuleYet, SampleRefused):
                return 0

    def draw(self, caller: Identity, project: str, sample: str, *, nonce: bytes, size: int) -> Shown:
        """Draws `size` of those whom the checkpoint counts, and sends each the questions. Problems as of `commit`;
        `SampleStands` for one that is drawn."""
        with self._database.write() as connection:
            at = self._clock()
            project_held, held = self._own(connection, caller, project, sample, now=at)
            if held.drawn_at is not None:
                raise SampleStands
            if not sampling.kept(nonce, held.commitment):
                raise SampleRefused(extra={"reason": "nonce"})
            signed = tlog.checkpoint(notes.parse(held.checkpoint).text)
            facts = ledger.leaves(connection, project_held.agency)[: signed.size]
            population = counted(connection, facts, project, held.target)
            if size > len(population):
                raise SampleRefused(extra={"reason": "people", "population": len(population)})
            seqs = sampling.draw(list(population), size, seed=sampling.seed(signed.root, nonce))
            drawn = [(seq, *self._ask(connection, population[seq], now=at)) for seq in seqs]
            store.draw(connection, replace(held, nonce=nonce.hex(), population=len(population), drawn_at=at), drawn)
            told: dict[str, Value] = {"size": signed.size, "root": signed.root.hex(), "people": size}
            self._write(connection, project_held, sample, "drawn", told, now=at)
            made = _shown(connection, _held(connection, project, sample))
        self._wake()
        return made

    def people(self, caller: Identity, project: str, sample: str) -> tuple[Shown, list[Person]]:
        """The sample with those drawn, in the order of calling; whose name and contact are shown is written down."""
        at = self._clock()
        with self._database.read() as connection:
            _, held = self._own(connection, caller, project, sample, now=at)
            found = [_person(connection, each, closed=held.closed_at is not None) for each in store.people(connection, sample)]
            shown = _shown(connection, held)
        named = [person.sampled.account for person in found if person.callable and person.sampled.account]
        handovers.note(self._database, caller, named, What.CONTACT, now=at)
        return shown, found

    def call(self, caller: Identity, project: str, sample: str, place: int, *, replies: Replies | None) -> None:
        """The officer writes down what a person who may be called said; ``None`` when he was not reached. `NotCallable`,
        `AnswerGiven`, `SampleStands`."""
        with self._database.write() as connection:
            at = self._clock()
            project_held, held = self._own(connection, caller, project, sample, now=at)
            drawn = next((each for each in store.people(connection, sample) if each.place == place), None)
            if drawn is None:
                raise NotFound
            if held.closed_at is not None:
                raise SampleStands
            if not _person(connection, drawn, closed=False).callable:
                raise NotCallable
            require_open(drawn)
            if replies is None:
                store.reply(connection, sample, place, Answer.UNREACHABLE, by="officer", now=at)
            else:
                write(connection, project_held.agency, sample, drawn, replies, by="officer", now=at)

    def close(self, caller: Identity, project: str, sample: str) -> Shown:
        """Ends the asking: the nonce becomes a fact, and everybody can draw again."""
        with self._database.write() as connection:
            at = self._clock()
            project_held, held = self._own(connection, caller, project, sample, now=at)
            if held.nonce is None or held.closed_at is not None:
                raise SampleStands
            store.close(connection, sample, now=at)
            tally = store.tally(connection, sample)
            told: dict[str, Value] = {"nonce": held.nonce, "yes": tally.yes, "no": tally.no, "unreachable": tally.unreachable}
            self._write(connection, project_held, sample, "closed", told, now=at)
            return _shown(connection, _held(connection, project, sample))

    def _own(self, connection: Connection, caller: Identity, project: str, sample: str, *, now: datetime) -> tuple[Project, Sample]:
        return own(connection, caller, project, today=day(now)), _held(connection, project, sample)

    def _write(
        self, connection: Connection, project: Project, sample: str, step: str, told: dict[str, Value], *, now: datetime
    ) -> None:
        attributes: dict[str, Value] = {"project": project.id, "sample": sample, **told}
        fact = Fact(kind=f"sample:{step}", happened_at=now, agency=project.agency, attributes=attributes)
        ledger.append(connection, project.agency, fact, now=now)

    def _ask(self, connection: Connection, account: str, *, now: datetime) -> tuple[str | None, str | None]:
        """The account and the hash of the code that it is sent; neither for one that is erased, no code where nothing here
        sends messages of that kind."""
        user = users.by_id(connection, account)
        if user is None:
            return None, None
        contact = contacts.parse(user.contact)
        if channel_of(contact) not in self._postman.channels:
            return account, None
        code = codes.create()
        message = texts.ask(contact, code=codes.printed(code), link=f"{self._public_url}/answer?code={code}")
        shown = contacts.masked(message.recipient)
        outbox.add(connection, new_id(), message, account=account, shown=shown, now=now, due_at=now)
        return account, codes.hidden(code)


def enough(population: int) -> list[tuple[int, list[int]]]:
    """The table of how many to call: for 5, 10, 20, 30 per cent false, how many meet at least one with a chance of 90, 95, 99."""
    rows = []
    for share in (5, 10, 20, 30):
        false = max(population * share // 100, 1)
        rows.append((share, [sampling.enough(population, false, chance=Fraction(part, 100)) for part in (90, 95, 99)]))
    return rows if population else []


def _held(connection: Connection, project: str, sample: str) -> Sample:
    held = store.get(connection, sample, project=project)
    if held is None:
        raise NotFound
    return held


def _shown(connection: Connection, sample: Sample) -> Shown:
    tally = store.tally(connection, sample.id)
    answered = tally.yes + tally.no > 0
    missed = tally.drawn - tally.yes - tally.no
    return Shown(sample, tally, sampling.outcome(yes=tally.yes, no=tally.no, unreachable=missed) if answered else None)


def _person(connection: Connection, drawn: Sampled, *, closed: bool) -> Person:
    held = registrations.get(connection, drawn.account) if drawn.account else None
    if held is None:
        return Person(drawn, None, None, None, None)
    enterprise = employer_name(connection, held)
    user = users.by_id(connection, held.account)
    if closed or user is None or Consent.MAY_CALL not in registrations.standing_consents(connection, held.account):
        return Person(drawn, enterprise, held.role, None, None)
    return Person(drawn, enterprise, held.role, user.name, user.contact)
