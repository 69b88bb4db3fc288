"""Answering a search on the event loop itself instead of in a thread: for which questions, and when not
(docs/decisions/0340-short-searches-at-once.md)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from search.find.question import Question

LONG_S = 0.02
"""Work that takes so long keeps the other requests of the process waiting; a busy machine makes a few milliseconds of any work."""

APART = 100
"""After such work everything is done in threads for so many times as long: at most a hundredth of the time is lost."""

_READ = 200
"""Characters of a query that are read in well below a millisecond."""


def plain(question: Question) -> bool:
    """Whether nothing is asked for that needs more than the engine: the database, a dictionary, a document's whole text."""
    return (
        question.mode == "query"
        and len(question.text) <= _READ
        and question.cursor is None
        and not (question.filters or question.facets or question.highlight or question.record or question.translations)
        and not (question.units or question.synonyms or question.other_names)
    )


class Pace:
    """Watches that what should be short is: a disk that has to be read first makes it long."""

    def __init__(self, *, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._resumes = clock()

    def good(self) -> bool:
        """Whether short work has been short of late."""
        return self._clock() >= self._resumes

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Around each piece of such work."""
        began = self._clock()
        try:
            yield
        finally:
            ended = self._clock()
            if ended - began >= LONG_S:
                self._resumes = ended + APART * (ended - began)
