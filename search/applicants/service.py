"""`Applicants`: one entity over all names of an applicant, put together and taken apart by people. No document is rewritten:
an entity is a choice of names in a query."""

import binascii
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Sequence

from auth.access.model import Identity
from auth.access.problems import RightLacking
from auth.clock import Clock, now
from auth.database import Connection, Database
from auth.http.problems import NotFound
from auth.roles import Role
from search.applicants import store
from search.applicants.model import MOST, Entity, Evidence, Merge, Pair, Proposal
from search.applicants.problems import EvidenceNeeded, SameAlready, TooManyNames
from search.engine.layout import KEY_LENGTH
from search.engine.model import Request
from search.engine.port import PatentReader
from search.query.tree import All, Leaf, Query, Value, Word, either
from search.text.fold import fold

_NOTED = 0.5
"""How sure a merge is that rests on what somebody wrote, unless he says."""

_LOOKED_AT = 200
"""Names that are looked at for those asked by their words."""


class Applicants:
    """The applicants of a house as an account sees them: by everybody's merges and its own."""

    def __init__(self, database: Database, reader: PatentReader, *, clock: Clock = now) -> None:
        self._database = database
        self._reader = reader
        self._clock = clock

    def find(self, text: str, *, user: str, size: int = 20) -> list[Entity]:
        """Applicants one of whose names has the text, those with most documents under that name first."""
        wanted = _plain(text)
        if not wanted:
            return []
        asked = Request(Word(text, "applicant", exact=True), size=1, facets=("applicant",), facet_size=_LOOKED_AT)
        named = [name for name, _ in self._reader.search(asked).facets["applicant"].values if wanted in _plain(name)]
        found: list[list[str]] = []
        with self._database.read() as connection:
            for name in named:
                if len(found) == size:
                    break
                if not any(name in names for names in found):
                    found.append(_names(connection, name, user))
        return [self._entity(names) for names in found]

    def get(self, id: str, *, user: str) -> Entity:  # noqa: A002 - the path's own name
        """The applicant that has the name of this id, with what was decided and what is proposed; `NotFound` where no document
        and no merge has it."""
        name = _name(id)
        with self._database.read() as connection:
            names = _names(connection, name, user)
            log = store.log(connection, names, store.visible(user))
            proposed = store.proposals(connection, names, size=MOST)
        entity = self._entity(names, log, [each for each in proposed if not {each.pair.one, each.pair.other}.issubset(names)])
        if not entity.total and not log:
            raise NotFound
        return entity

    def proposals(self, *, user: str, size: int = 50) -> list[Proposal]:
        """What the documents propose and nobody decided, the surest first."""
        with self._database.read() as connection:
            found = store.proposals(connection, size=size)
            return [each for each in found if each.pair.other not in _names(connection, each.pair.one, user)]

    def merge(
        self, caller: Identity, one: str, other: str, *, note: str = "", confidence: float | None = None, shared: bool = False
    ) -> Merge:
        """Takes two names for one applicant's, on what the documents say, or else on the note. `shared` is for everybody, which
        an administrator may. Raises `RightLacking`, `SameAlready`, `TooManyNames`, `EvidenceNeeded`."""
        if shared and caller.role is not Role.ADMINISTRATOR:
            raise RightLacking
        lesser, greater = sorted((one[:KEY_LENGTH], other[:KEY_LENGTH]))
        with self._database.write() as connection:
            theirs = _names(connection, lesser, caller.user)
            if greater in theirs:
                raise SameAlready
            if len(theirs) + len(_names(connection, greater, caller.user)) > MOST:
                raise TooManyNames
            proposed = store.proposal(connection, store.pair_id(lesser, greater))
            pair = _grounded(lesser, greater, proposed, note, confidence)
            made = Merge(secrets.token_hex(16), pair, shared, caller.user, self._clock())
            store.add(connection, made)
        return made

    def undo(self, caller: Identity, id: str) -> None:  # noqa: A002
        """Ends a merge; the names are apart again exactly as before it. One's own, or as an administrator everybody's."""
        with self._database.write() as connection:
            made = store.one(connection, id, store.visible(caller.user))
            if made is None:
                raise NotFound
            if made.shared and caller.role is not Role.ADMINISTRATOR:
                raise RightLacking
            store.undo(connection, id, by=caller.user, at=self._clock())

    def refuse(self, caller: Identity, id: str) -> None:  # noqa: A002
        """Takes a proposal back for everybody, for good."""
        if caller.role is not Role.ADMINISTRATOR:
            raise RightLacking
        with self._database.write() as connection:
            if not store.refuse(connection, id, by=caller.user, at=self._clock()):
                raise NotFound

    def propose(self) -> int:
        """Reads every document held and writes down what they propose; how many pairs."""
        from search.applicants.proposing import observed  # noqa: PLC0415  a command's, not a server's

        pairs = list(observed(scanned.patent for scanned in self._reader.scan(All())))
        with self._database.write() as connection:
            return store.propose(connection, pairs)

    def others(self, user: str, leaf: Leaf) -> list[Value]:
        """The other names of an applicant who is asked for by a whole name (`search.find.widening`)."""
        if not isinstance(leaf, Value) or leaf.field != "applicant":
            return []
        with self._database.read() as connection:
            return [Value("applicant", name) for name in _names(connection, leaf.value, user)[1:]]

    def entities(self, user: str) -> list[tuple[str, ...]]:
        """The names, in order, of each applicant that has several."""
        with self._database.read() as connection:
            merges = store.in_force(connection, store.visible(user))
        together: dict[str, set[str]] = {}
        for one, other in merges:
            names = together.get(one, {one}) | together.get(other, {other})
            together |= dict.fromkeys(names, names)
        return [tuple(sorted(names)) for first, names in together.items() if first == min(names)]

    def _entity(self, names: Sequence[str], log: Iterable[Merge] = (), proposed: Iterable[Proposal] = ()) -> Entity:
        counts = tuple((name, self._reader.count(_any([name]))) for name in names)
        total = counts[0][1] if len(names) == 1 else self._reader.count(_any(names))
        return Entity(id_of(names[0]), counts, total, tuple(log), tuple(proposed))


