"""Stable views of a search: the rows and scores of all its hits in order, in a file that every process can read.

A cursor is ``<generation>.<expiry>.<random>:<offset>``, ``:<looked at>:<of>`` where a distance was not measured in all
candidates, and ``~<documents>`` where each hit is the first of its unit.  A file holds its hits' rows (uint32 each) and then
their scores (float32 each).
"""

import os
import re
import secrets
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from auth.clock import Clock
from search.engine.embedded.ordering import Ranked
from search.engine.errors import CursorExpired
from search.engine.model import Unit

LIFETIME = timedelta(minutes=15)

_CURSOR = re.compile(r"([0-9a-f]{16}\.(\d{10})\.[0-9a-f]{32}):(\d{1,10})(?::(\d{1,10}):(\d{1,10}))?(?:~(\d{1,10}))?")
_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Page:
    """Hits of a view from some offset on, and the cursor of those after them. `total`, `checked` and `units`: as in
    `search.engine.model.Results`; the view has `listed` hits."""

    total: int
    hits: list[Ranked]
    after: str | None
    checked: tuple[int, int] | None = None
    units: Mapping[Unit, int] = field(default_factory=dict)
    listed: int = 0


class Cursors:
    """The folder of views; those that have expired are removed when a new one is made."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def open(
        self,
        generation: str,
        hits: Sequence[Ranked],
        size: int,
        checked: tuple[int, int] | None = None,
        *,
        documents: int | None = None,
    ) -> Page:
        """The first page of a new view; what fits one page needs no file. `documents` are those of which the hits are the first of
        their unit."""
        total = len(hits) if documents is None else documents
        if len(hits) <= size:
            return Page(total, list(hits), None, checked, listed=len(hits))
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._sweep()
        expiry = self._clock() + LIFETIME
        name = f"{generation}.{int(expiry.timestamp()):010}.{secrets.token_hex(16)}"
        unfinished = self._folder / f".{name}"
        unfinished.write_bytes(array("I", (row for row, _ in hits)).tobytes() + array("f", (score for _, score in hits)).tobytes())
        os.replace(unfinished, self._folder / name)
        return Page(total, list(hits[:size]), _cursor(name, size, checked, documents), checked, listed=len(hits))

    def page(self, generation: str, cursor: str, size: int) -> Page:
        """The hits after a cursor. Raises `CursorExpired`; rows of another generation are other documents."""
        found = _CURSOR.fullmatch(cursor)
        if found is None or int(found[2]) <= self._clock().timestamp() or not cursor.startswith(generation):
            raise CursorExpired(cursor)
        name, offset = found[1], int(found[3])
        try:
            with (self._folder / name).open("rb") as file:
                listed = os.fstat(file.fileno()).st_size // (2 * _WIDTH)
                count = max(0, min(size, listed - offset))
                rows = array("I", os.pread(file.fileno(), count * _WIDTH, offset * _WIDTH))
                scores = array("f", os.pread(file.fileno(), count * _WIDTH, (listed + offset) * _WIDTH))
        except FileNotFoundError as error:
            raise CursorExpired(cursor) from error
        rest = offset + count
        checked = (int(found[4]), int(found[5])) if found[4] else None
        documents = int(found[6]) if found[6] else None
        after = _cursor(name, rest, checked, documents) if rest < listed else None
        total = listed if documents is None else documents
        return Page(total, list(zip(rows, scores, strict=True)), after, checked, listed=listed)

    def _sweep(self) -> None:
        now = self._clock().timestamp()
        for file in self._folder.iterdir():
            expiry = re.search(r"\.(\d{10})\.", file.name)
            if expiry and int(expiry[1]) <= now:
                file.unlink(missing_ok=True)


def _cursor(name: str, offset: int, checked: tuple[int, int] | None, documents: int | None) -> str:
    return ":".join(map(str, (name, offset, *(checked or ())))) + ("" if documents is None else f"~{documents}")
