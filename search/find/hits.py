"""From an engine's hits to the hits of an answer: the few keys that are shown, and where the query was found."""

from collections.abc import Iterable, Mapping
from typing import cast

import msgspec

from search.engine import model
from search.find.answers import Held, Hit, Passage
from search.find.passages import PASSAGES, WHOLE, passages
from search.query.highlight import highlight
from search.query.near import distances
from search.query.tree import Query, Wild, Word, leaves

Texts = list[tuple[str | None, str]]
"""The texts of a field with their languages."""


class _Long(Held, frozen=True):
    """What is decoded besides where the query asks for it."""

    claims: tuple["_Claim", ...] = ()
    description: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    inventors: tuple["_Named", ...] = ()
    agents: tuple["_Named", ...] = ()
    agent_firms: tuple["_Named", ...] = ()


class _Claim(msgspec.Struct, frozen=True):
    text: str
    lang: str | None = None


class _Named(msgspec.Struct, frozen=True):
    name: str
    names: dict[str, str] = {}


_held = msgspec.json.Decoder(Held)
_long = msgspec.json.Decoder(_Long)
_AT_ONCE = 8
_WHOLE = {"title": WHOLE, "abstract": WHOLE}
_JOINED = frozenset({"claims", "description"})
"""Fields whose texts of one language are one text in the index, a line each."""


def hits(found: Iterable[model.Hit], tree: Query | None) -> list[Hit]:
    """The hits as they are answered, with highlights of `tree` where one is given."""
    asked = _asked(tree) if tree is not None else frozenset()
    return [_hit(hit, tree, asked) for hit in found]


def passed(found: Iterable[model.Hit]) -> list[Hit]:
    """The hits without highlights, of documents of which no more than `Shown` was asked for, to be written as JSON and not read:
    what is stored goes out as it stands."""
    return [
        Hit(number=hit.number, score=hit.score, gone=True) if hit.document is None else _passed(hit.score, hit.document)
        for hit in found
    ]


def _passed(score: float, document: bytes) -> Hit:
    """The JSON of a hit in the place of one; the encoder takes both."""
    return cast(Hit, msgspec.Raw(b'{"score":%a,%b' % (score, document[1:])))


def _asked(tree: Query) -> frozenset[str | None]:
    """The fields whose words can be shown; ``None`` for a leaf without a field."""
    return frozenset(leaf.field for leaf in leaves(tree) if isinstance(leaf, Word | Wild))


def _hit(hit: model.Hit, tree: Query | None, asked: frozenset[str | None]) -> Hit:
    if hit.document is None:
        return Hit(number=hit.number, score=hit.score, gone=True)
    if tree is None or not asked:
        held, marked = _held.decode(hit.document), {}
    else:
        long = _long.decode(hit.document)
        held, marked = long, _highlights(long, tree, asked)
    return Hit(
        number=held.number,
        score=hit.score,
        stage=held.stage,
        type=held.type,
        titles=held.titles,
        abstracts=held.abstracts,
        applicants=held.applicants,
        publication_date=held.publication_date,
        ipc=held.ipc,
        legal=held.legal,
        highlights=marked,
    )


def _highlights(held: _Long, tree: Query, asked: frozenset[str | None]) -> dict[str, list[Passage]]:
    sought = {field: texts for field, texts in _texts(held).items() if field in asked or None in asked}
    found = {field: _passages(field, texts, tree) for field, texts in sought.items()}
    return {field: shown for field, shown in found.items() if shown}


def _passages(field: str, texts: Texts, tree: Query) -> list[Passage]:
    """The field's first passages. A few texts at a time: most descriptions have enough in their first paragraphs, and the
    whole of one is long."""
    whole = _WHOLE.get(field, 0)
    if field in _JOINED and any(distances(tree)):
        return passages(texts, _across(field, texts, tree), whole=whole)
    shown: list[Passage] = []
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        spans = highlight(tree, {field: [text for _, text in some]})[field]
        shown += passages(some, spans, whole=whole)
        if len(shown) >= PASSAGES:
            break
    return shown[:PASSAGES]


def _across(field: str, texts: Texts, tree: Query) -> list[list[tuple[int, int]]]:
    """The spans of each text, found in all texts of its language together: a distance reaches from one into the next."""
    places: dict[str | None, list[int]] = {}
    for place, (lang, _) in enumerate(texts):
        places.setdefault(lang, []).append(place)
    values = ["\n".join(texts[place][1] for place in some) for some in places.values()]
    found: list[list[tuple[int, int]]] = [[] for _ in texts]
    for some, spans in zip(places.values(), highlight(tree, {field: values})[field], strict=True):
        start = 0
        for place in some:
            end = start + len(texts[place][1])
            found[place] = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
            start = end + 1
    return found


def _texts(held: _Long) -> Mapping[str, Texts]:
    """As `search.engine.layout` indexes them, but one text a claim and a paragraph, so that a passage stays within it."""
    return {
        "title": list(held.titles.items()),
        "abstract": list(held.abstracts.items()),
        "claims": [(claim.lang, claim.text) for claim in held.claims],
        "description": [(lang, text) for lang, paragraphs in held.description.items() for text in paragraphs],
        "applicant": [(None, name) for party in held.applicants for name in (party.name, *party.names.values())],
        "inventor": _names(held.inventors),
        "agent": _names((*held.agents, *held.agent_firms)),
    }


def _names(parties: Iterable[_Named]) -> Texts:
    return [(None, name) for party in parties for name in (party.name, *party.names.values())]
