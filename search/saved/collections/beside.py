"""`Waiting`: the records of collections that wait for their documents, in engines of their own, so that they are found and counted
as documents are (`search.engine.joined`).

An engine is made when it is first asked for, of what the records say then and of the documents that share an application or a
family with one of them; that is looked up anew at each question, and where anything of it has changed the engine is made again. The
last few are kept, each in a folder that goes with it. A record is of the family of the documents that are held of its application.
"""

import hashlib
import weakref
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeAlias

import msgspec
from msgspec import structs

from search.engine import layout
from search.engine.every import every
from search.engine.factory import open_index, open_reader
from search.engine.folder import PassingFolder
from search.engine.joined import Beside
from search.engine.model import Unit
from search.engine.port import PatentReader
from search.engine.settings import EngineSettings
from search.patent.model import Kin, Patent, decode, kin
from search.patent.numbers import Reading, application_keys
from search.query.tree import Expanded, Listed, Not, Query, Value, both, leaves
from search.saved.collections.model import RECORDS, Record
from search.saved.collections.problems import RecordsTooMany
from search.saved.collections.service import Collections
from search.saved.collections.standing import patent

KEPT = 8
"""Engines of a process."""

MOST = 2 * RECORDS
"""Records of an engine, and documents that share a unit with one of them; an engine lists no more hits at a time than `RECORDS`."""

_AT_ONCE = 200

