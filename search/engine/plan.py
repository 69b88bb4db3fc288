"""The question as an engine executes it: a tree of the few things both engines do alike.

`plan` turns a checked `Query` into these; each adapter compiles them one to one, so a difference between engines can only
stand in a compiler of a few lines.  Names of fields are those of `search.engine.layout`.

Scores: `Run` is BM25 of its words, times `boost`; `Pieces`, `Prefix` and `Pattern` score their boost, constant; everything
else, and all that stands in `filters` or `must_not`, scores 0.  A `Bool` adds what its clauses score.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from search.query.tree import Near


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document, score 0."""


@dataclass(frozen=True, slots=True)
class Run:
    """These tokens at consecutive positions of a token field; one token is a plain term (tantivy panics on a phrase of one)."""

    field: str
    tokens: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """One position of `Pieces`: a whole token, the start of one, or a pattern with ``*`` and ``?``."""

    kind: Literal["token", "prefix", "pattern"]
    text: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """As `Run`, with at least two positions and at least one that is not a whole token (灯 at the end of LED灯)."""

    field: str
    items: tuple[Piece, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Some token or key of the field starts with `text`."""

    field: str
    text: str
    boost: float = 0.0


@dataclass(frozen=True, slots=True)
class Pattern:
    """Some token or key of the field matches `text`, where ``*`` is any characters and ``?`` one."""

    field: str
    text: str
    boost: float = 0.0


@dataclass(frozen=True, slots=True)
class Keys:
    """The keyword field holds at least one of the values; no value matches nothing."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """The date field (an integer ``yyyymmdd``) has a value in ``low`` … ``high``, both ends included."""

    field: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Proximity:
    """The words of one value of the field stand as close together as `near` asks (`search.query.near`). It stands among the
    `filters` of a `Bool` whose `must` finds the documents that have the words at all."""

    field: str
    near: Near


@dataclass(frozen=True, slots=True)
class Ordinals:
    """The documents of these ordinals: what an adapter puts in the place of a `Proximity` that it has checked itself."""

    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bool:
    """All of `must`, at least one of `should` (where there are any), all of `filters` without scoring, none of `must_not`.
    Never only `must_not`: `plan` adds `Everything`."""

    must: tuple["Plan", ...] = ()
    should: tuple["Plan", ...] = ()
    filters: tuple["Plan", ...] = ()
    must_not: tuple["Plan", ...] = ()


Plan: TypeAlias = Everything | Run | Pieces | Prefix | Pattern | Keys | Days | Proximity | Ordinals | Bool
