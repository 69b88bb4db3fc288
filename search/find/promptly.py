"""Answering a search on the event loop itself instead of in a thread: for which questions, and when not
(docs/decisions/0340-short-searches-at-once.md)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from resource import RUSAGE_THREAD, getrusage
from time import perf_counter

from search.find.question import Question

APART = 100
"""After work that had to wait for a disk everything is done in threads for so many times as long: at most a hundredth of the time
is lost."""

LONG_S = 0.2
"""Likewise after work that took so long, whatever it waited for; a busy machine makes a few hundredths of any work."""

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


def disk_reads() -> int:
    """What this thread had to wait for a disk for so far: page faults and reads that no memory could answer."""
    used = getrusage(RUSAGE_THREAD)
    return used.ru_majflt + used.ru_inblock


class Pace:
    """Watches that what should be short is: a disk that has to be read first makes it long."""

    def __init__(self, *, clock: Callable[[], float] = perf_counter, reads: Callable[[], int] = disk_reads) -> None:
        self._clock = clock
        self._reads = reads
        self._resumes = clock()

    def good(self) -> bool:
        """Whether short work has been short of late."""
        return self._clock() >= self._resumes

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Around each piece of such work."""
        began, reads = self._clock(), self._reads()
        try:
            yield
        finally:
            ended = self._clock()
            took = ended - began
            if took >= LONG_S or self._reads() > reads:
                self._resumes = ended + APART * took
