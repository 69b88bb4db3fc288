"""500 questions of 25 kinds, drawn from real documents: both engines give the same hits, totals, facets and order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from search.engine.model import Request, Results
from search.engine.port import PatentIndex
from search.patent.model import Patent
from tests.differential.distances import SHAPES
from tests.differential.questions import KINDS, Question, every, questions

COUNT = 500
TELLING = 400
"""So many questions must match between one document and half of them; an empty answer shows little."""

pytestmark = [pytest.mark.elastic, pytest.mark.data]


@dataclass(frozen=True, slots=True)
class Answer:
    """The first page, and all hits in their order."""

    first: Results
    every: list[str]


@pytest.fixture(scope="session")
def asked(documents: list[Patent]) -> list[Question]:
    return questions(documents, count=COUNT, kinds=KINDS | SHAPES)


@pytest.fixture(scope="session")
def expected(embedded: PatentIndex, asked: list[Question]) -> list[Answer]:
    return [answer(embedded, question.request) for question in asked]


def test_the_questions_are_of_many_kinds_and_most_tell_something(
    documents: list[Patent], asked: list[Question], expected: list[Answer]
) -> None:
    telling = sum(1 <= found.first.total <= len(documents) / 2 for found in expected)
    print(f"{len(asked)} questions over {len(documents)} documents, {telling} of them match between one and half")
    assert len({question.kind for question in asked}) == len(KINDS) + len(SHAPES) == 25
    assert telling >= TELLING


def test_both_engines_give_the_same(elastic: PatentIndex, asked: list[Question], expected: list[Answer]) -> None:
    differences = [
        f"{question.kind} {difference}: {question.request}"
        for question, ours in zip(asked, expected, strict=True)
        for difference in differing(ours, answer(elastic, question.request))
    ]
    print(f"{len(asked)} questions, {sum(len(found.every) for found in expected)} hits, {len(differences)} differences")
    assert differences == []


def answer(index: PatentIndex, request: Request) -> Answer:
    return Answer(index.search(request), every(index, request))


def differing(ours: Answer, theirs: Answer) -> Iterator[str]:
    """What is not the same; the order is compared in the first ten, the hits all."""
    if ours.first.total != theirs.first.total:
        yield f"total {ours.first.total} and {theirs.first.total}"
    if set(ours.every) != set(theirs.every) or len(ours.every) != len(theirs.every):
        yield f"hits {len(ours.every)} and {len(theirs.every)}"
    if ours.first.facets != theirs.first.facets:
        yield f"facets {ours.first.facets} and {theirs.first.facets}"
    if ours.first.hits != theirs.first.hits:
        mine, other = ([(hit.number, hit.score) for hit in found.first.hits] for found in (ours, theirs))
        if [number for number, _ in mine] != [number for number, _ in other]:
            yield f"order {mine} and {other}"
    if ours.every[:10] != [hit.number for hit in ours.first.hits]:
        yield "the cursor's order and the page's"


def test_both_engines_give_the_same_families(embedded: PatentIndex, elastic: PatentIndex, asked: list[Question]) -> None:
    """The order and the counts of one question in five, collapsed."""
    for question in asked[::5]:
        request = replace(question.request, collapse="family", size=50)
        ours, theirs = embedded.search(request), elastic.search(request)
        assert (ours.total, ours.units) == (theirs.total, theirs.units), question
        assert [hit.number for hit in ours.hits] == [hit.number for hit in theirs.hits], question
