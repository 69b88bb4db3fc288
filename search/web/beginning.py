"""Beside the results of one plain word: names that have it, and words of titles that it begins."""

from collections.abc import Iterator
from urllib.parse import urlencode

from search.engine.port import PatentReader
from search.find.answers import Found
from search.find.schemas import SearchParams
from search.find.suggesting import Suggested, suggested
from search.find.translating import parsed
from search.query.tree import Word
from search.web.results import Offer

_OF: tuple[Suggested, ...] = ("word", "applicant", "inventor")
_EACH = 4


def like(reader: PatentReader, asked: SearchParams, found: Found) -> list[Offer]:
    """What begins as the word, on the first page of a question that is nothing but one; the word itself is left out."""
    if asked.mode != "query":
        return []
    tree = parsed(asked.q, asked.dialect).tree
    if not isinstance(tree, Word) or tree.field or asked.filter or asked.page > 1:
        return []
    return [offer for offer in _offers(reader, tree.text) if offer.query != found.query.canonical]


def _offers(reader: PatentReader, typed: str) -> Iterator[Offer]:
    for field in _OF:
        for each in suggested(reader, field, typed[:100], size=_EACH):
            address = urlencode({"q": each.query, "dialect": "native"})
            yield Offer(each.value, address, f"begins_{field}", each.count)
