"""A document's page: its INID table (WIPO ST.9), its texts cut to pages that stay light, its citations."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import islice
from urllib.parse import urlencode

from search.find.labels import label
from search.patent.model import Citation, Party, Patent, Reference
from search.web.shown import State, in_order, state
from search.web.words import Words

FIRST = 25_000
"""Bytes of the abstract, of the claims and of the description on the document's own page."""
PART = 72_000
"""Bytes of text on each further page; with its frame a page stays under 100 KB."""
_DEEPEST = 3
_WIDEST = 5
"""Bytes of a character when it is escaped (``&amp;``)."""
_MANY = 200
"""The most values of a row, and the most citations."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or a claim; a claim has its number and how deep it depends."""

    text: str
    lang: str | None = None
    number: int | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the texts; `more` is the page of the part's own address that goes on, ``None`` at the end."""

    name: str
    texts: Sequence[Text]
    count: str = ""
    more: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: INID code, name of its words, values."""

    code: str
    words: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class View:
    """What the template shows of a record."""

    number: str
    title: str = ""
    title_lang: str = ""
    other_title: str = ""
    other_lang: str = ""
    state: State | None = None
    type: str = ""
    family: str | None = None
    family_address: str = ""
    rows: Sequence[Row] = ()
    sections: Sequence[Section] = ()
    citations: Sequence[Citation] = ()
    npl: Sequence[str] = ()


def view(patent: Patent, t: Words) -> View:
    """The record as its page shows it, in the page's language."""
    titles = [*in_order(patent.titles, t.lang), ("", ""), ("", "")]
    return View(
        number=patent.number,
        title=titles[0][1],
        title_lang=titles[0][0],
        other_title=titles[1][1],
        other_lang=titles[1][0],
        state=state(patent.stage, t.lang),
        type=label("type", patent.type, t.lang) if patent.type else "",
        family=patent.family,
        family_address=urlencode({"q": "*", "filter": f"family:{patent.family}"}),
        rows=[replace(row, values=row.values[:_MANY]) for row in _rows(patent, t.lang) if row.values],
        sections=[section for section in _sections(patent, t) if section.texts],
        citations=patent.citations[:_MANY],
        npl=patent.npl[:_MANY],
    )


def part(patent: Patent, name: str, page: int, t: Words) -> tuple[Section, int] | None:
    """The page of the claims or the description, and how many there are; ``None`` where there is none."""
    texts, count = _PARTS[name](patent, t)
    pages = list(_pages(texts, PART))
    if not 1 <= page <= len(pages):
        return None
    return Section(name, pages[page - 1], count, page + 1 if page < len(pages) else None), len(pages)


def _sections(patent: Patent, t: Words) -> Iterable[Section]:
    abstracts = (Text(text, lang) for lang, text in in_order(patent.abstracts, t.lang))
    yield Section("abstract", next(iter(_pages(abstracts, FIRST)), []))
    for name, texts_of in _PARTS.items():
        texts, count = texts_of(patent, t)
        pages = list(islice(_pages(texts, FIRST), 2))
        if pages:
            yield Section(name, pages[0], count, 1 if len(pages) > 1 else None)


def _claims(patent: Patent, t: Words) -> tuple[list[Text], str]:
    """Each claim as deep as the chain of those it depends on, by the first of each; a claim depends on earlier ones only."""
    depths: dict[tuple[str | None, int], int] = {}
    texts = []
    for claim in patent.claims:
        first = min(claim.depends_on, default=0)
        depth = depths.get((claim.lang, first), -1) + 1 if first else 0
        depths[claim.lang, claim.number] = depth
        texts.append(Text(claim.text, claim.lang, claim.number, min(depth, _DEEPEST)))
    return texts, t("claims_count", count=len(texts))


def _description(patent: Patent, t: Words) -> tuple[list[Text], str]:
    texts = [Text(paragraph, lang) for lang in patent.description for paragraph in patent.description[lang]]
    return texts, t("paragraphs", count=len(texts))


_PARTS: dict[str, Callable[[Patent, Words], tuple[list[Text], str]]] = {"claims": _claims, "description": _description}


def _pages(texts: Iterable[Text], budget: int) -> Iterable[list[Text]]:
    """The texts in order, at most `budget` bytes a page as they are sent."""
    page: list[Text] = []
    left = budget
    for piece in (piece for text in texts for piece in _pieces(text, budget // _WIDEST)):
        size = len(escape(piece.text).encode())
        if page and size > left:
            yield page
            page, left = [], budget
        page.append(piece)
        left -= size
    if page:
        yield page


def _pieces(text: Text, most: int) -> Iterable[Text]:
    """A text longer than `most` characters in pieces."""
    if len(text.text) <= most:
        yield text
        return
    for start in range(0, len(text.text), most):
        yield Text(text.text[start : start + most], text.lang, text.number, text.depth)


def _rows(patent: Patent, lang: str) -> Iterable[Row]:
    granted = patent.stage in ("granted", "corrected", "partly_invalidated")
    application = patent.application or Reference()
    kind = (patent.kind or "", label("type", patent.type, lang) if patent.type else "")
    yield Row("11", "inid_11", _present(patent.number))
    yield Row("12", "inid_12", _present(" ".join(filter(None, kind))))
    yield (
        Row("45", "inid_45", _present(patent.publication_date))
        if granted
        else Row("43", "inid_43", _present(patent.publication_date))
    )
    yield Row("21", "inid_21", _present(application.number))
    yield Row("22", "inid_22", _present(application.date))
    yield Row("30", "inid_30", [" ".join(filter(None, (priority.number, priority.date))) for priority in patent.priorities])
    yield Row("51", "inid_51", [symbol.symbol for symbol in patent.ipc])
    yield Row("51", "inid_51_locarno", [symbol.symbol for symbol in patent.locarno])
    yield Row("52", "inid_52", [symbol.symbol for symbol in patent.cpc])
    yield Row("73" if granted else "71", "inid_73" if granted else "inid_71", [_party(party) for party in patent.applicants])
    yield Row("72", "inid_72", [_name(party) for party in patent.inventors])
    yield Row("74", "inid_74", [_name(party) for party in (*patent.agent_firms, *patent.agents)])
    if patent.pct:
        yield Row("86", "inid_86", _present(patent.pct.application))
        yield Row("87", "inid_87", _present(patent.pct.publication))


def _present(value: str | None) -> list[str]:
    return [value] if value else []


def _name(party: Party) -> str:
    others = [name for name in party.names.values() if name != party.name]
    return " / ".join([party.name, *others])


def _party(party: Party) -> str:
    place = [part for part in (party.country, party.region, party.city) if part]
    return f"{_name(party)}（{' '.join(place)}）" if place else _name(party)
