"""Applicants: one entity over all names, proposed by the documents, put together and taken apart by people, counted at once."""

import html
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from search.applicants.service import Applicants, id_of
from search.applicants.store import PEOPLE
from search.patent.model import Party, Patent, Reference
from search.query.tree import All
from tests.builders import a_patent
from tests.command import patentry
from tests.service import Running, running

ZH, EN, OLD, SUFFIX = "甲动力股份有限公司", "Jia Power Co., Ltd.", "老甲机器厂", "甲动力有限公司"
STREET = "贵州省贵阳市观山湖区长岭北路8号"


def _stock() -> list[Patent]:
    """Three documents of the Chinese name, one of which gives the English one, two of the English, one of the old name, and one
    of both the Chinese name and a stranger; one of a company that differs by its form."""
    chinese = Party(name=ZH, country="CN", address=STREET)
    stock = [
        ("CN101A", "CN201010000001.0", (Party(name=ZH, names={"en": EN}, country="CN"),)),
        ("CN102A", "CN201010000002.5", (chinese,)),
        ("CN103A", "CN201010000003.X", (chinese, Party(name="乙学院"))),
        ("US104A1", "US104", (Party(name=EN),)),
        ("US105A1", "US105", (Party(name=EN), Party(name=ZH))),
        ("CN102B", "CN201010000002.5", (Party(name=OLD, address=f"550081 {STREET}"),)),
        ("CN106A", "CN201010000006.3", (Party(name=SUFFIX),)),
    ]
    return [
        a_patent(number, application=Reference(number=application, date="2010-01-01"), applicants=applicants)
        for number, application, applicants in stock
    ]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, places: dict[str, str]) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("applicants"), _stock(), **places) as started:
        assert patentry("applicants", "propose", data=started.settings.data, **started.environment).stdout == "待定 / proposals 2\n"
        yield started


@pytest.fixture
def researcher(service: Running) -> Iterator[TestClient]:
    """Nothing is merged when he begins, nor when he ends."""
    client = service.as_("researcher")
    yield client
    administrator = service.as_("administrator")
    for name in (ZH, EN, OLD, SUFFIX):
        for caller in (client, administrator):
            for made in caller.get(f"/api/v1/applicants/{id_of(name)}").json()["merges"]:
                caller.delete(f"/api/v1/applicants/merges/{made['id']}")


