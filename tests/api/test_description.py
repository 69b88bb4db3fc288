"""OpenAPI: complete, self-contained, and its examples run."""

import re
from typing import Any

import orjson
import pytest

from tests.api.routes import served
from tests.service import Running


@pytest.fixture(scope="module")
def schema(service: Running) -> dict[str, Any]:
    return dict(service.client().get("/api/v1/openapi.json").json())


def operations(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(method, path, operation) for path, methods in schema["paths"].items() for method, operation in methods.items()]


def test_every_route_for_programs_is_described(service: Running, schema: dict[str, Any]) -> None:
    described = {(method.upper(), path) for method, path, _ in operations(schema)}
    assert {route for route in served(service.app) if route[1].startswith("/api/")} - described == {("GET", "/api/v1/openapi.json")}


def test_every_reference_has_its_schema(schema: dict[str, Any]) -> None:
    text = orjson.dumps(schema).decode()
    wanted = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert wanted <= set(schema["components"]["schemas"])
    assert {"Found", "Hit", "Patent", "ProblemDocument"} <= wanted


def test_every_operation_has_a_summary_and_says_what_it_refuses(schema: dict[str, Any]) -> None:
    for method, path, operation in operations(schema):
        assert operation["summary"], (method, path)
        if path.startswith("/api/"):
            asks = {"parameters", "requestBody", "security"} & set(operation)  # what asks for nothing refuses nothing
            assert {"4" if asks else "5", "5"} <= {status[0] for status in operation["responses"]}, (method, path)


def test_examples_run(service: Running, schema: dict[str, Any]) -> None:
    caller = service.as_("researcher")
    ran = 0
    for method, path, operation in operations(schema):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            for name, example in content.get("examples", {}).items():
                answer = caller.request(method, path.replace("{name}", name), json=example["value"])
                assert answer.status_code == 200, (path, name, answer.text)
                assert answer.json().get("total", 1) > 0, (path, name)
                ran += 1
        for parameter in operation.get("parameters", ()):
            for name, example in parameter.get("examples", {}).items():
                place, value = parameter["name"], example["value"]
                answer = caller.get(path.replace(f"{{{place}}}", value), params={place: value})
                assert answer.status_code == 200, (path, name, answer.text)
                ran += 1
    assert ran >= 9


def test_an_answers_example_has_the_shape_of_an_answer(service: Running, schema: dict[str, Any]) -> None:
    shown = schema["paths"]["/api/v1/search"]["post"]["responses"]["200"]["content"]["application/json"]["example"]
    answer = service.as_("researcher").post("/api/v1/search", json={"query": "旋耕机", "facets": ["country"]}).json()
    assert set(shown) == set(answer)
    assert set(shown["hits"][0]) <= set(answer["hits"][0])
    assert set(shown["facets"]["country"][0]) == set(answer["facets"]["country"][0])


def test_the_page_shows_every_described_route_and_fetches_nothing(service: Running, schema: dict[str, Any]) -> None:
    page = service.client().get("/docs", headers={"accept-language": "en"}).text
    for method, path, _ in operations(schema):
        assert f"{method.upper()} {path}" in page
    assert "<script" not in page
    assert set(re.findall(r'(?:src|href)="(https?:[^"]+)"', page)) == set()
