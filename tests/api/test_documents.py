"""Looking a document up by any spelling of its number."""

from typing import get_args

import pytest
from starlette.testclient import TestClient

from search.find.schemas import Part
from search.patent.model import Patent, decode, encode
from tests.builders import a_patent
from tests.service import Running


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


def test_the_record_is_answered_as_it_is_stored(service: Running, caller: TestClient) -> None:
    [stored] = service.services.reader.get(["CN110330865B"])
    assert caller.get("/api/v1/patents/CN110330865B").content == stored
    assert stored == encode(decode(stored or b""))


@pytest.mark.parametrize(
    "spelling", ["CN110330865B", "cn110330865b", "CN 110330865 B", "ＣＮ１１０３３０８６５Ｂ", "CN-110330865-B"]
)
def test_a_spelling_with_its_kind_means_one_document(caller: TestClient, spelling: str) -> None:
    answer = caller.get("/api/v1/patents", params={"number": spelling}).json()
    assert answer["number"] == "CN110330865B"
    assert "also" not in answer


@pytest.mark.parametrize("spelling", ["CN110330865", "110330865", "CN 110330865"])
def test_without_a_kind_the_newest_is_meant_and_the_others_are_named(caller: TestClient, spelling: str) -> None:
    answer = caller.get(f"/api/v1/patents/{spelling}").json()
    assert (answer["number"], answer["also"]) == ("CN110330865B", ["CN110330865A"])


@pytest.mark.parametrize("spelling", ["US201501000A1", "US2015/01000 A1", "us 201501000 a1"])
def test_an_american_number_by_its_spellings(caller: TestClient, spelling: str) -> None:
    assert caller.get("/api/v1/patents", params={"number": spelling}).json()["number"] == "US201501000A1"


def test_an_application_number_means_its_publications(caller: TestClient) -> None:
    answer = caller.get("/api/v1/patents", params={"number": "ZL201910792871.4"}).json()
    assert {answer["number"], *answer["also"]} == {"CN110330865B", "CN110330865A", "CN113999999A"}


def test_a_number_that_is_not_held_names_the_nearest(caller: TestClient) -> None:
    answer = caller.get("/api/v1/patents/CN110330866")
    assert answer.status_code == 404
    assert answer.json()["near"] == ["CN110330865A", "CN110330865B"]


@pytest.mark.parametrize("spelling", ["电池", "....", "CN", "x" * 100, "<script>", "' OR 1=1"])
def test_what_is_no_number_is_a_404(caller: TestClient, spelling: str) -> None:
    assert caller.get("/api/v1/patents", params={"number": spelling}).status_code == 404


def test_parts_are_the_keys_asked_and_the_number(caller: TestClient) -> None:
    answer = caller.get("/api/v1/patents/CN110330865B?parts=titles&parts=ipc").json()
    assert sorted(answer) == ["ipc", "number", "titles"]
    assert caller.get("/api/v1/patents/CN110330865B?parts=secrets").status_code == 422


def test_every_key_of_the_record_is_a_part() -> None:
    identity = {"number", "country", "doc_number", "kind"}
    assert set(get_args(Part)) == set(Patent.__struct_fields__) - identity
    assert a_patent().country == "CN"
