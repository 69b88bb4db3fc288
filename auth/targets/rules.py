"""The rule language: what a notice asks for, read from TOML. `docs/targets.md` defines each word; a verifier in another
language needs no more than that page and the file.

Everything is checked on reading; a word that the language does not have is an error, never ignored.
"""

import hashlib
import re
import tomllib
from bisect import bisect
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Annotated, Literal

import msgspec

from auth.targets.verifier import recount

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")

LANGUAGE = 1
"""`language` of every rule file that this reads."""

RUNGS = ("registered", "contact_verified", "activated", "role_confirmed", "registered_elsewhere")
"""Readings of a registration: the first four are a ladder, the last stands by itself."""

GRADES = ("declared", "accepted", "delivered", "opened", "acknowledged")
"""Readings of a push, rising."""

REGISTRATIONS = "registrations"
"""The word in `of` that stands for accounts, not for facts of one kind."""

Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}\Z")]
Number = Annotated[int, msgspec.Meta(gt=-(2**53), lt=2**53)]
Reading = Id
Text = Annotated[str, msgspec.Meta(min_length=1)]
Scalar = Text | bool


class RulesRefused(ValueError):
    """The file is no rule file of this language; says what is wrong."""


class SpellingRefused(RulesRefused):
    """The file is TOML, but from `line` (from 1) on not of the part of it that the verifiers read (`docs/verify.md`)."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is written as the verifiers do not read it")
        self.line = line


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file: members that the language does not have are refused."""


class Words(_Strict, frozen=True, kw_only=True):
    """A name in both languages."""

    zh: Text
    en: Text


class Notice(_Strict, frozen=True, kw_only=True):
    """The notice the rule comes from: its file, and how it is cited."""

    file: Text
    title: Text


class Filter(_Strict, frozen=True, kw_only=True):
    """One condition on a deed; exactly one operator. A deed that lacks the attribute is refused as `<attribute>_missing`, one
    that has another value for `reason`.

    `equals` · `within` one of · `without` none of · `contains` all of (of a list) · `region_in` / `region_outside` division
    codes by their beginning, `"project"` standing for the project's province · `months_from` the attribute, a last day, ends
    a period of at least `months` from the day in the attribute named.
    """

    attribute: Id
    reason: Id
    equals: Scalar | None = None
    within: tuple[Text, ...] | None = None
    without: tuple[Text, ...] | None = None
    contains: tuple[Text, ...] | None = None
    region_in: tuple[Text, ...] | None = None
    region_outside: tuple[Text, ...] | None = None
    months_from: Id | None = None
    months: Number = 0

    def __post_init__(self) -> None:
        operators = ("equals", "within", "without", "contains", "region_in", "region_outside", "months_from")
        if sum(getattr(self, name) is not None for name in operators) != 1:
            raise ValueError(f"the filter on {self.attribute} needs exactly one operator")


class Collect(_Strict, frozen=True, kw_only=True):
    """A key counts when its deeds together have every one of `all` in their list `attribute`."""

    attribute: Id
    all: tuple[Text, ...]
    reason: Id


class Target(_Strict, frozen=True, kw_only=True):
    """One number of the notice. `docs/targets.md` tells how it is counted; without `at_least` and `at_most` it is reported,
    not judged."""

    id: Id
    name: Words
    line: Number
    quote: Text
    of: tuple[Id, ...]
    distinct: tuple[Id, ...] = ()
    direction: Id | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    all_of: Id | None = None
    subset_of: Id | None = None
    where: tuple[Filter, ...] = ()
    each_quarter: Number = 0
    collect: Collect | None = None
    sum: Id | None = None
    readings: Literal["rungs", "grades", "one"] = "one"
    reading: Reading = "recorded"
    period: Literal["window", "to_last_day"] = "window"
    split: Id | None = None

    def scale(self) -> tuple[Reading, ...]:
        """The readings shown side by side."""
        return {"rungs": RUNGS, "grades": GRADES, "one": ("recorded",)}[self.readings]


