"""OpenAPI: answers described from the very structures they are written from.

The framework describes what comes in.  What goes out is bytes (a dictionary would be copied and checked once more, at ten
times the cost), so its description is made here, from the same msgspec types.
"""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from auth.http.documents import ProblemDocument, problems
from search.api import later

REF = "#/components/schemas/{name}"


def answer(kind: type, description: str, example: object | None = None) -> dict[int | str, dict[str, Any]]:
    """The description of the answer 200, JSON of the msgspec type `kind`."""
    content: dict[str, Any] = {"schema": {"$ref": REF.format(name=kind.__name__)}}
    if example is not None:
        content["example"] = example
    return {200: {"description": description, "content": {"application/json": content}}}


def describe(app: FastAPI, path: str, kinds: Callable[[], Iterable[type]]) -> None:
    """Adds the schemas of `kinds` and of problems to the application's description, and the 422 as the problem document it is; it
    is served at `path`. The rooms that open later are opened for it, which takes a while: once, and in a thread."""
    made, lock = app.openapi, Lock()

    def openapi() -> dict[str, Any]:
        with lock:  # the framework keeps it before it is whole
            if app.openapi_schema is not None:
                return app.openapi_schema
            later.open_all(app)
            schema = made()
            _, components = msgspec.json.schema_components((*kinds(), ProblemDocument), ref_template=REF)
            schema["components"]["schemas"].update(components)
            _refuse_as_we_do(schema)
            return schema

    app.openapi = openapi  # type: ignore[method-assign]  # the framework's own way to change a description

    @app.get(path, include_in_schema=False)
    def description() -> JSONResponse:
        return JSONResponse(openapi())


def _refuse_as_we_do(schema: dict[str, Any]) -> None:
    """The framework describes a 422 of its own."""
    ours = {"description": "Unprocessable Content", "content": problems(422)[422]["content"]}
    for operations in schema["paths"].values():
        for operation in operations.values():
            if "422" in operation["responses"]:
                operation["responses"]["422"] = ours
    for unused in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(unused, None)
