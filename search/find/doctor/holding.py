"""Which documents are held under keys of publications and applications, as few questions to the engine as there are kinds."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from search.engine import layout
from search.engine.model import NumberKind
from search.engine.port import PatentReader
from search.patent import numbers

_FETCHED = 500


class _Application(msgspec.Struct, frozen=True):
    number: str = ""


class Filed(msgspec.Struct, frozen=True):
    """Of a record, its application alone."""

    application: _Application = _Application()


filed = msgspec.json.Decoder(Filed)


def by_key(reader: PatentReader, asked: Mapping[NumberKind, Iterable[str]]) -> dict[NumberKind, dict[str, tuple[str, ...]]]:
    """By kind, each of the keys under which something is held, with its documents, ascending."""
    published = _numbers(reader, asked.get("publication", ()), "publication")
    applied = _numbers(reader, asked.get("application", ()), "application")
    return {
        "publication": _held(asked.get("publication", ()), {number: layout.publication_keys(number) for number in published}),
        "application": _held(asked.get("application", ()), _applications(reader, applied)),
    }


def _numbers(reader: PatentReader, keys: Iterable[str], kind: NumberKind) -> list[str]:
    wanted = list(keys)
    return reader.resolve(wanted, of=kind) if wanted else []


def _applications(reader: PatentReader, held: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The keys of the applications of these documents, read from the records: an engine says which match, not by what."""
    found: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(held), _FETCHED):
        some = held[start : start + _FETCHED]
        for number, document in zip(some, reader.get(some), strict=True):
            if document is not None:
                found[number] = numbers.application_keys(filed.decode(document).application.number)
    return found


def _held(asked: Iterable[str], held: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    wanted = frozenset(asked)
    for number in sorted(held):
        for key in held[number]:
            if key in wanted:
                found[key] = (*found.get(key, ()), number)
    return found
