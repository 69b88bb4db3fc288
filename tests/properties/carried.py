"""What each language carries of a tree, told apart from how it is written: the warnings that writing a tree must give."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from search.query import QueryError
from search.query.check import check
from search.query.tree import All, And, Near, Not, Or, Query, Range, Ref, Unit, Value, Wild, Word, both, either

_NAMES = {"title", "abstract", "claims", "applicant", "inventor"}
_PROVINCE = {"广东省"}


@dataclass(frozen=True)
class Carried:
    """`texts`: fields whose words it has; `values`: fields and values (``None``: all); `days`: fields of dates."""

    texts: set[str]
    values: dict[str, set[str] | None]
    days: set[str]
    near: Callable[[Near], bool]
    wild: Callable[[Wild], bool] = lambda wild: True
    ref: Callable[[Ref], bool] = lambda ref: False
    bare: Callable[[str], bool] = lambda text: True
    told: set[str] = field(default_factory=set)


_DAYS = {"publication_date", "application_date", "priority_date"}
_TWO = {"CN", "US", "ZZ", "OR", "TO"}
_HYPHEN = re.compile(r"(?<![A-Za-z0-9])-|-(?![A-Za-z0-9])")

CARRIED = {
    "cql": Carried(
        {*_NAMES, "description"},
        {"ipc": None, "cpc": None, "number": None, "application": None, "cites": None, "country": _TWO},
        _DAYS,
        near=lambda near: not near.without,
        told={"left_truncation", "bare_not"},
    ),
    "ppubs": Carried(
        {*_NAMES, "description", "agent"},
        {"ipc": None, "cpc": None, "number": None, "application": None, "cites": None, "family": None},
        _DAYS,
        near=lambda near: near.unit != "paragraph" or near.distance <= 25,
        ref=lambda ref: True,
        bare=lambda text: not re.search(r"\.[A-Za-z]{2,4}\.$", text) and not re.match(r"(ab|ti)/.", text, re.IGNORECASE),
        told={"within_sentence", "bare_not"},
    ),
    "cprs": Carried(
        {*_NAMES, "description", "agent"},
        {"ipc": None, "number": None, "application": None, "cites": None, "country": _TWO, "region": _PROVINCE},
        {"publication_date", "application_date"},
        near=lambda near: False,
        wild=lambda wild: wild.field == "number",
        ref=lambda ref: ref.number <= 999,
        bare=lambda text: "+" not in text and not _HYPHEN.search(text) and not re.search(r"/[A-Za-z]{2}(-|$)", text),
        told={"open_range", "bare_not"},
    ),
    "pss": Carried(
        {*_NAMES, "description", "agent"},
        {
            **{"ipc": None, "cpc": None, "locarno": None, "number": None, "application": None, "country": None, "region": None},
            "type": {"invention", "utility_model", "design"},
        },
        _DAYS,
        near=lambda near: not near.without and (near.unit == "word" or near.distance == 0),
        wild=lambda wild: not re.search("[ (),]", wild.pattern),
        bare=lambda text: "+" not in text,
        told={"bare_not"},
    ),
    "google": Carried(
        _NAMES,
        {"cpc": None, "country": None, "stage": {"granted", "published"}, "type": {"design"}},
        _DAYS,
        near=lambda near: not near.without and near.unit == "word",
        bare=lambda text: not text.startswith("-"),
    ),
}

SOFT = {"bare_not", "left_truncation", "within_sentence"}
"""Warnings of what the other system would refuse or do otherwise; the text still says the tree."""


_TEXTS = ("battery", "锂电池", "LED灯", "wi-fi", "R&D", "1,2-x", "x.y", "电-池", "a+b", "-a", "x/ti", "x.ti.", "C++")
_QUOTED = ("lithium ion", "or", "NOT", "锂电池", "a (b)", "wi-fi", "L3", "3W", "/TI", "[ti]", "x.ab.", "磷酸铁锂，正极")
_PATTERNS = ("batter*", "锂?池", "col?r", "*oxide", "lithium batter*")
_KEYS = (
    *(Value("country", code) for code in ("CN", "OR")),
    *(Value("number", number) for number in ("CN110330865B", "US7,318,131B2")),
    *(Value("application", "201910792871.4"), Value("locarno", "14-03"), Value("family", "123"), Value("region", "广东省")),
    *(Value(field, key) for field in ("ipc", "cpc") for key in ("H", "H01M", "H01M10/0525")),
    *(Value("type", "utility_model"), Value("type", "design"), Value("stage", "granted"), Wild("CN1103*", "number")),
    *(Range(field, "2019-01-01", "2020-12-31") for field in _DAYS),
    *(Range(field, "2019-07-09") for field in _DAYS),
    *(Range(field, high="2020-02-29") for field in _DAYS),
    *(Ref(3), Ref(1000), All()),
)
_SHAPES: tuple[tuple[Unit, int, bool], ...] = (
    *(("word", 0, False), ("word", 3, True), ("sentence", 0, False), ("sentence", 2, False), ("paragraph", 0, False)),
)


def _texts(field: str | None) -> list[Query]:
    words = [Word(text, field) for text in _TEXTS] + [Word(text, field, exact=True) for text in _QUOTED]
    return [*words, *(Wild(pattern, field) for pattern in _PATTERNS)]


@cache
def _leaves(dialect: str) -> list[Query]:
    """Leaves, and pairs close together, that the language says."""
    fields = (None, *sorted(CARRIED[dialect].texts))
    texts = [leaf for field in fields for leaf in _texts(field)]
    pairs = [
        Near(one, either(other, another), unit, distance, ordered, without)
        for field in fields
        for one, other, another in zip(_texts(field), _texts(field)[3:], _texts(field)[7:], strict=False)
        for unit, distance, ordered in _SHAPES
        for without in (False, True)
    ]
    found: list[Query] = [*texts, *_KEYS, *pairs]
    return [tree for tree in found if set(_of(tree, CARRIED[dialect], after=True)) <= SOFT]


def a_carried_tree(dialect: str, chance: random.Random, depth: int = 0) -> Query:
    """A tree of what the language says, within the limits; the same chance gives the same tree."""
    kind = chance.choice(["leaf", "leaf", "and", "or", "not"]) if depth < 3 else "leaf"
    if kind == "leaf":
        return chance.choice(_leaves(dialect))
    items = [a_carried_tree(dialect, chance, depth + 1) for _ in range(2 if kind == "not" else chance.choice([2, 2, 3]))]
    tree = both(items[0], Not(items[1])) if kind == "not" else both(*items) if kind == "and" else either(*items)
    return tree if _within_limits(tree) else chance.choice(_leaves(dialect))


def _within_limits(tree: Query) -> bool:
    try:
        check(tree)
    except QueryError:
        return False
    return True


def warnings(tree: Query, dialect: str) -> set[str]:
    """The codes that writing `tree` must give."""
    carried = CARRIED[dialect]
    if dialect == "cprs" and isinstance(tree, And) and (kept := _restricted(tree)):
        return set(_of(kept, carried, after=False))
    return set(_of(tree, carried, after=False))


def _restricted(tree: And) -> Query | None:
    """What stands before kinds of document at the end."""
    utility, granted = Value("type", "utility_model"), (Value("type", "invention"), Value("stage", "granted"))
    if tree.items[-1] == Value("legal", "in_force"):
        return tree.items[0] if len(tree.items) == 2 else And(tree.items[:-1])
    kinds = tree.items[-1].items if isinstance(tree.items[-1], Or) else (tree.items[-1],)
    kept = tree.items[:-1] if set(kinds) <= {utility, And(granted)} else tree.items[:-2] if tree.items[-2:] == granted else ()
    return None if not kept else kept[0] if len(kept) == 1 else And(kept)


def _of(tree: Query, carried: Carried, *, after: bool) -> Iterator[str]:
    """`after`: another term stands before it in a conjunction."""
    match tree:
        case And(items) | Or(items):
            for number, item in enumerate(items):
                yield from _of(item, carried, after=number > 0 and isinstance(tree, And))
        case Not(item):
            if not after and "bare_not" in carried.told:
                yield "bare_not"
            yield from _of(item, carried, after=False)
        case Near():
            if not carried.near(tree):
                yield "unsupported"
                return
            if tree.unit == "word" and "within_sentence" in carried.told:
                yield "within_sentence"
            yield from _of(tree.left, carried, after=False)
            yield from _of(tree.right, carried, after=False)
        case _:
            yield from _of_leaf(tree, carried)


def _of_leaf(leaf: Query, carried: Carried) -> Iterator[str]:
    has = True
    match leaf:
        case All():
            has = False
        case Ref():
            has = carried.ref(leaf)
        case Range():
            has = leaf.field in carried.days
            if has and not (leaf.low and leaf.high) and "open_range" in carried.told:
                yield "open_range"
        case Word():
            has = leaf.field is None or leaf.field in carried.texts
            if has and not leaf.exact and not carried.bare(leaf.text):
                yield "quoted_word"
        case Wild():
            named = leaf.field is None or leaf.field in carried.texts or carried.values.get(leaf.field, ()) is None
            has = named and carried.wild(leaf)
            if has and "left_truncation" in carried.told:
                yield from ["left_truncation"] * (leaf.pattern[0] in "*?")
        case Value() if leaf.field in {"applicant", "inventor", "agent"}:
            has = leaf.field in carried.texts
            if has:
                yield "whole_name"
        case Value():
            known = carried.values.get(leaf.field, set())
            has = known is None or leaf.value in known
    if not has:
        yield "unsupported"
