"""T32, T52: what a caller says of himself where nobody asked: fields that no form has, an address in a header."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auth.credentials.throttle import PAIR
from tests.api.auth.house import EMAIL, a_house
from tests.service import Running

OWN = {"role", "agency_id", "verified", "created_at", "id", "outcome", "credit", "status"}
"""What T32 names, and what the rooms decide by themselves."""


@pytest.fixture(scope="module")
def forms(service: Running) -> dict[str, dict[str, Any]]:
    """Every object that a body is made of, by the route and the place in it."""
    document = service.client().get("/api/v1/openapi.json").json()
    found = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for kind, content in operation.get("requestBody", {}).get("content", {}).items():
                place = f"{method.upper()} {path} {kind}"
                found |= {f"{place} {part}": held for part, held in _objects(document, content.get("schema", {}), "")}
    return found


def _objects(document: dict[str, Any], schema: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = document["components"]["schemas"][name]
    if "properties" in schema:
        yield place or ".", schema
    for name, part in schema.get("properties", {}).items():
        yield from _objects(document, part, f"{place}.{name}")
    for part in (*schema.get("anyOf", ()), *schema.get("allOf", ()), schema.get("items", {})):
        yield from _objects(document, part, place) if part else ()


def test_T32_no_form_takes_a_field_that_it_does_not_name(forms: dict[str, dict[str, Any]]) -> None:
    assert [place for place, schema in forms.items() if schema.get("additionalProperties") is not False] == []
    assert len(forms) > 20


def test_T32_a_person_decides_nothing_of_what_the_rooms_decide(
    forms: dict[str, dict[str, Any]],
) -> None:
    """`role` there is what the person does at his enterprise, one of four words, and never what the account may do."""
    own = {place: schema["properties"] for place, schema in forms.items() if "/auth/" in place or "/me" in place}
    assert {(place, name) for place, fields in own.items() for name in OWN & fields.keys() if name != "role"} == set()
    roles = [fields["role"] for fields in own.values() if "role" in fields]
    assert roles
    assert all("administrator" not in str(role) for role in roles)


def test_T52_a_guesser_does_not_become_another_by_a_header(tmp_path: Path) -> None:
    """Each guess names another address; all are counted on the one they came from."""
    with a_house(tmp_path) as house:
        answers = []
        for number in range(PAIR.free + 2):
            headers = dict.fromkeys(("X-Forwarded-For", "X-Real-IP", "Forwarded"), f"203.0.113.{number}")
            form = {"username": EMAIL, "password": "wrong"}
            answers.append(house.client.post("/api/v1/auth/login", data=form, headers=headers).status_code)
    assert answers == [401] * PAIR.free + [429] * 2
