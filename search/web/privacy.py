"""The privacy notice, read from `privacy.toml`: what the page shows, and what docs/privacy.md is written from."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import msgspec

from auth.http.lang import Language
from search.web.words import Words

FILE = Path(__file__).with_name("privacy.toml")
Pair = tuple[str, str]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: Pair
    text: Pair
    head: list[Pair] = []
    rows: list[list[Pair]] = []
    boxes: list[str] = []


class _Notice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    part: list[_Part]


@dataclass(frozen=True, slots=True)
class Part:
    """A part in one language: its table, where it has one, and the words of the boxes that may be ticked."""

    title: str
    text: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    boxes: Sequence[str]


@cache
def notice(lang: Language) -> tuple[Part, ...]:
    """The parts in the language."""
    column, t = get_args(Language).index(lang), Words(lang)
    read = msgspec.convert(tomllib.loads(FILE.read_text("utf-8")), _Notice)

    def line(cells: list[Pair]) -> tuple[str, ...]:
        return tuple(cell[column] for cell in cells)

    return tuple(
        Part(
            title=part.title[column],
            text=part.text[column],
            head=line(part.head),
            rows=tuple(map(line, part.rows)),
            boxes=tuple(map(t, part.boxes)),
        )
        for part in read.part
    )
