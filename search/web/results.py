"""The results' page: the answer of the API with links to narrow, order and page it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import urlencode

from search.find.answers import Found, Hit, Passage, Wider
from search.find.labels import label
from search.find.passages import WINDOW
from search.find.passages import passages as cut
from search.find.question import DEEPEST, FacetName, Mode
from search.find.schemas import SearchParams
from search.text.fold import fold
from search.web import languages
from search.web.shown import State, in_order, marked, state
from search.web.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

FACETS: tuple[FacetName, ...] = ("country", "type", "stage", "year", "ipc", "applicant")
FACET_SIZE = 8
_ORDERS = (("relevance", "order_relevance"), ("publication_date:desc", "order_newest"), ("publication_date:asc", "order_oldest"))
WIDENINGS = {"synonyms": "with_synonyms", "other_names": "with_other_names"}
"""What a search may ask to be added, and the words of its tick."""

_PASSAGES = 3
_ABSTRACT = 180
"""Characters of the abstract that are shown where the query found nothing to show."""

_COLLAPSED = {unit: ("collapse", unit) for unit in ("application", "family")}
"""One hit a unit, as a parameter of the address."""

_ENDS = "。；！？.;!?"
"""A text of which the answer holds a part only doesn't end in one of these."""

Pairs = list[tuple[str, str]]
"""The parameters of an address in order, without the page."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that changes the question, with what it says."""

    address: str
    label: str = ""
    words: str = ""
    count: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet's values as links that add or take out a filter."""

    name: str
    counts: Sequence[Link]


