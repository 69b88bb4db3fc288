"""Free words and documents alike: both engines choose the same words and give the same documents in the same order."""

from collections.abc import Iterator

import pytest

from search.engine.model import Request
from search.engine.port import PatentIndex
from search.find import ranked
from search.patent.model import Patent
from search.query import parse
from tests.differential.questions import Drawer
from tests.differential.test_engines_agree import answer, differing

COUNT = 12

pytestmark = [pytest.mark.elastic, pytest.mark.data]


def texts(documents: list[Patent]) -> Iterator[str]:
    """Abstracts, and titles where there is none."""
    draw = Drawer(documents, 11)
    for _ in range(COUNT):
        patent = draw.patent()
        yield " ".join([*patent.abstracts.values(), *patent.titles.values()])[:1_500]


def test_free_words_find_the_same_in_the_same_order(documents: list[Patent], embedded: PatentIndex, elastic: PatentIndex) -> None:
    differences = []
    for text in texts(documents):
        request = Request(parse(ranked.free(text)).tree, facets=("country",))
        differences += [f"{difference}: {text}" for difference in differing(answer(embedded, request), answer(elastic, request))]
    assert differences == []


def test_documents_alike_are_the_same_in_the_same_order(
    documents: list[Patent], embedded: PatentIndex, elastic: PatentIndex
) -> None:
    draw = Drawer(documents, 12)
    differences = []
    for text in [*(draw.patent().number for _ in range(COUNT // 2)), *list(texts(documents))[: COUNT // 2]]:
        asked = ranked.similar(embedded, text)
        assert asked == ranked.similar(elastic, text)
        request = Request(parse(asked).tree)
        differences += [f"{difference}: {text}" for difference in differing(answer(embedded, request), answer(elastic, request))]
    assert differences == []
