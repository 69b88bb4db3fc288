"""Questions of many kinds, drawn from the documents themselves, the same ones at every run."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from search.engine.model import Request, Sort
from search.engine.port import PatentReader
from search.patent.model import Patent
from search.query.tree import And, Not, Or, Query, Range, Value, Wild, Word
from search.text import tokens

Draw = Callable[["Drawer"], Query]

PAGE = 1_000

SORTS = (Sort(), Sort(), Sort("publication_date"), Sort("publication_date", descending=False), Sort("number", descending=False))
FACETS = (("country", "ipc"), ("applicant", "year"), ("kind", "region", "locarno"), ())
_CHINESE = re.compile("[\u4e00-\u9fff]{2,}")
_LATIN = re.compile("[A-Za-z]{3,}")


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    request: Request


class Drawer:
    """Draws words and phrases of documents at random; a draw that a document cannot give is made again from another."""

    def __init__(self, documents: Sequence[Patent], seed: int) -> None:
        self.random = random.Random(seed)
        self._documents = documents

    def patent(self) -> Patent:
        return self.random.choice(self._documents)

    def text(self, having: re.Pattern[str]) -> str:
        """The title or abstract of some document in which the pattern is found."""
        while True:
            patent = self.patent()
            texts = [text for text in (*patent.titles.values(), *patent.abstracts.values()) if having.search(text)]
            if texts:
                return self.random.choice(texts)

    def chinese(self, low: int, high: int) -> str:
        """`low` to `high` consecutive Chinese characters."""
        length = self.random.randint(low, high)
        run = self.random.choice(_CHINESE.findall(self.text(re.compile(f"[\u4e00-\u9fff]{{{max(2, length)}}}"))))
        start = self.random.randint(0, max(0, len(run) - length))
        return str(run[start : start + length])

    def latin(self, *, longest: int = 40) -> str:
        """A Latin word."""
        word: str = self.random.choice(_LATIN.findall(self.text(_LATIN)))
        return word[:longest]

    def window(self, having: re.Pattern[str], units: int) -> str:
        """So many consecutive words and runs of a text, as they stand in it."""
        text = self.text(having)
        cut = tokens.units(text)
        start = self.random.randint(0, max(0, len(cut) - units))
        chosen = cut[start : start + units]
        return text[chosen[0][1] : chosen[-1][2]]

    def year(self) -> str:
        while True:
            if published := self.patent().publication_date:
                return published[:4]


def _found(draw: Drawer, pattern: str) -> str:
    """What a pattern finds in some document."""
    found = re.compile(pattern)
    return str(draw.random.choice(found.findall(draw.text(found))))


def _both(draw: Drawer) -> Query:
    """Two words of one text."""
    text = draw.text(re.compile("[\u4e00-\u9fff]{4,}"))
    cut = [unit for unit, _, _ in tokens.units(text)]
    return And(tuple(Word(draw.random.choice(cut)[:2]) for _ in range(2)))


def _symbol(draw: Drawer) -> str:
    while True:
        if symbols := draw.patent().ipc:
            return draw.random.choice(symbols).symbol.replace(" ", "")


def _level(draw: Drawer) -> Query:
    symbol = _symbol(draw)
    return Value("ipc", draw.random.choice([symbol[0], symbol[:3], symbol[:4], symbol.partition("/")[0], symbol]))


def _inside(draw: Drawer) -> Query:
    word = draw.latin()
    place = draw.random.randint(1, max(1, len(word) - 1))
    return Wild(word[:place] + draw.random.choice("*?") + word[place + 1 :])


def _days(draw: Drawer) -> Query:
    """A year or a few in which something was published or filed."""
    while True:
        patent = draw.patent()
        filed = patent.application and patent.application.date
        field, day = draw.random.choice([("publication_date", patent.publication_date), ("application_date", filed)])
        if day:
            return draw.random.choice([Range(field, day, day), Range(field, f"{day[:7]}-01", day), Range(field, high=day)])


def _nested(draw: Drawer) -> Query:
    either = Or((Word(draw.chinese(2, 3)), Word(draw.latin())))
    return Or((And((either, Not(Word(draw.chinese(2, 2))))), And((Word(draw.latin()), Word(draw.latin())))))


def _party(draw: Drawer) -> Query:
    while True:
        patent = draw.patent()
        field = draw.random.choice(["applicant", "inventor"])
        if parties := patent.applicants if field == "applicant" else patent.inventors:
            name = draw.random.choice(parties).name
            return draw.random.choice([Value(field, name), Word(name[: draw.random.randint(2, 6)], field)])


def _fielded(draw: Drawer) -> Query:
    """A word in the field where it was met."""
    while True:
        patent = draw.patent()
        field, texts = draw.random.choice([("title", patent.titles), ("abstract", patent.abstracts)])
        words = [unit for text in texts.values() for unit in tokens.units(text)]
        if words:
            return Word(draw.random.choice(words)[0][:3], field)


KINDS: dict[str, Draw] = {
    "chinese word": lambda draw: Word(draw.chinese(2, 4)),
    "latin word": lambda draw: Word(draw.latin()),
    "one chinese character": lambda draw: Word(draw.chinese(1, 1)),
    "or": lambda draw: Or((Word(draw.chinese(2, 3)), Word(draw.latin()))),
    "and": _both,
    "not": lambda draw: And((Word(draw.chinese(2, 2)), Not(Word(draw.chinese(2, 2))))),
    "chinese phrase": lambda draw: Word(draw.chinese(5, 9), exact=True),
    "latin phrase": lambda draw: Word(draw.window(_LATIN, draw.random.randint(2, 3)), exact=True),
    "stemmed phrase": lambda draw: Word(draw.window(re.compile("^[ -~]+$"), 2)),
    "mixed phrase": lambda draw: Word(_found(draw, "[\u4e00-\u9fff]{1,3}[A-Za-z0-9]+[\u4e00-\u9fff]{1,3}"), exact=True),
    "mixed phrase ending in one character": lambda draw: Word(_found(draw, "[A-Za-z0-9]{1,9}[\u4e00-\u9fff]")),
    "prefix": lambda draw: Wild(draw.latin()[: draw.random.randint(3, 5)] + "*"),
    "wildcard inside": _inside,
    "leading wildcard": lambda draw: Wild("*" + draw.latin()[2:]),
    "field": _fielded,
    "class at a level": _level,
    "class by prefix": lambda draw: Wild(_symbol(draw)[: draw.random.randint(4, 6)] + "*", "ipc"),
    "days": _days,
    "nested": _nested,
    "party": _party,
}


def questions(documents: Sequence[Patent], *, count: int, kinds: Mapping[str, Draw], seed: int = 3) -> list[Question]:
    """`count` questions, the kinds in turn; some sorted by date or number, some with facets, some narrowed by filters."""
    draw = Drawer(documents, seed)
    found: list[Question] = []
    for place in range(count):
        kind, make = list(kinds.items())[place % len(kinds)]
        request = Request(make(draw), filters=_filters(draw), sort=draw.random.choice(SORTS), facets=draw.random.choice(FACETS))
        found.append(Question(kind, request))
    return found


def every(index: PatentReader, request: Request) -> list[str]:
    """The numbers of all hits in their order, by a cursor."""
    page = replace(request, facets=(), size=PAGE, after="")
    results = index.search(page)
    found = [hit.number for hit in results.hits]
    while results.after:
        results = index.search(replace(page, after=results.after))
        found.extend(hit.number for hit in results.hits)
    return found


def _filters(draw: Drawer) -> dict[str, Query]:
    """Mostly none; else a country, a year, or both."""
    filters: dict[str, Query] = {}
    if draw.random.random() < 0.15:
        filters["country"] = Value("country", draw.random.choice(["CN", "US"]))
    if draw.random.random() < 0.08:
        filters["year"] = Value("year", draw.year())
    return filters
