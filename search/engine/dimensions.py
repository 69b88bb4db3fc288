"""What documents are counted by: the dimensions of a table, each a keyword column of the index, and their keys of a record.

A key is spelled so that it can be written in a query and read back (`spelled`), since every cell of a table opens its documents
(`search.engine.drill`).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from search.patent import classes, numbers, technology
from search.patent.model import Patent
from search.query import values

KEY_LENGTH = 500
"""A key is cut to this many characters; Lucene refuses one above 32,766 bytes."""

PARTIES = ("applicant", "inventor", "agent")

LEVELS: dict[str, tuple[str, int]] = {
    **{name: ("ipc", level) for level, name in enumerate(("section", "class", "subclass", "group", "subgroup"))},
    "cpc_subclass": ("cpc", 2),
    "cpc_group": ("cpc", 3),
    "locarno": ("locarno", 1),
}
"""Dimensions of classes -> the scheme and which of its levels, from the broadest on."""

YEARS = ("application_year", "grant_year", "priority_year")

COLUMNS: dict[str, str] = {
    "publication_year": "publication_year",
    **{year: year for year in YEARS},
    **{party: f"{party}_k" for party in PARTIES},
    **{name: f"{scheme}_{level + 1}" for name, (scheme, level) in LEVELS.items()},
    **{name: name for name in ("field", "country", "origin", "region", "city", "kind", "type", "stage", "legal")},
    "cites": "cited",
    "word": "words",
}
"""Name of a dimension -> the keyword column that is counted.

The years are those of publication, of filing, of publication as a granted patent, of the earliest priority. Names are whole,
classes are those of exactly that level, `field` is a field of technology (`search.patent.technology`), `origin` the country of the
first applicant, `region` and `city` those of all applicants, `cites` the cited publications without their kind, `word` the words
of the titles."""

SOUGHT = ("field", "origin", "city", "cited")
"""Columns of this module that are searched as well; the others are only counted."""

COUNTED = (*YEARS, *(COLUMNS[name] for name in LEVELS))

_SYMBOLS: dict[str, list[str]] = {
    scheme: [COLUMNS[name] for name, (of, _) in LEVELS.items() if of == scheme] for scheme in ("ipc", "cpc", "locarno")
}
_SYMBOLS["ipc"].append("field")

_STRAIGHT, _CURLED = re.compile('["＂]'), re.compile("[“”]")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@lru_cache(maxsize=1 << 16)
def spelled(text: str, field: str = "") -> str:
    """A key as the index has it: in NFC, with single blanks, no control characters, quotation marks of one kind at the most, in
    the letters of its field's values."""
    seen = text if text.isascii() else unicodedata.normalize("NFC", text)
    if not seen.isprintable():
        seen = _UNSEEN.sub(" ", seen)
    if _STRAIGHT.search(seen) and _CURLED.search(seen):
        seen = _STRAIGHT.sub(" ", seen)
    seen = " ".join(seen.split())
    known = values.keyword(field, seen) if field else None
    return (known or seen)[:KEY_LENGTH].rstrip()


def keys(patent: Patent) -> dict[str, list[str]]:
    """The keys of a record in the columns that are its own here: `SOUGHT` and `COUNTED`."""
    applicants = patent.applicants
    found = {
        "application_year": _years(patent.application.date if patent.application else None),
        "grant_year": _years(patent.publication_date if patent.stage == "granted" else None),
        "priority_year": _years(min((each.date for each in patent.priorities if each.date), default=None)),
        "origin": _spelled([applicants[0].country], "origin") if applicants else [],
        "city": _spelled((party.city for party in applicants), "city"),
        "cited": unique(_cited(each.number) for each in patent.citations if each.number.strip()),
    }
    for scheme, columns in _SYMBOLS.items():
        symbols = [_levels(each.symbol, scheme) for each in getattr(patent, scheme) if each.symbol.strip()]
        found.update(
            (column, unique(filter(None, some))) for column, some in zip(columns, zip(*symbols, strict=True), strict=False)
        )
    return found


def unique(texts: Iterable[str]) -> list[str]:
    """Each once, in the order given: both engines would count a repeated key once, but a repeated name twice."""
    return list(dict.fromkeys(texts))


@lru_cache(maxsize=1 << 16)
def _levels(symbol: str, scheme: str) -> tuple[str | None, ...]:
    """The keys of a symbol in the columns of its scheme; what is cut off above a level has no key of it."""
    levels = classes.levels(symbol)
    found: list[str | None] = [levels[0]]
    for wider, each in pairwise(levels):
        found.append(each if each != wider else None)
    reached = [found[level] if level < len(found) else None for of, level in LEVELS.values() if of == scheme]
    return (*reached, technology.field(levels[-1])) if scheme == "ipc" else tuple(reached)


def _years(day: str | None) -> list[str]:
    return [day[:4]] if day else []


def _spelled(texts: Iterable[str | None], field: str) -> list[str]:
    return unique(key for text in texts if text and (key := spelled(text, field)))


@lru_cache(maxsize=1 << 12)
def _cited(number: str) -> str:
    """The key of a cited publication without its kind, under which all that was published of it meets; of what is none, an
    application for instance, the number itself."""
    try:
        cited = numbers.parse_publication(number)
    except numbers.NumberError:
        return spelled(number, "cites_is")
    return numbers.publication_keys(cited.country, cited.doc_number)[0]
