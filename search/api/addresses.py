"""An address's parameters as one model.

The framework can do this too (`Query()` before a model) and spends as long on it as on all the rest of a request: it looks
every field's type up anew each time (docs/decisions/0071-cost-of-a-request.md).
"""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar, get_origin
from urllib.parse import unquote_to_bytes

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class Address(Generic[Model]):
    """Reads `model` from addresses. A field of type list is a parameter that may be repeated; of another the last counts."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._repeated = {name for name, field in model.model_fields.items() if get_origin(field.annotation) is list}

    def read(self, request: Request) -> Model:
        """The model; raises as the framework does for a parameter that has not its shape."""
        return self.of(_pairs(request.scope["query_string"]))

    def of(self, pairs: Iterable[tuple[str, str]]) -> Model:
        """The model of these parameters."""
        given: dict[str, Any] = {}
        for name, value in pairs:
            if name in self._repeated:
                given.setdefault(name, []).append(value)
            else:
                given[name] = value
        try:
            return self._model.model_validate(given)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False, include_context=False)
            raise RequestValidationError([{**fault, "loc": ("query", *fault["loc"])} for fault in faults]) from None

    def described(self) -> dict[str, Any]:
        """The parameters as `openapi_extra` of a route."""
        schema = self._model.model_json_schema()
        required = schema.get("required", ())
        return {"parameters": [_parameter(name, field, required=name in required) for name, field in schema["properties"].items()]}


def _pairs(query: bytes) -> Iterator[tuple[str, str]]:
    """Names and values of a query string (WHATWG URL, section 5.1), in half the time that `urllib.parse.parse_qsl` takes."""
    for pair in query.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            yield _plain(name), _plain(value)


def _plain(text: bytes) -> str:
    encoded = text.replace(b"+", b" ")
    return (unquote_to_bytes(encoded) if b"%" in encoded else encoded).decode("utf-8", "replace")


def _parameter(name: str, field: dict[str, Any], *, required: bool) -> dict[str, Any]:
    shape = {key: value for key, value in field.items() if key not in ("title", "description")}
    told = {"description": field["description"]} if "description" in field else {}
    return {"name": name, "in": "query", "required": required, "schema": shape, **told}
