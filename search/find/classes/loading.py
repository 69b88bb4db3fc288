"""Loading: what files hold becomes rows, again and again the same; several languages and editions of one scheme merge."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from auth.database import Database
from search.find.classes import store
from search.find.classes.files import parts
from search.find.classes.model import Entry, Link, Refusal

_BATCH = 5_000
"""Rows of one transaction: nobody who writes waits long."""

Counts = dict[tuple[str, str], int]
"""By ("classes" or "links", scheme)."""


def load(database: Database, path: Path, *, told: Callable[[str, int], None], refused: Callable[[str, Refusal], None]) -> Counts:
    """Loads a file and says how many of each it has, whether held before or not. `told` hears the name of each part and how many
    rows were read up to now, `refused` each row that can't be read. Raises `SchemeRefused` for what is no scheme at all; what was
    read before the fault stands, and loading again goes over it."""
    counts: Counts = {}
    for name, read in parts(path):
        for batch in _batches(_sound(read, partial(refused, name))):
            with database.write() as connection:
                store.merge(connection, batch)
            for each in batch:
                kind = ("classes" if isinstance(each, Entry) else "links", each.scheme)
                counts[kind] = counts.get(kind, 0) + 1
            told(name, sum(counts.values()))
    return counts


def _sound(read: Iterable[Entry | Link | Refusal], refused: Callable[[Refusal], None]) -> Iterator[Entry | Link]:
    for each in read:
        if isinstance(each, Refusal):
            refused(each)
        else:
            yield each


def _batches(read: Iterable[Entry | Link]) -> Iterator[list[Entry | Link]]:
    each = iter(read)
    while batch := list(islice(each, _BATCH)):
        yield batch
