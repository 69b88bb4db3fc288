"""What a project's own facts say: its contract, the rule adopted, and the decisions taken since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from auth.ledger.model import Leaf, Value
from auth.targets.days import Span, quarters

KINDS = frozenset({"project:contract", "project:rule_adopted", "project:decision"})
"""Facts that terms are read from."""


class NoContract(LookupError):
    """No contract of the project stands among the facts."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """The rule file that counts: the SHA-256 is that of its bytes."""

    rule: str
    version: int
    sha256: str
    direction: str | None


@dataclass(frozen=True, slots=True)
class Rival:
    """A project of the same agency contracted before: what it may count is not counted again. `counts` are kinds of deeds."""

    project: str
    span: Span
    counts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Terms:
    """A project as its facts describe it.

    `last` moves with extensions, and the last of `quarters` with it. `numbers`, by target, come from the contract and from
    plans adjusted later; `waived`: target to the document. `replaced`: enterprise to the one that stands for it. `moved`:
    accounts that a decision gave to another agency. `decisions`: their seqs.
    """

    project: str
    agency: str | None
    first: date
    last: date
    quarters: tuple[Span, ...]
    province: str
    reading: str
    grade: str | None
    numbers: Mapping[str, int]
    modifiers: frozenset[str]
    waived: Mapping[str, str]
    replaced: Mapping[str, str]
    moved: frozenset[str]
    adopted: Adopted | None
    decisions: tuple[int, ...]
    rivals: tuple[Rival, ...]


def read(project: str, facts: Iterable[Leaf]) -> Terms:
    """The terms by the facts given, in their order; later ones win. `NoContract`."""
    contracts: dict[str, Leaf] = {}
    adopted: dict[str, Leaf] = {}
    decisions: list[Leaf] = []
    for leaf in facts:
        match leaf.kind:
            case "project:contract":
                contracts.setdefault(_text(leaf, "project"), leaf)
            case "project:rule_adopted":
                adopted[_text(leaf, "project")] = leaf
            case "project:decision":
                decisions.append(leaf)
    if project not in contracts:
        raise NoContract(project)
    terms = _contract(contracts[project], adopted.get(project))
    lasts = {name: _last(name, leaf, decisions) for name, leaf in contracts.items()}
    rivals = []
    for name, leaf in contracts.items():
        if name == project:
            break
        rivals.append(_rival(leaf, lasts[name], adopted.get(name)))
    return _decided(replace(terms, rivals=tuple(rivals)), decisions)


def _contract(leaf: Leaf, adopted: Leaf | None) -> Terms:
    first, last = date.fromisoformat(_text(leaf, "first")), date.fromisoformat(_text(leaf, "last"))
    return Terms(
        project=_text(leaf, "project"),
        agency=leaf.agency,
        first=first,
        last=last,
        quarters=quarters(first, last, calendar=leaf.attributes["quarters"] == "calendar"),
        province=_text(leaf, "province"),
        reading=_text(leaf, "reading"),
        grade=_optional(leaf, "grade"),
        numbers=numbers(leaf.attributes.get("numbers", [])),
        modifiers=frozenset(_list(leaf, "modifiers")),
        waived={},
        replaced={},
        moved=frozenset(),
        adopted=_adopted(adopted) if adopted else None,
        decisions=(),
        rivals=(),
    )


def numbers(texts: Value) -> dict[str, int]:
    """The contract's numbers, by target, from their text `target=number`."""
    held = (text.partition("=") for text in texts) if isinstance(texts, list) else ()
    return {target: int(number) for target, _, number in held}


def _adopted(leaf: Leaf) -> Adopted:
    version = leaf.attributes["version"]
    assert isinstance(version, int)
    return Adopted(_text(leaf, "rule"), version, _text(leaf, "sha256"), _optional(leaf, "direction"))


def _last(project: str, contract: Leaf, decisions: Iterable[Leaf]) -> date:
    """The last day after all extensions."""
    days = [_text(leaf, "last") for leaf in decisions if _is(leaf, "extension", project) and "last" in leaf.attributes]
    return date.fromisoformat(days[-1] if days else _text(contract, "last"))


def _rival(contract: Leaf, last: date, adopted: Leaf | None) -> Rival:
    span = Span(date.fromisoformat(_text(contract, "first")), last)
    return Rival(_text(contract, "project"), span, frozenset(_list(adopted, "counts") if adopted else ()))


def _decided(terms: Terms, decisions: Iterable[Leaf]) -> Terms:
    """The terms after the decisions of the project, and those on accounts of the whole log."""
    waived, replaced, plan = dict(terms.waived), dict(terms.replaced), dict(terms.numbers)
    last, homes, seqs = terms.last, dict[str, str | None](), []
    for leaf in decisions:
        what = leaf.attributes["decision"]
        if what == "attribution" and leaf.account:
            homes[leaf.account] = _optional(leaf, "to")
        if leaf.attributes["project"] != terms.project:
            continue
        seqs.append(leaf.seq)
        target, value = _optional(leaf, "target"), leaf.attributes.get("value")
        if what == "extension" and "last" in leaf.attributes:
            last = date.fromisoformat(_text(leaf, "last"))
        elif what == "replacement":
            _replace(replaced, _text(leaf, "enterprise"), _text(leaf, "by"))
        elif what == "waiver" and target:
            waived[target] = _text(leaf, "document_sha256")
        elif what == "plan" and target and isinstance(value, int):
            plan[target] = value
    return replace(
        terms,
        last=last,
        quarters=_stretched(terms.quarters, last),
        numbers=plan,
        waived=waived,
        replaced=replaced,
        moved=frozenset(account for account, home in homes.items() if home != terms.agency),
        decisions=tuple(seqs),
    )


def _stretched(held: tuple[Span, ...], last: date) -> tuple[Span, ...]:
    """An extension gives the last quarter more days, and no quarter more to serve."""
    return (*held[:-1], Span(held[-1].first, last))


def _replace(replaced: dict[str, str], gone: str, by: str) -> None:
    """`by` stands for `gone`, and for all that `gone` stood for."""
    replaced.pop(by, None)
    for name, stands in replaced.items():
        if stands == gone:
            replaced[name] = by
    if gone != by:
        replaced[gone] = by


def _is(leaf: Leaf, decision: str, project: str) -> bool:
    return leaf.attributes["decision"] == decision and leaf.attributes["project"] == project


def _text(leaf: Leaf, name: str) -> str:
    value = leaf.attributes[name]
    assert isinstance(value, str)
    return value


def _optional(leaf: Leaf, name: str) -> str | None:
    value = leaf.attributes.get(name)
    return value if isinstance(value, str) else None


def _list(leaf: Leaf, name: str) -> list[str]:
    value = leaf.attributes.get(name)
    return value if isinstance(value, list) else []
