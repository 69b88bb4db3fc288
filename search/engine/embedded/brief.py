"""Which searches are over so soon that nobody need wait for a thread: what a plan makes the engine read, before it reads it."""

from functools import lru_cache
from math import inf

from tantivy import Searcher

from search.engine.model import Request
from search.engine.plan import Bool, Keys, Plan, Run
from search.engine.planner import plan
from search.query.tree import Query

READ = 30_000
"""Postings of a search, some 0.4 ms of one core."""

FOUND = 3_000
"""Hits at the most. Where all have the same score each of them is looked at, for two microseconds."""

_PHRASE = 8
"""A posting whose positions are read and compared takes as long as so many others."""

_TERMS = 48
"""Dictionary entries looked up to find that out, of a microsecond each: a few words sought in every field."""

_REMEMBERED = 512

_SHOWN = 20
"""Hits up to the last one asked for."""


def plain(request: Request) -> bool:
    """Whether a few hits in the order of their scores are all that is asked for."""
    return (
        request.offset + request.size <= _SHOWN
        and request.sort.by == "relevance"
        and request.after is None
        and not (request.whole or request.facets or request.filters or request.counted)
    )


class Briefs:
    """What was found out of the questions to one commit, the last ones of them."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self.plan = lru_cache(maxsize=_REMEMBERED)(self._plan)

    def _plan(self, query: Query) -> Plan | None:
        """The question's plan, if it has words and keys alone, few of them, that stand in few documents."""
        reading, asked = Reading(self._searcher), plan(query)
        return asked if reading.hits(asked) <= FOUND and reading.postings <= READ else None


class Reading:
    """What parts of a plan make the engine read, summed up."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._terms = 0
        self.postings = 0

    def hits(self, asked: Plan) -> float:
        """No fewer than the plan has; infinite where that would take long to say."""
        match asked:
            case Run(field, tokens):
                return min(self._postings(field, tokens, weight=1 if len(tokens) == 1 else _PHRASE))
            case Keys(field, values):
                return sum(self._postings(field, values, weight=1))
            case Bool(must, should, filters, must_not):
                needed = [self.hits(part) for part in (*must, *filters)]
                if should:
                    needed.append(sum(self.hits(part) for part in should))
                return inf if inf in (*needed, *map(self.hits, must_not)) else min(needed)
        return inf

    def _postings(self, field: str, terms: tuple[str, ...], *, weight: int) -> list[float]:
        """In how many documents each term stands."""
        self._terms += len(terms)
        if self._terms > _TERMS:
            return [inf]
        found = [self._searcher.doc_freq(field, term) for term in terms]
        self.postings += weight * sum(found)
        return [*found]
