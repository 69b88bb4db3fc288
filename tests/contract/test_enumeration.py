"""Counts without walls: 200 questions and everything, counted and enumerated by signed cursors while documents are being loaded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from indexer.sample.generate import patents
from search.app import create_app
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Patent
from search.query import QueryError, parse
from search.query.render import render
from search.query.tree import All, Query, Value
from search.services import open_services
from tests.builders import a_patent
from tests.contract.conftest import Place
from tests.contract.shelf import Shelf
from tests.differential.questions import KINDS, Question, questions
from tests.service import PASSWORD, PEOPLE, prepare

STOCK = [
    *(msgspec.structs.replace(patent, claims=(), description={}) for patent in patents(150)),
    *(a_patent(f"CN11900000{n}A", titles={"zh": f"一种LED{n}灯具"}) for n in range(5)),
]
HELD = {patent.number for patent in STOCK}
QUESTIONS = 200
LATER, BATCH = 150, 10
"""At most so many documents come later, so many at a time, each a copy of one of the stock: what finds that finds it too."""


@dataclass(frozen=True)
class Desk:
    """The service, signed in to, over an engine that a loader writes to."""

    client: TestClient
    shelf: Shelf

    def ask(self, **body: Any) -> Any:
        answer = self.client.post("/api/v1/search", json={"highlight": False, **body})
        assert answer.status_code == 200, (answer.text, body)
        return answer.json()

    def enumerated(self, body: dict[str, Any], size: int) -> list[str]:
        """The numbers of all hits by cursor; each page tells the same total, and there are as many."""
        found = self.ask(**body, size=size, cursor="")
        numbers, total = _numbers(found), found["total"]
        while cursor := found.get("cursor"):
            found = self.ask(**body, size=size, cursor=cursor)
            numbers += _numbers(found)
            assert found["total"] == total, body
        assert len(numbers) == len(set(numbers)) == total, body
        return numbers


@pytest.fixture
def desk(place: Place, ordinals: DatabaseOrdinals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("service")
    made = prepare(folder, [])
    where = replace(place(), data=folder)
    shelf = Shelf.open(where, ordinals)
    shelf.put(*STOCK)
    at = {"elasticsearch_url": where.elasticsearch_url, "elasticsearch_index": where.elasticsearch_index}
    settings = made.model_copy(update=at)
    services = open_services(settings)
    client = TestClient(create_app(settings, services), raise_server_exceptions=False)
    signed = client.post("/api/v1/auth/login", data={"username": PEOPLE["researcher"], "password": PASSWORD}).json()
    client.headers["Authorization"] = f"Bearer {signed['access_token']}"
    yield Desk(client, shelf)
    services.close()
    shelf.index.close()


def test_every_hit_of_200_questions_is_counted_and_met_once_while_documents_are_loaded(desk: Desk) -> None:
    bodies = [{"query": "*"}, *map(_body, _sayable())]
    assert len(bodies) == QUESTIONS + 1
    expected = [_all_by_page(desk, body) for body in bodies]
    assert sum(bool(found) for found in expected) > QUESTIONS * 0.8
    stop = Event()
    loading = Thread(target=_load, args=(desk.shelf, stop))
    loading.start()
    try:
        for body, before in zip(bodies, expected, strict=True):
            met = desk.enumerated(body, size=max(1, min(100, len(before) // 2 + 1)))
            assert before <= set(met), body
            assert not (set(met) - before) & HELD, body
    finally:
        stop.set()
        loading.join()
    later = desk.shelf.index.count(Value("country", "XX"))
    assert later >= BATCH
    assert len(desk.shelf.every(All())) == len(STOCK) + later


def _sayable() -> list[Question]:
    """Questions that a query can say, of all kinds."""
    drawn = questions(STOCK, count=QUESTIONS * 2, kinds=KINDS)
    return [question for question in drawn if _reads_back(question.request.query)][:QUESTIONS]


def _reads_back(query: Query) -> bool:
    try:
        return parse(render(query), "native").tree == query
    except QueryError:  # a pattern that is too short, for instance
        return False


def _body(question: Question) -> dict[str, Any]:
    request = question.request
    by = request.sort.by
    order = by if by == "relevance" else f"{by}:{'desc' if request.sort.descending else 'asc'}"
    filters = {name: [narrowed.value] for name, narrowed in request.filters.items() if isinstance(narrowed, Value)}
    return {"query": render(request.query), "dialect": "native", "sort": order, "filters": filters}


def _all_by_page(desk: Desk, body: dict[str, Any]) -> set[str]:
    first = desk.ask(**body, size=100)
    pages = [desk.ask(**body, size=100, page=page) for page in range(2, -(-first["total"] // 100) + 1)]
    numbers = [number for page in (first, *pages) for number in _numbers(page)]
    assert len(numbers) == len(set(numbers)) == first["total"], body
    return set(numbers)


def _load(shelf: Shelf, stop: Event) -> None:
    """New copies under numbers of their own, and documents of the stock written again."""
    for start in range(0, LATER, BATCH):
        if stop.is_set():
            return
        some = [STOCK[place % len(STOCK)] for place in range(start, start + BATCH)]
        shelf.put(*(_copy(patent, start + place) for place, patent in enumerate(some)), *map(_changed, some[:2]))


def _copy(patent: Patent, place: int) -> Patent:
    return msgspec.structs.replace(patent, number=f"XX{place:06}A", country="XX", doc_number=f"{place:06}", kind="A")


def _changed(patent: Patent) -> Patent:
    return msgspec.structs.replace(patent, npl=("added later",))


def _numbers(found: Any) -> list[str]:
    return [hit["number"] for hit in found["hits"]]
