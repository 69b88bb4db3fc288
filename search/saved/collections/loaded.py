"""Records whose documents have been loaded since."""

from collections.abc import Mapping, Sequence

from search.engine.model import NumberKind
from search.engine.port import PatentReader
from search.find.doctor.holding import by_key
from search.patent.numbers import Reading
from search.saved.collections.model import Document, Key, Record, RowKind, Rows

Found = Mapping[str, tuple[Record, tuple[str, ...]]]
"""A record's number -> the record, and the documents held under it."""


def found(reader: PatentReader, waiting: Sequence[Record]) -> Found:
    """Those that are held by now."""
    asked: dict[NumberKind, list[str]] = {"publication": [], "application": []}
    for record in waiting:
        asked[record.kind].append(_key(record))
    held = by_key(reader, asked)
    return {record.number: (record, documents) for record in waiting if (documents := held[record.kind].get(_key(record)))}


def places(found: Found) -> list[tuple[RowKind, Key]]:
    """The rows that change."""
    taken: list[tuple[RowKind, Key]] = [("record", (number,)) for number in found]
    for record, documents in found.values():
        for number in documents:
            taken.append(("document", (number,)))
            taken += [("mark", (branch, number, "place")) for branch in record.record.get("branches", ())]
    return taken


def replaced(found: Found, rows: Rows) -> Rows:
    """The rows as they are to be: no record, and its documents put in with what the import said, where nobody has said otherwise. A
    record that another has replaced meanwhile is left."""
    after: Rows = {}
    for number, (record, documents) in found.items():
        if rows["record", (number,)] is None:
            continue
        after["record", (number,)] = None
        for each in documents:
            if rows["document", (each,)] is None:
                after["document", (each,)] = _values(record)
            for branch in record.record.get("branches", ()):
                after.setdefault(("mark", (branch, each, "place")), rows["mark", (branch, each, "place")] or {"value": True})
    return after


def _values(record: Record) -> dict[str, object]:
    said, empty = record.record, Document("")
    return {
        "stands": "in",
        "key": False,
        "note": said.get("note", empty.note),
        "tags": list(said.get("tags", empty.tags)),
        "cells": dict(said.get("cells", empty.cells)),
    }


def _key(record: Record) -> str:
    return Reading(record.kind, record.number).key
