"""The API's description as pages, one a room, from the OpenAPI document alone: no script, nothing from elsewhere."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Shape = Mapping[str, Any]
"""A schema of the description."""

_UNSAID = "Successful Response"
"""What the framework says of an answer where nothing is said."""


@dataclass(frozen=True, slots=True)
class Example:
    """What can be sent as it stands."""

    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body: ``filters.country`` is one of an object, ``items[].code`` one of each object of a list."""

    name: str
    required: bool
    description: str
    values: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """An operation as the page shows it. `kinds` are the media types of its body and `fields` those of a JSON object; `answers`
    are (status, description)."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    kinds: list[str]
    fields: list[Field]
    examples: list[Example]
    answers: list[tuple[str, str]]


def rooms(schema: Shape) -> dict[str, list[Route]]:
    """Every operation of the description by its tag, in their order."""
    found: dict[str, list[Route]] = {}
    kinds = schema["components"]["schemas"]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            found.setdefault(operation["tags"][0], []).append(_route(method.upper(), path, operation, kinds))
    return found


def _route(method: str, path: str, operation: Shape, kinds: Shape) -> Route:
    taken = operation.get("requestBody", {}).get("content", {})
    parameters = [
        Field(given["name"], given.get("required", False), given.get("description", ""))
        for given in operation.get("parameters", ())
    ]
    return Route(
        id=operation["operationId"],
        method=method,
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=parameters,
        kinds=list(taken),
        fields=[field for content in taken.values() for field in _fields(content.get("schema", {}), kinds)],
        examples=list(_examples(operation)),
        answers=[(status, answer["description"].replace(_UNSAID, "")) for status, answer in operation["responses"].items()],
    )


def _fields(shape: Shape, kinds: Shape, above: str = "") -> Iterator[Field]:
    """The fields of a body, each followed by those within it."""
    whole = _whole(shape, kinds)
    for name, given in whole.get("properties", {}).items():
        field = _whole(given, kinds)
        within = _whole(field["items"], kinds) if "items" in field else field
        values = [str(each) for each in within.get("enum", ())]
        yield Field(above + name, name in whole.get("required", ()), field.get("description", ""), values)
        yield from _fields(within, kinds, f"{above}{name}{'' if within is field else '[]'}.")


def _whole(shape: Shape, kinds: Shape) -> dict[str, Any]:
    """A schema with what it refers to; of alternatives (a null is none) the properties of all, of which those are required that
    each requires. What it says itself goes first."""
    if "$ref" in shape:
        return _whole(kinds[shape["$ref"].rpartition("/")[2]], kinds) | {key: shape[key] for key in shape if key != "$ref"}
    parts = [_whole(part, kinds) for part in shape.get("allOf", ())]
    ways = [_whole(way, kinds) for way in (*shape.get("anyOf", ()), *shape.get("oneOf", ())) if way.get("type") != "null"]
    made: dict[str, Any] = {}
    for each in (*ways, *parts, shape):
        made |= {**each, "properties": made.get("properties", {}) | each.get("properties", {})}
    each_way = set.intersection(*(set(way.get("required", ())) for way in ways)) if ways else set()
    return made | {"required": each_way.union(*(part.get("required", ()) for part in (*parts, shape)))}


def _examples(operation: Shape) -> Iterator[Example]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        for example in content.get("examples", {}).values():
            yield Example(example["summary"], json.dumps(example["value"], ensure_ascii=False, indent=2))
