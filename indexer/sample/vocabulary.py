"""The words of the sample (`words.toml`) as frozen values."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple


class Pair(NamedTuple):
    """One term in both languages."""

    zh: str
    en: str


class Place(NamedTuple):
    region: str
    city: str
    english: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Field:
    """A technical field and what is said in it."""

    area: Pair
    ipc: tuple[str, ...]
    locarno: str
    trade: Pair
    method: Pair
    adjectives: tuple[Pair, ...]
    subjects: tuple[Pair, ...]
    parts: tuple[Pair, ...]
    means: tuple[Pair, ...]
    problems: tuple[Pair, ...]
    effects: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What names of persons and bodies are made of; `abroad` holds (country, firm)."""

    places: tuple[Place, ...]
    streets: tuple[Pair, ...]
    brands: tuple[Pair, ...]
    schools: tuple[Pair, ...]
    agencies: tuple[Pair, ...]
    surnames: tuple[Pair, ...]
    given: tuple[Pair, ...]
    abroad: tuple[tuple[str, str], ...]
    abroad_inventors: tuple[str, ...]


@cache
def vocabulary() -> tuple[tuple[Field, ...], Names]:
    """The fields and the names, read once."""
    words = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return tuple(_field(table) for table in words["fields"]), _names(words["parties"])


def _field(table: dict[str, Any]) -> Field:
    return Field(
        area=_pair(table["area"]),
        ipc=tuple(table["ipc"]),
        locarno=table["locarno"],
        trade=_pair(table["trade"]),
        method=_pair(table["method"]),
        adjectives=_pairs(table["adjectives"]),
        subjects=_pairs(table["subjects"]),
        parts=_pairs(table["parts"]),
        means=_pairs(table["means"]),
        problems=_pairs(table["problems"]),
        effects=_pairs(table["effects"]),
    )


def _names(table: dict[str, Any]) -> Names:
    return Names(
        places=tuple(Place(*place) for place in table["places"]),
        abroad=tuple((country, firm) for country, firm in table["abroad"]),
        abroad_inventors=tuple(table["abroad_inventors"]),
        **{name: _pairs(table[name]) for name in ("streets", "brands", "schools", "agencies", "surnames", "given")},
    )


def _pairs(texts: list[str]) -> tuple[Pair, ...]:
    return tuple(_pair(text) for text in texts)


def _pair(text: str) -> Pair:
    zh, en = text.split("|")
    return Pair(zh, en)