class Modifier(_Strict, frozen=True, kw_only=True):
    """Multiplies the notice's numbers of a direction by `times` / `over`, rounded up, where the contract names it."""

    id: Id
    name: Words
    line: Number
    quote: Text
    times: Number
    over: Number
    direction: Id | None = None

    def applied(self, number: int) -> int:
        """The number, up to the next whole one."""
        return -(-number * self.times // self.over)


class Rules(_Strict, frozen=True, kw_only=True):
    """One version of one rule file. `sha256` is that of its bytes, which the adopting fact names."""

    language: Number
    rule: Id
    version: Number
    name: Words
    notice: Notice
    directions: Mapping[str, Words] = msgspec.field(default_factory=dict)
    targets: tuple[Target, ...] = msgspec.field(name="target")
    modifiers: tuple[Modifier, ...] = msgspec.field(name="modifier", default=())
    sha256: str = ""

    def of_direction(self, direction: str | None) -> tuple[Target, ...]:
        """The targets of a project that follows this direction of the notice (``None`` where it has but one)."""
        return tuple(target for target in self.targets if target.direction in (None, direction))

    def counts(self, direction: str | None) -> list[str]:
        """The kinds of deeds that count for such a project, sorted."""
        return sorted({kind for target in self.of_direction(direction) for kind in target.of})


def check_spelling(data: bytes) -> None:
    """A bundle is checked by programs that read no more of TOML than `recount.toml` does: whatever they would read otherwise, or
    not at all, must not be adopted. `SpellingRefused`."""
    text = data.decode("utf-8")
    if _read_alike(text):
        return
    starts = [0, *(found.end() for found in re.finditer("\n(?=[A-Za-z[])", text))]
    bad = bisect(range(1, len(starts)), False, key=lambda number: not _read_alike(text[: starts[number]]))
    raise SpellingRefused(text.count("\n", 0, starts[bad]) + 1)


def _read_alike(text: str) -> bool:
    """Whether the verifiers read the text as TOML says. A control character or an over-long number is none of theirs."""
    try:
        return recount.toml(text) == tomllib.loads(text) and _CONTROL.search(text) is None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False


@lru_cache(maxsize=64)
def parse(data: bytes) -> Rules:
    """The rules of a file's bytes; `RulesRefused`. Remembered, since every standing reads its file: two milliseconds."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        rules = msgspec.convert({"sha256": sha256} | tomllib.loads(data.decode("utf-8")), Rules)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise RulesRefused(str(error)) from error
    _check(rules, sha256)
    return rules


@cache
def shipped() -> Mapping[str, bytes]:
    """The rule files that come with the product, by the name of the rule."""
    folder = resources.files("auth.targets").joinpath("notices")
    return {file.name.removesuffix(".toml"): file.read_bytes() for file in folder.iterdir() if file.name.endswith(".toml")}


def _check(rules: Rules, sha256: str) -> None:
    """What the shapes alone do not say."""
    if rules.language != LANGUAGE:
        raise RulesRefused(f"the language is {rules.language}, not {LANGUAGE}")
    if rules.sha256 != sha256 or rules.version < 1:
        raise RulesRefused("versions count from 1, and a file can't name its own hash")
    before: dict[str, Target] = {}
    for target in rules.targets:
        if target.id in before:
            raise RulesRefused(f"two targets are named {target.id}")
        _check_target(rules, target, before)
        before[target.id] = target
    for modifier in rules.modifiers:
        if modifier.times < 1 or modifier.over < 1:
            raise RulesRefused(f"{modifier.id}: times and over are whole numbers from 1")


def _check_target(rules: Rules, target: Target, before: Mapping[str, Target]) -> None:
    for name in (target.all_of, target.subset_of):
        base = before.get(name) if name is not None else None
        if name is not None and (base is None or not base.distinct or base.direction not in (None, target.direction)):
            raise RulesRefused(f"{target.id}: {name} is no target above it that counts something distinct")
    if target.subset_of is not None and before[target.subset_of].distinct != target.distinct:
        raise RulesRefused(f"{target.id}: a subset counts what {target.subset_of} counts")
    if target.direction is not None and target.direction not in rules.directions:
        raise RulesRefused(f"{target.id}: the notice has no direction {target.direction}")
    if target.reading not in target.scale():
        raise RulesRefused(f"{target.id}: {target.reading} is no reading of {target.readings}")
    if (target.of == (REGISTRATIONS,)) != (target.readings == "rungs"):
        raise RulesRefused(f"{target.id}: registrations alone have rungs")
    if (target.each_quarter or target.collect or target.all_of) and not target.distinct:
        raise RulesRefused(f"{target.id}: counts nothing distinct")
    if target.each_quarter and target.period != "window":
        raise RulesRefused(f"{target.id}: only days of the window lie in a quarter")
