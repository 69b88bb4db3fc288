"""The API's description as pages, one a room, from the OpenAPI document alone: no script, nothing from elsewhere."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """What can be sent as it stands."""

    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Route:
    """An operation as the page shows it; `answers` are (status, description)."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: Sequence[Mapping[str, Any]]
    examples: list[Example]
    answers: list[tuple[str, str]]


def rooms(schema: Mapping[str, Any]) -> dict[str, list[Route]]:
    """Every operation of the description by its tag, in their order."""
    found: dict[str, list[Route]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            found.setdefault(operation["tags"][0], []).append(_route(method.upper(), path, operation))
    return found


def _route(method: str, path: str, operation: Mapping[str, Any]) -> Route:
    parameters = [
        {"name": given["name"], "required": given.get("required", False), "description": given.get("description", "")}
        for given in operation.get("parameters", ())
    ]
    return Route(
        id=operation["operationId"],
        method=method,
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=parameters,
        examples=list(_examples(operation)),
        answers=[(status, answer["description"]) for status, answer in operation["responses"].items()],
    )


def _examples(operation: Mapping[str, Any]) -> Iterator[Example]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        for example in content.get("examples", {}).values():
            yield Example(example["summary"], json.dumps(example["value"], ensure_ascii=False, indent=2))
