"""A document by any spelling of its publication or application number."""

from collections.abc import Iterable, Sequence

import msgspec
import orjson

from search.engine.model import Request, Sort
from search.engine.port import PatentReader
from search.find.errors import NotHeld
from search.patent.numbers import lookup_keys, readings
from search.query.tree import Value
from search.text.fold import fold

_NEAR = 5
_FILED = 20
"""Publications of one application."""
_LEAST = 4
"""Characters that a near number shares at the least: the office and two digits."""


class _Dated(msgspec.Struct):
    number: str
    publication_date: str = ""


_dated = msgspec.json.Decoder(_Dated)


def document(reader: PatentReader, spelling: str) -> tuple[bytes, list[str]]:
    """The stored JSON of the document meant, and the numbers of the others that the spelling may mean: the one named whole,
    else the one published last. Raises `NotHeld`."""
    held = [found for found in reader.get(published(reader, spelling)) if found is not None] or _filed(reader, spelling)
    if not held:
        raise NotHeld(near(reader, spelling))
    exact = _letters(spelling)
    dated = [(_dated.decode(found), found) for found in held]
    dated.sort(key=lambda pair: (pair[0].number == exact, pair[0].publication_date, pair[0].number), reverse=True)
    return dated[0][1], [other.number for other, _ in dated[1:]]


def published(reader: PatentReader, spelling: str) -> list[str]:
    """The numbers of the documents held that `spelling`, as a publication's number, may mean."""
    keys = lookup_keys(spelling)
    return reader.resolve(keys) if keys else []


def held_of(reader: PatentReader, listed: Iterable[str]) -> list[str]:
    """Those of the canonical numbers `listed` that are held, ascending."""
    wanted = frozenset(listed)
    keys = [reading.key for number in wanted for reading in readings(number)[:1]]
    return [number for number in reader.resolve(keys) if number in wanted] if keys else []


def _filed(reader: PatentReader, spelling: str) -> list[bytes]:
    """The publications of the application that `spelling` means."""
    asked = Request(query=Value("application", spelling), sort=Sort("number", descending=False), size=_FILED)
    return [hit.document for hit in reader.search(asked).hits if hit.document is not None]


def near(reader: PatentReader, spelling: str) -> list[str]:
    """The held numbers that share the longest start with `spelling`."""
    letters = _letters(spelling)[:20]
    for length in range(len(letters), _LEAST - 1, -1):
        found = reader.near_numbers(letters[:length], size=_NEAR)
        if found:
            return found
    return []


def answered(stored: bytes, also: Sequence[str], parts: Sequence[str] = ()) -> bytes:
    """The record's JSON as it is answered: whole, or of its keys only `number` and `parts`; `also` joins where there are any."""
    if parts:
        record = orjson.loads(stored)
        stored = orjson.dumps({key: value for key, value in record.items() if key == "number" or key in parts})
    return stored[:-1] + b',"also":' + orjson.dumps(list(also)) + b"}" if also else stored


def _letters(spelling: str) -> str:
    return "".join(letter for letter in fold(spelling).upper() if letter.isascii() and letter.isalnum())
