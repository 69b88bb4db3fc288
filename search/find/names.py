"""Names of applicants, inventors and agents that are held, by a part of them: with exact counts, the commonest first.

The engines count whole names (a facet) among the documents that have the part in that field; of these the names with the part
are kept.  So a name is found by its middle as well as by its start, and every count is the name's own.
"""

import re
from collections.abc import Iterator

from search.engine.errors import TooManyExpansions
from search.engine.model import Request
from search.engine.port import PatentReader
from search.query.spelling import distance
from search.query.tree import Query, Wild, Word, both
from search.text import tokens
from search.text.fold import fold

_LOOKED_AT = 2_000
"""Names that are looked through, those of co-applicants among them; enough that a common one is not missed."""

_COMPARED = 300
"""Names of one part that are compared letter by letter."""

Names = list[tuple[str, int]]


def holding(reader: PatentReader, part: str, field: str, *, size: int) -> Names:
    """The names of the field that have `part` (Latin: at the start of a word), by count descending, then by name."""
    wanted = " ".join(fold(part).split())
    asked = _asked(wanted, field)
    if asked is None:
        return []
    try:
        found = reader.search(Request(asked, size=1, facets=(field,), facet_size=_LOOKED_AT, whole=False))
    except TooManyExpansions:  # a letter that begins too many words: one more will do
        return []
    has = re.compile(("" if tokens.has_chinese(wanted[0]) else r"(?<!\w)") + re.escape(wanted)).search
    return [(name, count) for name, count in found.facets[field].values if has(" ".join(fold(name).split()))][:size]


def near(reader: PatentReader, typed: str, field: str, *, size: int) -> Names:
    """The names that `typed` or as many characters of their start may be a slip of: nearest first, then by count."""
    wanted = fold(typed)
    most = max(1, len(wanted) // 4)
    apart: dict[str, tuple[int, int]] = {}
    for part in _parts(wanted):
        for name, count in holding(reader, part, field, size=_COMPARED):
            start = fold(name)[: len(wanted)]
            if name not in apart and start != wanted and (steps := distance(wanted, start)) <= most:
                apart[name] = (steps, -count)
    return [(name, -apart[name][1]) for name in sorted(apart, key=lambda name: (*apart[name], name))[:size]]


def _asked(wanted: str, field: str) -> Query | None:
    """The documents that have the part in the field: its words, the last of which may go on."""
    cut = tokens.units(wanted)
    if not cut:
        return None
    *whole, (last, _, _) = cut
    if tokens.is_run(last):
        return Word(wanted, field, exact=True)
    return both(*(Word(unit, field, exact=True) for unit, _, _ in whole), Wild(f"{last}*", field))


def _parts(wanted: str) -> Iterator[str]:
    """Parts of which a slip spares one: the halves of a Chinese name, the words of another."""
    if tokens.has_chinese(wanted):
        half = max(1, len(wanted) // 2)
        yield wanted[:half]
        yield wanted[half:]
        return
    for unit, _, _ in tokens.units(wanted):
        yield unit
