"""1,000 distances drawn from real documents: each engine finds the documents that the exact matcher finds by reading them all."""

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from search.engine.embedded.phrases import phrases
from search.engine.embedded.reader import EmbeddedReader
from search.engine.model import Request
from search.engine.plan import Proximity
from search.engine.port import PatentIndex, PatentReader
from search.patent.model import Patent
from search.query.check import check
from search.query.errors import QueryError
from search.query.near import fields_of
from search.query.tree import Near
from tests import machine
from tests.differential.distances import SHAPES, Library
from tests.differential.questions import Drawer, every

COUNT = 1_000 if machine.soaking() else 100
READ = 10**9 if machine.soaking() else 700
"""Documents that are read to know what matches."""

EVERY = 5
"""So many are tried on every text without a glance at its characters first."""

TELLING = 0.7 if machine.soaking() else 0.4
"""Of so many something is found among the documents that are read."""

PHRASED = 0.05
"""Of so many words and gaps are few and whole."""

pytestmark = pytest.mark.data

Asked = list[tuple[str, Near, set[str]]]


@pytest.fixture(scope="module")
def library(documents: list[Patent]) -> Library:
    """A part of the documents, of every source."""
    return Library(documents[:: max(1, len(documents) // READ)])


@pytest.fixture(scope="module")
def asked(documents: list[Patent], library: Library) -> Asked:
    draw = Drawer(documents, seed=11)
    found: Asked = []
    while len(found) < COUNT:
        shape, make = list(SHAPES.items())[len(found) % len(SHAPES)]
        near = make(draw)
        try:
            check(near)
        except QueryError:
            continue  # a pattern of too few letters
        found.append((shape, near, library.matching(near, every=len(found) < EVERY)))
    return found


def test_most_of_them_tell_something(asked: Asked) -> None:
    telling = Counter(shape for shape, _, numbers in asked if numbers)
    print(f"{len(asked)} distances, {sum(len(numbers) for _, _, numbers in asked)} matches, telling: {dict(telling)}")
    assert telling.total() > COUNT * TELLING


def test_the_embedded_engine_finds_them(asked: Asked, library: Library, embedded: PatentIndex) -> None:
    assert _differences(asked, library, embedded) == []


def test_phrases_find_them(asked: Asked, library: Library, embedded: PatentIndex, folder: Path) -> None:
    """Where there is too much text to look at, whole words in few layouts are found all the same."""
    told = [one for one in asked if all(phrases(Proximity(field, one[1])) is not None for field in fields_of(one[1]))]
    print(f"{len(told)} of them as phrases")
    assert len(told) > COUNT * PHRASED
    with closing(EmbeddedReader(folder, units=0)) as reader:
        assert _differences(told, library, reader) == []


@pytest.mark.elastic
def test_elasticsearch_finds_them(asked: Asked, library: Library, elastic: PatentIndex) -> None:
    assert _differences(asked, library, elastic) == []


def _differences(asked: Asked, library: Library, index: PatentReader) -> list[str]:
    differences: list[str] = []
    for shape, near, numbers in asked:
        answered = every(index, Request(near))
        found = library.numbers.intersection(answered)
        if found != numbers:
            differences.append(f"{shape}: {len(found - numbers)} more, {len(numbers - found)} fewer of {len(numbers)}: {near}")
        assert index.count(near) == len(answered) == len(set(answered))
    return differences
