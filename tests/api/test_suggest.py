"""What is suggested while somebody types: what is held and begins so, with the counts its queries have."""

import pytest
from starlette.testclient import TestClient

from tests.service import Running


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


def suggested(caller: TestClient, field: str, prefix: str, **more: int) -> list[tuple[str, int]]:
    """The suggestions; the query of each finds as many as it says."""
    answer = caller.get("/api/v1/suggest", params={"field": field, "prefix": prefix, **more})
    assert answer.status_code == 200, answer.text
    for each in answer.json()["suggestions"]:
        found = caller.post("/api/v1/search", json={"query": each["query"], "dialect": "native"}).json()
        assert found["total"] == each["count"] > 0, each
    return [(each["value"], each["count"]) for each in answer.json()["suggestions"]]


@pytest.mark.parametrize("typed", ["深圳", "锂源", "锂", "有限公司"])
def test_a_chinese_name_is_found_by_any_part(caller: TestClient, typed: str) -> None:
    assert ("深圳锂源电池有限公司", 24) in suggested(caller, "applicant", typed)


@pytest.mark.parametrize("typed", ["vo", "Volta C", "cells", "VOLTA CELLS"])
def test_another_name_is_found_by_the_start_of_its_words(caller: TestClient, typed: str) -> None:
    assert suggested(caller, "applicant", typed) == [("Volta Cells, Inc.", 13)]


@pytest.mark.parametrize("typed", ["olta", "cells volta", "Volta X", "，", '"', "*"])
def test_a_name_that_nobody_has(caller: TestClient, typed: str) -> None:
    assert suggested(caller, "applicant", typed) == []


def test_the_commonest_come_first(caller: TestClient) -> None:
    assert suggested(caller, "applicant", "公司") == [("深圳锂源电池有限公司", 24), ("江苏禾丰农机有限公司", 2)]
    assert suggested(caller, "applicant", "公司", size=1) == [("深圳锂源电池有限公司", 24)]
    assert suggested(caller, "inventor", "王")[0][0] == "王晓明"


def test_symbols_of_classes_in_any_case_and_with_a_blank(caller: TestClient) -> None:
    assert suggested(caller, "ipc", "h01m 10") == [("H01M10", 37), ("H01M10/44", 37)]
    assert suggested(caller, "ipc", "H02") == [("H02", 37), ("H02J", 37), ("H02J7", 37), ("H02J7/00", 37)]


def test_words_of_titles(caller: TestClient) -> None:
    assert suggested(caller, "word", "charging bat") == [("batteries", 37)]
    assert ("锂电", 37) in suggested(caller, "word", "锂")
    assert suggested(caller, "word", "锂电") == [("锂电池", 37)]
    assert ("一种锂电池的", 37) in suggested(caller, "word", "一种锂电池")


@pytest.mark.parametrize("asked", ["field=applicant&prefix=", "field=claims&prefix=a", "prefix=a", "field=word&prefix=a&size=0"])
def test_what_has_not_the_shape_is_refused(caller: TestClient, asked: str) -> None:
    assert caller.get(f"/api/v1/suggest?{asked}").status_code == 422


@pytest.mark.parametrize("typed", ["\u200b", "a" * 100, "[a-z]*", "\\", "<&>", "𠮷", "%"])
@pytest.mark.parametrize("field", ["applicant", "ipc", "word"])
def test_whatever_is_typed_is_answered(caller: TestClient, field: str, typed: str) -> None:
    suggested(caller, field, typed)


def test_the_page_of_results_lists_what_begins_as_was_typed(caller: TestClient) -> None:
    shown = caller.get("/search?q=锂电&lang=en").text
    assert "<code>锂电池</code>" in shown
    assert "<code>深圳锂源电池有限公司</code>" not in shown
    assert "<code>深圳锂源电池有限公司</code>" in caller.get("/search?q=锂源&lang=en").text
    assert "begins so" not in caller.get("/search?q=title:锂电").text