@dataclass(frozen=True, slots=True)
class WiderView:
    """A term that was widened, with its ticks."""

    clause: str
    ticks: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Offer:
    """A query that finds something where what was asked did not, and its words: what is otherwise in it."""

    query: str
    address: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class PassageView:
    """A text with its found words marked; `field` is the name of its words, empty for the abstract's start."""

    text: "Markup | str"
    lang: str | None
    field: str = ""


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit as the page shows it."""

    number: str
    title: "Markup | str"
    title_lang: str
    other_title: "Markup | str"
    other_lang: str
    date: str | None
    state: State | None
    applicants: str
    ipc: str
    passages: Sequence[PassageView]


def view(asked: SearchParams, found: Found, t: Words) -> dict[str, Any]:
    """What the template needs besides the answer itself."""
    pairs = [
        ("q", asked.q),
        *(("filter", pair) for pair in asked.filter),
        *((("sort", asked.sort),) if asked.sort != "relevance" else ()),
        *((("dialect", asked.dialect),) if asked.dialect != "auto" else ()),
        *((("mode", asked.mode),) if asked.mode != "query" else ()),
        *((("expand", "false"),) if not asked.expand else ()),
        *((name, "true") for name in WIDENINGS if getattr(asked, name)),
        *(("without", text) for text in asked.without),
        *((_COLLAPSED[asked.collapse],) if asked.collapse in _COLLAPSED else ()),
    ]
    listed = {"application": found.applications, "family": found.families}.get(asked.collapse) or found.total
    reachable = min(listed, DEEPEST)
    pages = max(-(-reachable // asked.size), 1)
    return {
        "found": found,
        "text": asked.q,
        "alone": urlencode([*pairs, ("expand", "false")]) if found.query.expanded else None,
        "dialect": asked.dialect,
        "mode": asked.mode,
        "modes": [_mode(pairs, asked.mode, mode) for mode in get_args(Mode)],
        "choices": languages.choices(pairs, asked.dialect, t),
        "read_in": languages.label(found.query.dialect, t),
        "said": languages.said(found.query.translations, found.query.dialect, t),
        "orders": [_order(pairs, asked.sort, order, words) for order, words in _ORDERS],
        "also": [name for name in WIDENINGS if getattr(asked, name)],
        "ticks": [_tick(pairs, name) for name in WIDENINGS],
        "widened": [_widened(pairs, wider) for wider in found.query.widened],
        "collapses": [_collapse(pairs, unit) for unit in _COLLAPSED],
        "chips": [_chip(pairs, pair, t) for pair in asked.filter],
        "facets": [facet for facet in _facets(pairs, asked, found) if facet.counts],
        "hits": [hit_view(hit, t) for hit in found.hits if not hit.gone],
        "offers": list(_offers(pairs, found)),
        "page": asked.page,
        "pages": pages,
        "first": (asked.page - 1) * asked.size + 1,
        "earlier": _page(pairs, asked.page - 1) if 1 < asked.page <= pages else None,
        "later": _page(pairs, asked.page + 1) if asked.page < pages else None,
        "first_page": urlencode(pairs),
        "analysis": urlencode(_counted(pairs)),
        "beyond": asked.page > pages,
        "deepest": asked.page == pages and listed > DEEPEST,
    }


def _counted(pairs: Pairs) -> Pairs:
    """The parameters of an analysis of the same documents."""
    kept = [pair for pair in pairs if pair[0] not in ("sort", "collapse")]
    return [*kept, *(("unit", unit) for unit, pair in _COLLAPSED.items() if pair in pairs)]


def _offers(pairs: Pairs, found: Found) -> Iterable[Offer]:
    """What could be asked instead, each query once; one that stands alone without the filters."""
    seen: set[tuple[str, bool]] = set()
    for clause in found.why:
        for each in clause.instead:
            if (each.query, each.alone) not in seen:
                seen.add((each.query, each.alone))
                kept = [] if each.alone else [pair for pair in pairs if pair[0] not in ("q", "dialect", "mode")]
                address = urlencode([("q", each.query), ("dialect", "native"), *kept])
                yield Offer(each.query, address, f"instead_{each.change}", each.count)


def _collapse(pairs: Pairs, unit: str) -> Link:
    """One hit a unit, or every document."""
    collapsed = _COLLAPSED[unit] in pairs
    kept = [pair for pair in pairs if pair[0] != "collapse"]
    return Link(urlencode(kept if collapsed else [*kept, _COLLAPSED[unit]]), words=f"one_a_{unit}", current=collapsed)


def _tick(pairs: Pairs, name: str) -> Link:
    """A way of widening as a tick; what was left out of it before is forgotten with it."""
    ticked = (name, "true") in pairs
    kept = [pair for pair in pairs if pair[0] not in (name, "page") and not (ticked and pair[0] == "without")]
    return Link(urlencode(kept if ticked else [*kept, (name, "true")]), words=WIDENINGS[name], current=ticked)


def _widened(pairs: Pairs, wider: Wider) -> WiderView:
    """What was added to a term as ticks to take it out, and what was left out as ticks to take it in again."""
    out = [Link(urlencode([*pairs, ("without", text)]), label=text, current=True) for text in wider.added]
    back = [Link(urlencode(_without(pairs, text)), label=text) for text in wider.left_out]
    return WiderView(wider.clause, [*out, *back])


def _without(pairs: Pairs, text: str) -> Pairs:
    """The parameters without what leaves the text out, in whatever case and script it was written."""
    return [(name, value) for name, value in pairs if name != "without" or fold(value) != fold(text)]


def _page(pairs: Pairs, page: int) -> str:
    return urlencode([*pairs, ("page", str(page))])


def _order(pairs: Pairs, current: str, order: str, words: str) -> Link:
    kept = [pair for pair in pairs if pair[0] != "sort"]
    return Link(urlencode([*kept, ("sort", order)]), words=words, current=order == current)


def _mode(pairs: Pairs, current: str, mode: str) -> Link:
    kept = [pair for pair in pairs if pair[0] not in ("mode", "dialect")]
    return Link(urlencode([*kept, ("mode", mode)]), words=f"mode_{mode}", current=mode == current)


def _chip(pairs: Pairs, narrowed: str, t: Words) -> Link:
    name, _, value = narrowed.partition(":")
    kept = [pair for pair in pairs if pair != ("filter", narrowed)]
    return Link(urlencode(kept), label=f"{t.known(name, name)} {label(name, value, t.lang)}")


def _facets(pairs: Pairs, asked: SearchParams, found: Found) -> Iterable[FacetView]:
    """The most frequent values of each, the years among them in their own order, the newest first."""
    for name, counts in found.facets.items():
        links = []
        for count in sorted(counts, key=lambda each: each.value, reverse=True) if name == "year" else counts:
            pair = ("filter", f"{name}:{count.value}")
            current = pair[1] in asked.filter
            changed = [kept for kept in pairs if kept != pair] if current else [*pairs, pair]
            links.append(Link(urlencode(changed), label=count.label, count=count.count, current=current))
        yield FacetView(name, links)


def hit_view(hit: Hit, t: Words) -> HitView:
    titles = [*in_order(hit.titles, t.lang), ("", ""), ("", "")]
    return HitView(
        number=hit.number,
        title=_title(hit, titles[0]),
        title_lang=titles[0][0],
        other_title=_title(hit, titles[1]),
        other_lang=titles[1][0],
        date=hit.publication_date,
        state=state(hit.stage, t.lang),
        applicants="；".join(party.name for party in hit.applicants[:3]),
        ipc=hit.ipc[0].symbol if hit.ipc else "",
        passages=_passages(hit, t) or _abstract(hit, t),
    )


def _title(hit: Hit, title: tuple[str, str]) -> "Markup | str":
    for passage in hit.highlights.get("title", ()):
        if passage.text == title[1]:
            return marked(passage.text, passage.spans)
    return title[1]


def _passages(hit: Hit, t: Words) -> list[PassageView]:
    """The first of each field, in the page's language where it was found in it; a title is shown as the title."""
    found: list[PassageView] = []
    for field, passages in hit.highlights.items():
        if field != "title":
            passage = min(passages, key=lambda passage: passage.lang != t.lang)
            found.append(_passage(field, passage))
    return found[:_PASSAGES]


def _passage(field: str, passage: Passage) -> PassageView:
    """A window of it: an abstract is whole in the answer, and too long for a list."""
    [shown, *_] = cut([(passage.lang, passage.text)], [passage.spans], whole=WINDOW)
    before = "" if passage.text.startswith(shown.text) else "…"
    after = "" if passage.text.endswith(shown.text) and shown.text[-1] in _ENDS else "…"
    return PassageView(before + marked(shown.text, shown.spans) + after, passage.lang, field)


def _abstract(hit: Hit, t: Words) -> list[PassageView]:
    for lang, text in in_order(hit.abstracts, t.lang):
        return [PassageView(text if len(text) <= _ABSTRACT else f"{text[:_ABSTRACT]}…", lang)]
    return []