Units: TypeAlias = Mapping[Unit, int | str]
"""What a publication counts for, by each way of counting."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """The documents that share a unit with a record, by number, and what they are equal by."""

    units: Mapping[str, Units] = field(compare=False)
    digest: bytes


@dataclass(frozen=True, slots=True)
class _Made:
    """An engine with the records, `told` as imports did, of these units by number, and copies of what is shared."""

    told: Sequence[Patent]
    units: Mapping[str, Units]
    shared: _Shared
    reader: PatentReader

    @property
    def beside(self) -> Beside:
        own = {unit: {units[unit] for units in self.units.values()} for unit in _UNITS}
        shared = {
            unit: tuple(sorted(number for number, units in self.shared.units.items() if units[unit] in own[unit]))
            for unit in _UNITS
        }
        return Beside(self.reader, shared)


_UNITS: tuple[Unit, ...] = ("publication", *layout.UNITS)


class Waiting:
    """Those of all accounts; `user` is whoever asks, `ids` are collections. Raises `NotFound` for one that does not exist for him,
    `RecordsTooMany`, and what an engine raises."""

    def __init__(self, collections: Collections, reader: PatentReader) -> None:
        self._collections = collections
        self._reader = reader
        self._kept: OrderedDict[bytes, _Made] = OrderedDict()
        self._lock = Lock()
        self._making = Lock()

    def beside(self, user: str, ids: Sequence[str]) -> Beside | None:
        """The engine to be asked beside the main one; ``None`` where nothing waits."""
        made = self._of(self._records(user, ids))
        return made.beside if made else None

    def narrowed(self, user: str, ids: Sequence[str], tree: Query, *, unit: Unit = "publication") -> list[Record]:
        """The records that a question finds, by number: those whose units no document held has that it finds."""
        records = self._records(user, ids)
        made = self._of(records)
        if made is None:
            return []
        copies = Listed(tuple(sorted(made.shared.units)))
        held = {made.shared.units[number][unit] for number in _found(made.reader, both(tree, copies))} if copies.numbers else set()
        found = set(_found(made.reader, both(tree, Not(copies)) if copies.numbers else tree))
        return [each for number, each in records.items() if number in found and made.units[number][unit] not in held]

    def _records(self, user: str, ids: Sequence[str]) -> dict[str, Record]:
        """Of all the collections, by number; the first of those that stand in several."""
        found = {record.number: record for id in reversed(ids) for record in self._collections.waiting(user, id)}  # noqa: A001
        if len(found) > MOST:
            raise RecordsTooMany
        return dict(sorted(found.items()))

    def _of(self, records: Mapping[str, Record]) -> _Made | None:
        """The engine as it has to be now."""
        if not records:
            return None
        named = hashlib.sha256(msgspec.json.encode(list(records.values()))).digest()
        made = self._held(named)
        told = made.told if made else [patent(each) for each in records.values()]
        related = self._related(told)
        shared = self._shared(related)
        if made and made.shared == shared:
            return made
        with self._making:
            made = self._held(named)  # somebody else may have made it meanwhile
            if made is None or made.shared != shared:
                units = {each.number: _units(each) for each in related}
                made = _Made(told, units, shared, self._opened(related, list(shared.units)))
                self._keep(named, made)
        return made

    def _held(self, named: bytes) -> _Made | None:
        with self._lock:
            if named in self._kept:
                self._kept.move_to_end(named)
            return self._kept.get(named)

    def _keep(self, named: bytes, made: _Made) -> None:
        with self._lock:
            self._kept[named] = made
            self._kept.move_to_end(named)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def _related(self, told: Sequence[Patent]) -> list[Patent]:
        """The records, in the family of the first document that is held of the same application."""
        keys = sorted({application_keys(number)[0] for each in told if (number := _filed(each))})
        relatives: dict[str | None, Kin] = {}
        for line in self._lines(self._reader.resolve(keys, of="application") if keys else ()):
            found = kin(line)
            relatives.setdefault(_filed(found), found)
        return [_in_family(each, relatives.get(_filed(each) or "")) for each in told]

    def _shared(self, records: Sequence[Patent]) -> _Shared:
        """The documents held that share a unit with a record."""
        units = {each.number: _units(each) for each in records}
        candidates = {*self._reader.resolve([Reading("publication", number).key for number in units])} & units.keys()
        candidates |= self._relatives(records)
        if len(candidates) > MOST:
            raise RecordsTooMany
        own = {(unit, of) for each in units.values() for unit, of in each.items()}
        digest = hashlib.sha256()
        found: dict[str, Units] = {}
        for line in self._lines(sorted(candidates)):
            held = decode(line)
            its = _units(held)
            if not own.isdisjoint(its.items()):
                found[held.number] = its
                digest.update(line)
        return _Shared(found, digest.digest())

    def _relatives(self, records: Sequence[Patent]) -> set[str]:
        """The documents held of the applications and families of records, and perhaps some others."""
        first = {reference.number for each in records for reference in (each.application, *each.priorities) if reference}
        keys = sorted({application_keys(number)[0] for number in first if number})
        found = {number for of in ("application", "priority") for number in (self._reader.resolve(keys, of=of) if keys else ())}
        families = sorted({each.family for each in records if each.family})
        for start in range(0, len(families), _AT_ONCE):
            found.update(_found(self._reader, Expanded("family", "", tuple(families[start : start + _AT_ONCE]))))
        return found

    def _lines(self, numbers: Sequence[str]) -> Iterator[bytes]:
        for start in range(0, len(numbers), _AT_ONCE):
            yield from (line for line in self._reader.get(numbers[start : start + _AT_ONCE]) if line is not None)

    def _opened(self, records: Sequence[Patent], copies: Sequence[str]) -> PatentReader:
        """A new engine with the records and with copies of these documents, its folder gone once nobody has it any more."""
        folder = PassingFolder("records")
        settings = EngineSettings(data=folder.path)
        try:
            with closing(open_index(settings)) as index:
                for start in range(0, len(records), _AT_ONCE):
                    index.write(records[start : start + _AT_ONCE], merge=_newest)
                for start in range(0, len(copies), _AT_ONCE):
                    index.write([decode(line) for line in self._lines(copies[start : start + _AT_ONCE])], merge=_newest)
                index.flush()
            reader = open_reader(settings)
        except BaseException:
            folder.end()
            raise
        weakref.finalize(reader, folder.end)
        return reader


def named(tree: Query) -> list[str]:
    """The ids of the collections that a question names itself, ascending; a snapshot has documents alone."""
    told = (leaf.value for leaf in leaves(tree) if isinstance(leaf, Value) and leaf.field == "collection")
    return sorted({name.partition("/")[0] for name in told if "@" not in name})


def _in_family(record: Patent, of: Kin | None) -> Patent:
    return structs.replace(record, family=of.family, priorities=of.priorities) if of else record


def _filed(each: Patent | Kin) -> str | None:
    return each.application.number if each.application else None


def _units(each: Patent) -> Units:
    return {"publication": each.number, **layout.units(each)}


def _found(reader: PatentReader, tree: Query) -> Iterator[str]:
    """The numbers of all hits."""
    return (hit.number for hit in every(reader, tree, size=RECORDS, whole=False))


def _newest(_held: Patent, new: Patent) -> Patent:
    return new
