"""The words of the pages in both languages, from the files of `TABLES`, and which language a page is in."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from fastapi import Request

from auth.http.lang import Language, language

COOKIE = "lang"
TABLES = (
    "words.toml",
    "finding.toml",
    "people.toml",
    "exporting.toml",
    "reports.toml",
    "analysis.toml",
    "collecting.toml",
    "effects.toml",
)
"""Of the search, of what experts use besides, of registering and counting, of exports, reports, analysis, collections and effects;
no name stands in two."""


@cache
def _table() -> Mapping[str, tuple[str, str]]:
    folder = Path(__file__).parent
    return {name: pair for file in TABLES for name, pair in tomllib.loads((folder / file).read_text("utf-8")).items()}


class Words:
    """Looks a name up in one language: `words("took", ms=3)`; a name that is absent is a mistake (`KeyError`)."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self._column = get_args(Language).index(lang)

    def __call__(self, name: str, **values: Any) -> str:
        text = _table()[name][self._column]
        return text.format_map(values) if values else text

    def known(self, name: str, fallback: str) -> str:
        """As a call, for a name that comes from data; `fallback` where it is absent."""
        return _table()[name][self._column] if name in _table() else fallback


def of(request: Request) -> Words:
    """The language chosen in the address, else once before (cookie), else the browser's."""
    for chosen in (request.query_params.get(COOKIE), request.cookies.get(COOKIE)):
        for known in get_args(Language):
            if chosen == known:
                return Words(known)
    return Words(language(request.headers.get("accept-language", "")))
