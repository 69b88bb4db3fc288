"""What staff see of registrations and do about them: the agency disputes, the bureau decides, each with words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auth.access.model import Identity
from auth.database import Connection
from auth.http.problems import NotFound
from auth.registration import eligibility, judging, signals, store
from auth.registration.eligibility import Employer
from auth.registration.employers import employers_of
from auth.registration.handovers import service as handovers
from auth.registration.handovers.model import What
from auth.registration.model import Deed, Judgement, Outcome, Registration
from auth.registration.problems import DeedImpossible
from auth.registration.signals import Verdict
from auth.registration.signing_up import Parts


@dataclass(frozen=True, slots=True)
class Shown:
    """A registration as staff see it: never a contact, the name only with its owner's consent. `verdict`: its signals now;
    `missing`: why it would not count for a target as things stand."""

    registration: Registration
    name: str | None
    employer: Employer | None
    verdict: Verdict
    missing: Sequence[str]
    judgements: Sequence[Judgement]


class Holds:
    """The registrations of one installation, for staff."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def page(self, caller: Identity, *, outcomes: Iterable[Outcome], after: str | None, size: int) -> list[Shown]:
        """Registrations that exist for the caller, the newest first, from the account `after` on."""
        with self._parts.database.read() as connection:
            last = self._seen(connection, caller, after) if after else None
            held = store.page(connection, caller, outcomes=outcomes, after=last, size=size)
            shown = self._shown(connection, held)
        return self._noted(caller, shown)

    def get(self, caller: Identity, account: str) -> Shown:
        """One of them; `NotFound`."""
        with self._parts.database.read() as connection:
            held = self._seen(connection, caller, account)
            shown = self._shown(connection, [held])
        return self._noted(caller, shown)[0]

    def dispute(self, caller: Identity, account: str, *, explanation: str) -> Shown:
        """The agency says why a held or excluded registration should count; `NotFound`, `DeedImpossible`."""
        with self._parts.database.write() as connection:
            held = self._seen(connection, caller, account)
            if held.outcome is Outcome.COUNTED or held.disputed:
                raise DeedImpossible
            store.change(connection, account, disputed=True)
            self._write(connection, held, Deed.DISPUTED, caller, explanation)
        return self.get(caller, account)

    def decide(self, caller: Identity, account: str, *, release: bool, explanation: str) -> Shown:
        """The bureau releases or excludes, with its reason; `NotFound`, `DeedImpossible` when it stands so already."""
        wanted = Outcome.COUNTED if release else Outcome.EXCLUDED
        with self._parts.database.write() as connection:
            held = self._seen(connection, caller, account)
            if held.outcome is wanted:
                raise DeedImpossible
            store.change(connection, account, outcome=wanted, disputed=False)
            self._write(connection, held, Deed.RELEASED if release else Deed.EXCLUDED, caller, explanation)
        return self.get(caller, account)

    def _noted(self, caller: Identity, shown: list[Shown]) -> list[Shown]:
        """What is shown, once its names stand in the hand-over list."""
        named = [each.registration.account for each in shown if each.name]
        handovers.note(self._parts.database, caller, named, What.NAME, now=self._parts.clock())
        return shown

    def _seen(self, connection: Connection, caller: Identity, account: str) -> Registration:
        held = store.get(connection, account, caller=caller)
        if held is None:
            raise NotFound
        return held

    def _shown(self, connection: Connection, people: Sequence[Registration]) -> list[Shown]:
        """With as many statements for a page as for one."""
        at, accounts = self._parts.clock(), [each.account for each in people]
        employers = employers_of(connection, people, now=at)
        evidence = judging.evidence(connection, people, employers, now=at)
        names, judgements = store.names(connection, accounts), store.judgements_of(connection, accounts)
        return [
            Shown(
                each,
                names.get(each.account),
                employer := employers.get(each.account),
                signals.judge(evidence[each.account]),
                eligibility.reasons(each, employer),
                judgements.get(each.account, []),
            )
            for each in people
        ]

    def _write(self, connection: Connection, held: Registration, deed: Deed, caller: Identity, explanation: str) -> None:
        at = self._parts.clock()
        judging.write(connection, held, deed, reasons=held.reasons, now=at, by=caller.user, explanation=explanation)