def id_of(name: str) -> str:
    """The name as an id: a part of an address, whatever it holds."""
    return urlsafe_b64encode(name.encode()).decode().rstrip("=")


def _name(id: str) -> str:  # noqa: A002
    try:
        name = urlsafe_b64decode(id + "=" * (-len(id) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise NotFound from None
    if not name or id_of(name) != id:
        raise NotFound
    return name


def _names(connection: Connection, name: str, user: str) -> list[str]:
    """All names of the applicant that has this one, which is the first; the rest in order."""
    found, fresh = {name}, [name]
    while fresh and len(found) <= MOST:
        merges = store.touching(connection, fresh, store.visible(user))
        fresh = [each for each in dict.fromkeys(_sides(merges)) if each not in found]
        found.update(fresh)
    return [name, *sorted(found - {name})]


def _sides(merges: Iterable[Merge]) -> Iterator[str]:
    for merge in merges:
        yield from (merge.pair.one, merge.pair.other)


def _any(names: Sequence[str]) -> Query:
    return either(*(Value("applicant", name) for name in names))


def _grounded(one: str, other: str, proposed: Proposal | None, note: str, confidence: float | None) -> Pair:
    evidence = proposed.pair.evidence if proposed else ()
    if note:
        evidence = (*evidence, Evidence("note", note))
    if not evidence:
        raise EvidenceNeeded
    reckoned = proposed.pair.confidence if proposed else _NOTED
    return Pair(one, other, evidence, reckoned if confidence is None else confidence)


def _plain(text: str) -> str:
    """For finding a name by a part of it."""
    return "".join(character for character in fold(text) if character.isalnum())
