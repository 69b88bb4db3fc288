"""S8, S9: how a search grows as the documents do, and with the page, in the embedded engine."""

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice
from statistics import median

from indexer.sample.generate import patents
from loadtests.bench.harness import Goal, Measure, Outcome, compare, growth
from loadtests.bench.library import library
from search.engine.model import Request
from search.engine.port import PatentReader
from search.query import parse
from search.query.tree import All

_ASKED = 60
"""Searches of which the median is taken."""

_WORDS = ("battery", "电池", "control", "控制", "sensor", "传感器", "method", "方法")
_FACETS = ("country", "type", "year", "ipc", "applicant")


def term(*, rounds: int, goal: Goal, documents: int = 5_000, times: int = 8) -> Outcome:
    """The exponent of the CPU time of one word's first ten hits and its total."""
    del goal
    return _grown(_requests(_WORDS), rounds, documents, times)


def choice(*, rounds: int, goal: Goal, documents: int = 5_000, times: int = 8) -> Outcome:
    """The same of three words of which any will do."""
    del goal
    choices = [" OR ".join(islice(cycle(_WORDS), place, place + 3)) for place in range(len(_WORDS))]
    return _grown(_requests(choices), rounds, documents, times)


def facets(*, rounds: int, goal: Goal, documents: int = 5_000, times: int = 8) -> Outcome:
    """The same of one word with five facets."""
    del goal
    return _grown(_requests(_WORDS, _FACETS), rounds, documents, times)


def paging(*, rounds: int, goal: Goal, documents: int = 20_000, pages: int = 1_000) -> Outcome:
    """CPU seconds of the last of `pages` pages of ten by cursor, and of the second."""
    with library(patents(documents)) as reader:
        every = Request(All(), size=10, after="")
        cursors = [reader.search(every).after]
        for _ in range(pages - 2):
            cursors.append(reader.search(replace(every, after=cursors[-1])).after)
        second, last = (replace(every, after=cursor) for cursor in (cursors[0], cursors[-1]))
        return compare(_median(reader, [last]), _median(reader, [second]), goal, rounds=rounds)


def _requests(queries: Sequence[str], facets: tuple[str, ...] = ()) -> list[Request]:
    return [Request(parse(query).tree, facets=facets) for query in queries]


def _grown(asked: list[Request], rounds: int, documents: int, times: int) -> Outcome:
    with library(patents(documents)) as small, library(patents(documents * times)) as big:
        return growth(_median(small, asked), _median(big, asked), times=times, rounds=rounds)


def _median(reader: PatentReader, asked: list[Request]) -> Measure:
    def measure() -> float:
        return median(_cost(reader, request) for request in islice(cycle(asked), _ASKED))

    return measure


def _cost(reader: PatentReader, request: Request) -> float:
    start = time.process_time()
    reader.search(request)
    return time.process_time() - start
