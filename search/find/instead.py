"""What to ask instead of a part of a question that finds nothing: each a query that finds something, with its exact count."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from search.engine.layout import PARTIES, SCHEMES
from search.engine.model import Request
from search.engine.port import PatentReader
from search.find import documents, names
from search.find.answers import Change, Instead
from search.find.history import written
from search.patent import classes
from search.query import fields
from search.query.near import distances
from search.query.spelling import slips
from search.query.tree import And, Expanded, Leaf, Near, Not, Or, Query, Value, Wild, Word, both, either, leaves
from search.text import tokens
from search.text.stems import stem

_LEAVES = 4
"""Leaves of a part that are looked after; of all parts those that find nothing themselves."""

_EACH = 3
"""Spellings, names or numbers that are offered for one leaf."""

_PIECES = 3
"""Words that a run of Chinese is cut into."""

_SHORTEST, _LONGEST = 3, 20
"""Letters of a word of which slips are looked for."""

_TEXTS = tuple(field.name for field in fields.FIELDS if field.kind == "text")


@dataclass(frozen=True, slots=True)
class _Offer:
    """A part changed, and the whole question with it."""

    change: Change
    part: Query
    whole: Query


class Alternatives:
    """Of one question: its parts, all of which must hold, and the filters besides. `reached` is how far the classes of one that
    is asked reach (`search.find.classes`)."""

    def __init__(
        self, reader: PatentReader, parts: Sequence[Query], filters: Sequence[Query], *, reached: Callable[[Query], Query]
    ) -> None:
        self._reader = reader
        self._reached = reached
        self._parts = parts
        self._filters = filters

    def instead(self, place: int, *, dead: bool) -> list[Instead]:
        """What could stand for the part of this place; of one that is not `dead` only the question without it."""
        part = self._parts[place]
        found = self._counted(list(self._changed(place, part))) if dead else []
        rest = [other for number, other in enumerate(self._parts) if number != place]
        if rest:
            found += self._counted([_Offer("left_out", both(*rest), both(*rest))])
        return found

    def _changed(self, place: int, part: Query) -> Iterator[_Offer]:
        for change, other in self._options(part):
            parts = [*self._parts[:place], other, *self._parts[place + 1 :]]
            yield _Offer(change, other, both(*parts))

    def _counted(self, offers: Sequence[_Offer]) -> list[Instead]:
        """Those of the offers that find something, whole or else alone."""
        wholes = self._counts([both(offer.whole, *self._filters) for offer in offers])
        only = len(self._parts) == 1 and not self._filters
        missing = [offer for offer, count in zip(offers, wholes, strict=True) if not (count or only or offer.change == "left_out")]
        alone = iter(self._counts([offer.part for offer in missing]))
        found = []
        for offer, count in zip(offers, wholes, strict=True):
            counted = count or (0 if only or offer.change == "left_out" else next(alone))
            text = written(offer.whole if count else offer.part, {}) if counted else None
            if text is not None:
                found.append(Instead(change=offer.change, query=text, count=counted, alone=not count))
        return found

    def _counts(self, queries: Sequence[Query]) -> list[int]:
        """As the engine's; of a question with a distance that it could not look at whole, none."""
        queries = [self._reached(query) for query in queries]
        plain = [query for query in queries if not any(distances(query))]
        counts = iter(self._reader.counts(plain))
        return [self._looked_at(query) if any(distances(query)) else next(counts) for query in queries]

    def _looked_at(self, query: Query) -> int:
        found = self._reader.search(Request(query, size=1, whole=False))
        return 0 if found.checked else found.total

    def _options(self, part: Query) -> Iterator[tuple[Change, Query]]:
        """The part with one leaf changed; a distance without it."""
        nears = [near for near in _positive(part) if isinstance(near, Near)]
        for near in nears:
            yield "distance", _replaced(part, near, both(near.left, near.right))
        close = {leaf for near in nears for leaf in leaves(near.left if near.without else near)}
        sought = list(dict.fromkeys([*(leaf for leaf in _positive(part) if not isinstance(leaf, Near)), *close]))
        counts = self._reader.counts(sought)
        for leaf in [leaf for leaf, count in zip(sought, counts, strict=True) if not count][:_LEAVES]:
            for change, other in self._leaf(leaf):
                if leaf not in close or change == "spelling":
                    yield change, _replaced(part, leaf, other)

    def _leaf(self, leaf: Query) -> Iterator[tuple[Change, Query]]:
        match leaf:
            case Word():
                yield from (("spelling", word) for word in self._spelled(leaf))
                yield from (("name", name) for name in self._names(leaf.text, leaf.field))
                yield from (("words", words) for words in self._apart(leaf))
                yield from (("field", replace(leaf, field=field)) for field in _elsewhere(leaf))
            case Wild():
                yield from (("field", replace(leaf, field=field)) for field in _elsewhere(leaf))
            case Value(field, value) if field in PARTIES:
                yield from (("name", name) for name in self._names(value, field))
            case Value(field, value) | Expanded(field, value) if field in SCHEMES:
                yield from (("class", Value(field, key)) for key in self._broader(leaf))
                yield from (("field", Value(other, value)) for other in SCHEMES[:2] if other != field)
            case Value("number" | "application", value):
                yield from (("number", Value("number", number)) for number in documents.near(self._reader, value)[:_EACH])

    def _spelled(self, word: Word) -> list[Word]:
        """The held words one slip away from a Latin word, the commonest first."""
        cut = [unit for unit, _, _ in tokens.units(word.text)]
        if len(cut) != 1 or tokens.is_run(cut[0]) or not _SHORTEST <= len(cut[0]) <= _LONGEST:
            return []
        near = [replace(word, text=text) for text in slips(cut[0])]
        for asked in ([replace(each, exact=True) for each in near], near):  # as it is spelled, else an inflection of it
            counts = self._reader.counts(asked)
            held = [(count, each) for count, each in zip(counts, near, strict=True) if count]
            if held:
                best = sorted(held, key=lambda pair: -pair[0])
                by_stem = {stem(each.text): each for _, each in reversed(best)}
                return [each for _, each in best if by_stem[stem(each.text)] is each][:_EACH]
        return []

    def _names(self, text: str, field: str | None) -> list[Query]:
        if field not in PARTIES:
            return []
        return [Value(field, name) for name, _ in names.near(self._reader, text, field, size=_EACH)]

    def _apart(self, word: Word) -> Iterator[Query]:
        """The words of a text that need not stand side by side: those of a phrase, and a Chinese run cut where its longest held
        start ends."""
        cut = [unit for unit, _, _ in tokens.units(word.text)]
        if len(cut) == 1 and tokens.is_run(cut[0]):
            cut = self._cut(cut[0], word)
        if len(cut) > 1:
            yield both(*(replace(word, text=unit) for unit in cut))

    def _cut(self, run: str, word: Word) -> list[str]:
        found: list[str] = []
        while len(run) > 1 and len(found) < _PIECES:
            starts = [run[:length] for length in range(len(run), 1, -1)]
            counts = self._reader.counts([replace(word, text=start) for start in starts])
            held = next((start for start, count in zip(starts, counts, strict=True) if count), None)
            if held is None:
                break
            found.append(held)
            run = run[len(held) :]
        return found

    def _broader(self, leaf: Value | Expanded) -> list[str]:
        """The next level above a class that some document has."""
        try:
            above = classes.levels(leaf.value)[-2::-1]
        except classes.ClassError:
            return []
        counts = self._reader.counts([Value(leaf.field, key) for key in above])
        return [key for key, count in zip(above, counts, strict=True) if count][:1]


def _elsewhere(leaf: Word | Wild) -> Iterator[str | None]:
    """Where else a leaf could be sought: without its field, and in each other field of words."""
    if leaf.field is not None:
        yield None
    asked = (leaf.field,) if leaf.field else fields.DEFAULT
    yield from (name for name in _TEXTS if name not in asked)


def _positive(part: Query) -> Iterator[Leaf | Near]:
    """The leaves and distances that must or may match."""
    match part:
        case Not():
            return
        case And() | Or():
            for item in part.items:
                yield from _positive(item)
        case _:
            yield part


def _replaced(part: Query, old: Query, new: Query) -> Query:
    """The part with `new` wherever `old` stood."""
    if part == old:
        return new
    match part:
        case Not():
            return Not(_replaced(part.item, old, new))
        case And() | Or():
            items = [_replaced(item, old, new) for item in part.items]
            return both(*items) if isinstance(part, And) else either(*items)
        case Near():
            return replace(part, left=_replaced(part.left, old, new), right=_replaced(part.right, old, new))
    return part
