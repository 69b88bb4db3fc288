"""Means by effects over HTTP: counts with their sentences, bounded, corrected and taken back."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from search.analysis.effects.caveats import PRECISION, RECALL
from tests.builders import a_claim, a_patent
from tests.service import Running, running

STOCK = [
    a_patent(
        f"CN11300{number}A",
        titles={"zh": "一种旋耕机"},
        abstracts={"zh": f"一种旋耕机，包括机架。通过设置液压装置，{saying}。"},
        claims=(a_claim("一种旋耕机，其特征在于，包括机架和刀轴。"),),
        description={},
    )
    for number, saying in enumerate(["降低了成本", "降低了成本，噪音小", "提高了效率", "与机架连接"], 1000)
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("effects"), STOCK) as started:
        yield started


@pytest.fixture
def researcher(service: Running) -> TestClient:
    """Nothing is corrected yet."""
    client = service.as_("researcher")
    for each in client.get("/api/v1/analysis/effects/corrections").json()["items"]:
        client.delete(f"/api/v1/analysis/effects/corrections/{each['id']}")
    return client


def ask(client: TestClient, **body: Any) -> Any:
    answer = client.post("/api/v1/analysis/effects", json={"query": "旋耕机", **body}, headers={"accept-language": "zh"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def counts(table: Any) -> dict[tuple[str, str], int]:
    return {(cell["means"], cell["effect"]): cell["count"] for cell in table["cells"]}


def test_cells_count_documents_and_show_their_sentences(researcher: TestClient) -> None:
    table = ask(researcher)
    assert (table["total"], table["looked_at"], table["silent"]) == (4, 4, 1)
    assert counts(table) == {("液压装置", "efficiency"): 1, ("液压装置", "cost"): 2, ("液压装置", "noise"): 1}
    assert table["means"] == [{"means": "液压装置", "count": 3}]
    (cell,) = [cell for cell in table["cells"] if cell["effect"] == "cost"]
    for each in cell["sentences"]:
        (held,) = [patent for patent in STOCK if patent.number == each["number"]]
        assert held.abstracts["zh"][each["start"] : each["end"]] == each["text"]
        assert each["text"][slice(*each["words"])] == "降低了成本"
    assert [each["label"] for each in table["effects"]][:3] == ["效率", "能耗", "成本"]
    assert all(f"{figure:.0%}" in table["caveats"][0]["message"] for figure in (PRECISION, RECALL))


def test_what_is_not_read_is_told(researcher: TestClient) -> None:
    table = ask(researcher, documents=2, sentences=1)
    assert (table["total"], table["looked_at"]) == (4, 2)
    assert [each["code"] for each in table["caveats"]] == ["rules", "not_official", "read", "first_documents", "each_publication"]
    (cell,) = [cell for cell in table["cells"] if cell["effect"] == "cost"]
    assert (len(cell["sentences"]), cell["more"]) == (1, 1)


def test_what_was_read_and_corrected_is_told(researcher: TestClient) -> None:
    before = ask(researcher)
    assert before["read"] == [{"lang": "zh", "documents": 4, "sentences": 12}]  # two of each abstract, and a claim
    assert before["further"] == 3  # all are of one application
    assert (before["corrected"], before["removed"]) == (0, 0)
    assert "中文 4 件共 12 句，英文 0 件共 0 句" in before["caveats"][2]["message"]
    correct(researcher, sentence_of(before, "efficiency"), effect="energy")
    correct(researcher, sentence_of(before, "noise"))
    after = ask(researcher)
    assert (after["corrected"], after["removed"], after["silent"]) == (1, 1, before["silent"])
    [told] = [each["message"] for each in after["caveats"] if each["code"] == "corrected"]
    assert "1 处改了功效或手段，1 处改为不是功效" in told


def test_a_question_without_documents_says_why(researcher: TestClient) -> None:
    table = ask(researcher, query="title:绝无此词")
    assert (table["total"], table["cells"]) == (0, [])
    assert [each["code"] for each in table["caveats"]] == ["rules", "not_official", "empty"]


def correct(client: TestClient, sentence: Any, **said: Any) -> str:
    body = {"number": sentence["number"], "sentence": sentence["sentence"], "found": sentence["found"], **said}
    answer = client.post("/api/v1/analysis/effects/corrections", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def sentence_of(table: Any, effect: str) -> Any:
    return next(cell["sentences"][0] for cell in table["cells"] if cell["effect"] == effect)


def test_a_correction_is_kept_applied_and_taken_back(service: Running, researcher: TestClient) -> None:
    before = ask(researcher)
    made = correct(researcher, sentence_of(before, "efficiency"), effect="energy", means="油缸")
    after = ask(researcher)
    assert counts(after) == {("液压装置", "cost"): 2, ("液压装置", "noise"): 1, ("油缸", "energy"): 1}
    assert sentence_of(after, "energy")["corrected"]
    assert counts(ask(service.as_("agency"))) == counts(before)
    assert researcher.delete(f"/api/v1/analysis/effects/corrections/{made}").status_code == 204
    assert researcher.delete(f"/api/v1/analysis/effects/corrections/{made}").status_code == 404
    assert counts(ask(researcher)) == counts(before)


def test_the_last_correction_stands_and_the_one_before_it_again(researcher: TestClient) -> None:
    sentence = sentence_of(ask(researcher), "noise")
    correct(researcher, sentence, effect="quality")
    last = correct(researcher, sentence)
    assert "quality" not in {cell["effect"] for cell in ask(researcher)["cells"]}
    researcher.delete(f"/api/v1/analysis/effects/corrections/{last}")
    assert {cell["effect"] for cell in ask(researcher)["cells"]} == {"efficiency", "cost", "quality"}


def test_nobody_takes_back_anothers(service: Running, researcher: TestClient) -> None:
    made = correct(researcher, sentence_of(ask(researcher), "noise"))
    assert service.as_("agency").delete(f"/api/v1/analysis/effects/corrections/{made}").status_code == 404
    assert researcher.get("/api/v1/analysis/effects/corrections").json()["items"][0]["id"] == made


@pytest.mark.parametrize(
    "body",
    [{"documents": 10**9}, {"size": 0}, {"sentences": -1}],
)
def test_what_is_too_much_is_refused(researcher: TestClient, body: dict[str, int]) -> None:
    assert researcher.post("/api/v1/analysis/effects", json={"query": "*"} | body).status_code == 422


def test_a_correction_names_a_known_effect(researcher: TestClient) -> None:
    body = {"number": "CN1A", "sentence": "0" * 16, "found": "beauty"}
    assert researcher.post("/api/v1/analysis/effects/corrections", json=body).status_code == 422


def page(client: TestClient, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "zh"})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_page_opens_each_count_and_takes_corrections_and_takes_them_back(researcher: TestClient) -> None:
    whole = page(researcher, "/effects?q=旋耕机&filter=country:CN")
    (link,) = {unescape(each) for each in re.findall(r'href="(/effects\?[^"]*effect=efficiency[^"]*)"', whole)}
    cell = page(researcher, link)
    assert "<mark>提高了效率</mark>" in cell
    (form,) = re.findall(r'<form class="form" method="post" action="/effects/corrections">(.*?)</form>', cell, re.DOTALL)
    fields = {unescape(name): unescape(value) for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form)}
    sent = researcher.post("/effects/corrections", data=fields | {"effect": "energy"})
    assert sent.status_code == 303
    after = page(researcher, sent.headers["location"])
    assert "效率 → 能耗" in after
    (undo,) = re.findall(r'action="(/effects/corrections/\w+/undo)"', after)
    back = researcher.post(undo, data={"csrf_token": fields["csrf_token"], "back": fields["back"]})
    assert page(researcher, back.headers["location"]) == cell


def test_a_page_leads_nowhere_else(researcher: TestClient) -> None:
    body = {"csrf_token": "-", "number": "CN1A", "sentence": "0" * 16, "found": "cost", "back": "//elsewhere.example/"}
    assert researcher.post("/effects/corrections", data=body).headers["location"].startswith("/effects?")
    assert researcher.get("/effects?q=").headers["location"] == "/"


def test_documents_without_a_text_take_no_places_of_those_that_are_read(tmp_path: Path) -> None:
    bare = [
        a_patent(f"CN11200{number}A", titles={"zh": "一种旋耕机"}, abstracts={}, claims=(), description={})
        for number in range(1000, 1007)
    ]
    with running(tmp_path, [*bare, *STOCK]) as started:
        client = started.as_("researcher")
        table = ask(client, documents=2)
        assert (table["total"], table["looked_at"], table["silent"]) == (11, 9, 7)
        assert table["read"] == [{"lang": "zh", "documents": 2, "sentences": 6}]
        assert sum(counts(table).values()) == 3
        assert "first_documents" in [each["code"] for each in table["caveats"]]
        whole = ask(client)
        assert (whole["looked_at"], counts(whole)) == (
            11,
            {("液压装置", "efficiency"): 1, ("液压装置", "cost"): 2, ("液压装置", "noise"): 1},
        )
