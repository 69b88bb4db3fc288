"""The few files that pages need besides themselves."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Response

from auth.http.problems import NotFound

_FOLDER = Path(__file__).parent / "static"
_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_HOUR = "public, max-age=3600"

router = APIRouter(include_in_schema=False)


@cache
def _files() -> Mapping[str, tuple[bytes, str]]:
    return {path.name: (path.read_bytes(), _TYPES[path.suffix]) for path in _FOLDER.iterdir()}


@router.get("/static/{name}")
async def file(name: str) -> Response:
    """A file of the folder by its name; nothing else can be named."""
    if name not in _files():
        raise NotFound
    content, media_type = _files()[name]
    return Response(content, media_type=media_type, headers={"Cache-Control": _HOUR})
