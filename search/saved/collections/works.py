"""Deeds by their names: which rows each looks at and what it makes of them. Pure."""

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from search.saved.collections.model import LEVELS, Branch, Key, Mark, MarkKind, Record, RowKind, Rows, Stands, Values
from search.saved.collections.problems import BranchMisplaced, BranchTaken
from search.saved.collections.rows import branch_of, branch_values, document_of, document_values

Place = tuple[RowKind, Key]
Changed = Mapping[Place, Values | None]

MARKS: tuple[MarkKind, ...] = get_args(MarkKind)

HEAD: Place = ("head", ())
CODE = re.compile(r"[0-9A-Za-z.-]{1,20}", re.ASCII)

ALL_BRANCHES: Place = ("branch", ())
"""Looked at, it brings every branch of the collection."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Work:
    """A deed of some kind, done to `what`: the rows that it looks at, and how it changes them as they stand then."""

    deed: str
    what: str
    rows: Sequence[Place]
    change: Callable[[Rows], Changed]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of documents; ``None`` leaves it as it is. `stands` is set where `placed`; `tags` are added, or with
    `all_tags` all there are, and `untagged` taken off."""

    placed: bool = False
    stands: Stands | None = None
    key: bool | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    all_tags: bool = False
    untagged: tuple[str, ...] = ()
    cells: Mapping[str, str] | None = None


def named(numbers: Sequence[str]) -> str:
    """The first of the numbers, and how many more."""
    more = len(numbers) - _NAMED
    return ", ".join(numbers[:_NAMED]) + (f" +{more}" if more > 0 else "")


def said_of(number: str, held: Values | None, said: Said) -> Values | None:
    """The row of a document once this is said of it."""
    document = document_of(number, held)
    tags = [tag for tag in (*(() if said.all_tags else document.tags), *said.tags) if tag not in said.untagged]
    cells = {**document.cells, **(said.cells or {})}
    return document_values(
        replace(
            document,
            stands=said.stands if said.placed else document.stands,
            key=document.key if said.key is None else said.key,
            note=document.note if said.note is None else said.note,
            tags=tuple(dict.fromkeys(tags)),
            cells={name: cell for name, cell in cells.items() if cell},
        )
    )


def say(numbers: Sequence[str], said: Said) -> Work:
    """Says something of documents."""
    places: list[Place] = [("document", (number,)) for number in numbers]
    deed = "documents" if not said.placed else f"documents_{said.stands or 'left'}"
    return Work(deed, named(numbers), places, lambda rows: {place: said_of(place[1][0], rows[place], said) for place in places})


def mark(branch: str, numbers: Sequence[str], kind: MarkKind, value: bool | None, *, gone: bool = False) -> Work:
    """Marks documents for a branch, or takes such marks away. A drawn document keeps what it was judged where it is drawn again."""
    places: list[Place] = [("mark", (branch, number, kind)) for number in numbers]

    def change(rows: Rows) -> Changed:
        drawn = kind == "sample" and value is None
        return {place: None if gone else rows[place] or {"value": None} if drawn else {"value": value} for place in places}

    return Work(f"mark_{kind}", f"{branch}: {named(numbers)}", places, change)


def head(name: str, values: Values) -> Work:
    """Changes columns of the collection's own row."""
    return Work("head", name, [HEAD], lambda rows: {HEAD: {**(rows[HEAD] or {}), **values}})


def put_branch(wanted: Branch, *, new: bool = False) -> Work:
    """Makes a branch, or changes the one of this code, unless it is to be `new`; at place 0 it stays where it is or comes last.
    Raises `BranchTaken`, `BranchMisplaced`."""

    def change(rows: Rows) -> Changed:
        held = held_branches(rows)
        if new and wanted.code in held:
            raise BranchTaken
        place = wanted.place or (held[wanted.code].place if wanted.code in held else last_place(held))
        made = replace(wanted, place=place)
        check_tree({**held, made.code: made})
        return {("branch", (made.code,)): branch_values(made)}

    return Work("branch", f"{wanted.code} {wanted.name}", [ALL_BRANCHES], change)


def remove_branch(branch: Branch, marks: Sequence[Mark], records: Sequence[Record]) -> Work:
    """Removes a branch, those below it, which of the `marks` are of them, and their codes from `records`."""
    marked: dict[Place, str] = {("mark", (each.branch, each.number, each.kind)): each.branch for each in marks}
    placed: list[Place] = [("record", (each.number,)) for each in records if each.record.get("branches")]

    def change(rows: Rows) -> Changed:
        held = held_branches(rows)
        gone = {each for each in held if branch.code in _above(each, held)}
        places: list[Place] = [("branch", (each,)) for each in gone]
        left = {place: _without(values, gone) for place in placed if (values := rows[place])}
        return dict.fromkeys((*places, *(place for place, of in marked.items() if of in gone))) | left

    return Work("branch_gone", f"{branch.code} {branch.name}", [ALL_BRANCHES, *marked, *placed], change)


def _without(record: Values, gone: Container[str]) -> Values:
    """The row of a record without these branches."""
    said = {name: value for name, value in record["record"].items() if name != "branches"}
    left = [code for code in record["record"].get("branches", ()) if code not in gone]
    return {**record, "record": said | ({"branches": left} if left else {})}


def replace_tree(wanted: Sequence[Branch]) -> Work:
    """Puts a whole table of branches in: those of the codes there are changed, others made; none is removed. Raises
    `BranchMisplaced`."""

    def change(rows: Rows) -> Changed:
        held = held_branches(rows)
        check_tree({**held, **{each.code: each for each in wanted}})
        return {("branch", (each.code,)): branch_values(each) for each in wanted}

    return Work("branches", str(len(wanted)), [ALL_BRANCHES, *(("branch", (each.code,)) for each in wanted)], change)


def held_branches(rows: Rows) -> dict[str, Branch]:
    """The branches among the rows, by code."""
    return {key[0]: branch_of(key[0], values) for (kind, key), values in rows.items() if kind == "branch" and values}


def free_code(parent: str | None, held: Mapping[str, Branch]) -> str:
    """The next code below the parent: ``3``, ``3.2``."""
    start = f"{parent}." if parent else ""
    return next(code for number in range(1, len(held) + 2) if (code := f"{start}{number}") not in held)


def last_place(held: Mapping[str, Branch]) -> int:
    return max((each.place for each in held.values()), default=0) + 1


def check_tree(branches: Mapping[str, Branch]) -> None:
    """Raises `BranchMisplaced` for a branch below one that is not there or below itself, or more than `LEVELS` levels."""
    for code in branches:
        if len(_above(code, branches)) > LEVELS:
            raise BranchMisplaced


def _above(code: str, branches: Mapping[str, Branch]) -> list[str]:
    """The branch and those above it, from below; longer than `LEVELS` where the way never ends."""
    found = [code]
    while (parent := branches[found[-1]].parent) is not None and len(found) <= LEVELS:
        if parent not in branches:
            raise BranchMisplaced
        found.append(parent)
    return found