def merge(client: TestClient, one: str, other: str, **more: Any) -> Any:
    answer = client.post("/api/v1/applicants/merges", json={"one": one, "other": other, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def shown(client: TestClient, name: str) -> Any:
    return client.get(f"/api/v1/applicants/{id_of(name)}").json()


def ask(client: TestClient, **more: Any) -> Any:
    answer = client.post("/api/v1/search", json={"query": "*", **more}, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def everything(client: TestClient) -> list[Any]:
    """All numbers that merges may change."""
    names = (ZH, EN, OLD, SUFFIX)
    listed = client.get("/api/v1/applicants?name=动力").json()["items"]
    counts = [(shown(client, name)["names"], shown(client, name)["total"]) for name in names]
    found = [ask(client, filters={"applicant": [name]}, other_names=True, facets=["applicant"]) for name in names]
    return [listed, counts, [(each["total"], each["facets"], [hit["number"] for hit in each["hits"]]) for each in found]]


def test_documents_propose_with_their_grounds_and_never_by_form_alone(researcher: TestClient) -> None:
    proposed = {(each["one"], each["other"]): each for each in researcher.get("/api/v1/applicants/proposals").json()["items"]}
    assert proposed[tuple(sorted((ZH, EN)))]["evidence"][0]["documents"] == ["CN101A"]  # type: ignore[index]
    former = proposed[tuple(sorted((ZH, OLD)))]  # type: ignore[index]
    assert {each["kind"] for each in former["evidence"]} == {"address", "application"}
    assert not any(SUFFIX in pair for pair in proposed)


def test_a_merged_count_is_one_query_and_no_sum(researcher: TestClient) -> None:
    assert shown(researcher, ZH)["total"] == 4
    merge(researcher, ZH, EN, note="两种语言的同一名称")
    merged = shown(researcher, EN)
    assert merged["names"] == [{"name": EN, "count": 2}, {"name": ZH, "count": 4}]
    assert merged["total"] == 5
    by_hand = ask(researcher, query=f'applicant=="{ZH}" OR applicant=="{EN}"')
    assert by_hand["total"] == 5
    assert researcher.get("/api/v1/applicants?name=甲动力股份").json()["items"][0]["total"] == 5


def test_undoing_restores_every_number(researcher: TestClient) -> None:
    before = everything(researcher)
    made = [merge(researcher, ZH, EN, note="同一公司"), merge(researcher, OLD, ZH)]
    assert everything(researcher) != before
    for each in made:
        assert researcher.delete(f"/api/v1/applicants/merges/{each['id']}").status_code == 204
    assert everything(researcher) == before
    log = shown(researcher, ZH)["merges"]
    assert {(each["own"], each["undone_at"] is not None) for each in log} == {(True, True)}


def test_a_search_takes_all_names_only_where_asked_and_each_can_be_left_out(researcher: TestClient) -> None:
    merge(researcher, ZH, EN, note="同一公司")
    merge(researcher, ZH, OLD)
    assert ask(researcher, filters={"applicant": [EN]})["total"] == 2
    found = ask(researcher, filters={"applicant": [EN]}, other_names=True)
    assert found["total"] == 6
    assert found["query"]["widened"][0]["added"] == sorted([ZH, OLD])
    without = ask(researcher, filters={"applicant": [EN]}, other_names=True, without=[OLD])
    assert (without["total"], without["query"]["widened"][0]["left_out"]) == (5, [OLD])
    written = ask(researcher, query=f'applicant=="{EN}"', other_names=True, without=[OLD])
    assert written["total"] == 5
    assert written["query"]["canonical"] == f'applicant=="{EN}" OR applicant=="{ZH}"'


def test_an_entity_is_every_name_and_an_undo_gives_back_what_was(researcher: TestClient) -> None:
    """One term of the query, which stays what was written; of the names that hold when it is asked."""
    text = f'entity:"{EN}"'
    alone = ask(researcher, query=text, record=True)
    assert (alone["total"], alone["query"]["canonical"]) == (2, text)
    made = [merge(researcher, ZH, EN, note="同一公司"), merge(researcher, ZH, OLD)]
    found = ask(researcher, query=text)
    assert (found["total"], found["query"]["canonical"]) == (6, text)
    assert ask(researcher, query=f"申请人实体：（{OLD} OR 乙学院）")["total"] == 6
    assert ask(researcher, query=f"#{alone['recorded_as']} AND NOT entity:乙学院")["total"] == 5
    for each in made:
        researcher.delete(f"/api/v1/applicants/merges/{each['id']}")
    again = ask(researcher, query=text)
    assert [again[part] for part in ("total", "hits", "query")] == [alone[part] for part in ("total", "hits", "query")]


def test_the_facet_counts_names_or_applicants(researcher: TestClient) -> None:
    raw = ask(researcher, facets=["applicant"])["facets"]["applicant"]
    merge(researcher, ZH, EN, note="同一公司")
    merge(researcher, ZH, OLD)
    assert ask(researcher, facets=["applicant"])["facets"]["applicant"] == raw
    together = ask(researcher, facets=["applicant", "country"], other_names=True)["facets"]
    counts = {each["value"]: each["count"] for each in together["applicant"]}
    assert counts == {ZH: 6, SUFFIX: 1, "乙学院": 1}
    for name, count in counts.items():
        assert ask(researcher, filters={"applicant": [name]}, other_names=True)["total"] == count
    narrowed = ask(researcher, filters={"country": ["US"], "applicant": ["乙学院"]}, facets=["applicant"], other_names=True)
    assert [(each["value"], each["count"]) for each in narrowed["facets"]["applicant"]] == [(EN, 2)]
    first = ask(researcher, facets=["applicant"], facet_size=1, other_names=True)["facets"]["applicant"]
    assert [each["value"] for each in first] == [ZH]


def test_a_form_alone_needs_what_says_so(researcher: TestClient) -> None:
    refused = researcher.post("/api/v1/applicants/merges", json={"one": ZH, "other": SUFFIX})
    assert (refused.status_code, refused.json()["code"]) == (409, "evidence_needed")
    made = merge(researcher, ZH, SUFFIX, note="2019 年股份制改造公告", confidence=0.9)
    assert (made["evidence"][0]["detail"], made["confidence"]) == ("2019 年股份制改造公告", 0.9)
    again = researcher.post("/api/v1/applicants/merges", json={"one": SUFFIX, "other": ZH, "note": "again"})
    assert again.json()["code"] == "same_applicant"


def test_ones_own_merges_are_ones_own_and_the_administrators_everybodys(service: Running, researcher: TestClient) -> None:
    agency, administrator = service.as_("agency"), service.as_("administrator")
    own = merge(researcher, ZH, EN, note="同一公司")
    assert len(shown(agency, ZH)["names"]) == 1
    assert agency.delete(f"/api/v1/applicants/merges/{own['id']}").status_code == 404
    denied = researcher.post("/api/v1/applicants/merges", json={"one": ZH, "other": OLD, "shared": True})
    assert denied.status_code == 403
    shared = merge(administrator, ZH, OLD, shared=True)
    assert {each["name"] for each in shown(researcher, ZH)["names"]} == {ZH, EN, OLD}
    assert {each["name"] for each in shown(agency, ZH)["names"]} == {ZH, OLD}
    assert researcher.delete(f"/api/v1/applicants/merges/{shared['id']}").status_code == 403
    assert administrator.delete(f"/api/v1/applicants/merges/{shared['id']}").status_code == 204


def test_no_document_is_rewritten(service: Running, researcher: TestClient) -> None:
    before = [(each.ordinal, each.patent) for each in service.services.reader.scan(All())]
    merge(researcher, ZH, OLD)
    assert [(each.ordinal, each.patent) for each in service.services.reader.scan(All())] == before


def test_what_was_refused_is_not_proposed_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    with running(tmp_path_factory.mktemp("refused"), _stock()) as started:
        applicants = Applicants(started.services.database, started.services.reader)
        assert applicants.propose() == 2
        administrator = started.as_("administrator")
        first, second = administrator.get("/api/v1/applicants/proposals").json()["items"]
        assert first["confidence"] > second["confidence"]
        assert administrator.delete(f"/api/v1/applicants/proposals/{first['id']}").status_code == 204
        assert applicants.propose() == 1
        assert administrator.get("/api/v1/applicants/proposals").json()["items"] == [second]


def test_a_person_erased_takes_his_merges_along_and_leaves_everybodys(service: Running, researcher: TestClient) -> None:
    administrator = service.as_("administrator")
    merge(researcher, ZH, EN, note="同一公司")
    shared = merge(administrator, ZH, OLD, shared=True)
    users = [client.get("/api/v1/me").json()["id"] for client in (researcher, administrator)]
    assert len(researcher.get("/api/v1/me/data").json()["applicants"]["merges"]) >= 1
    with service.services.database.write() as connection:
        for user in users:
            PEOPLE.erase(connection, user)
    assert {each["name"] for each in shown(researcher, ZH)["names"]} == {ZH, OLD}
    assert [each["own"] for each in shown(administrator, ZH)["merges"] if each["id"] == shared["id"]] == [False]


@pytest.mark.parametrize("id", ["_", "proposal", "a" * 2000, id_of("不存在的公司"), "5Lm", "%F0%9F"])
def test_an_id_that_names_nobody_is_not_found(researcher: TestClient, id: str) -> None:  # noqa: A002
    assert researcher.get(f"/api/v1/applicants/{id}").status_code == 404


def test_the_pages_find_merge_and_undo(researcher: TestClient) -> None:
    researcher.headers["accept-language"] = "zh"
    assert ZH in researcher.get("/applicants?name=甲动力").text
    assert OLD in researcher.get("/applicants").text
    address = f"/applicants/{id_of(ZH)}"
    assert "请写明依据" in researcher.post(f"{address}/merge", data={"other": SUFFIX}).text
    assert researcher.post(f"{address}/merge", data={"other": EN, "note": "同一公司"}).status_code == 303
    accepted = researcher.post("/applicants/accept", data={"one": ZH, "other": OLD, "at": id_of(ZH)})
    assert (accepted.status_code, accepted.headers["location"]) == (303, address)
    assert "3 个名称" in researcher.get(address).text
    searched = html.unescape(researcher.get(f"/search?q=*&filter=applicant:{EN}&other_names=true&without={OLD}").text)
    assert f"☑ {ZH}" in searched
    assert f"☐ {OLD}" in searched
    for made in (each for each in shown(researcher, ZH)["merges"] if each["undone_at"] is None):
        assert researcher.post(f"/applicants/merges/{made['id']}/undo", data={"at": id_of(ZH)}).status_code == 303
    assert "撤销" in researcher.get(address).text
