"""The table of branches (技术分解表) as rows of a spreadsheet and back: a branch a row, its name in its level's column. Pure."""

from collections.abc import Callable, Mapping, Sequence

from search.query.errors import QueryError
from search.saved.collections import heads, works
from search.saved.collections.model import LEVELS, Branch, Chain
from search.saved.collections.problems import BranchUnreadable, ColumnsMissing
from search.saved.collections.sheets import Line
from search.saved.collections.trees import path
from search.text.fold import fold

HEAD = {
    "zh": ("代码", "一级分支", "二级分支", "三级分支", "产业链环节", "纳入规则", "检索式"),
    "en": ("code", "level 1", "level 2", "level 3", "chain", "inclusion rule", "query"),
}
CHAINS: Mapping[Chain, tuple[str, ...]] = {
    "up": ("上游", "up", "upstream"),
    "mid": ("中游", "mid", "midstream"),
    "down": ("下游", "down", "downstream"),
}
_NAME, _RULE = 100, 2_000


def written(branches: Mapping[str, Branch], lang: str) -> list[tuple[str, ...]]:
    """The head and a row for each branch, those above it in the columns of their levels."""
    return [HEAD[lang], *(_cells(branch, branches, lang) for branch in in_order(branches))]


def in_order(branches: Mapping[str, Branch]) -> list[Branch]:
    """Each branch before those below it, beside each other by place."""
    below: dict[str | None, list[Branch]] = {}
    for branch in sorted(branches.values(), key=lambda each: (each.place, each.code)):
        below.setdefault(branch.parent, []).append(branch)

    def walked(parent: str | None) -> list[Branch]:
        return [each for branch in below.get(parent, ()) for each in (branch, *walked(branch.code))]

    return walked(None)


def _cells(branch: Branch, branches: Mapping[str, Branch], lang: str) -> tuple[str, ...]:
    names = [each.name for each in path(branch.code, branches)]
    levels = names + [""] * (LEVELS - len(names))
    chain = CHAINS[branch.chain][0 if lang == "zh" else 1] if branch.chain else ""
    return (branch.code, *levels, chain, branch.rule, branch.canonical or "")


def read(table: Sequence[Line], held: Mapping[str, Branch], canonical: Callable[[str], str | None]) -> list[Branch]:
    """The branches of a table, in order: those that `held` has by code, or by name below the same branch, keep their codes. An
    empty cell of a level means the one above it, as in merged cells; a branch that only stands above others is made for them.
    Raises `ColumnsMissing`, `BranchUnreadable` with the line."""
    kinds = heads.kinds(table[0].cells, heads.BRANCHES) if table else []
    if not {"level1", "name"} & set(kinds):
        raise ColumnsMissing
    reader = _Reader(held, canonical)
    for line, cells in table[1:]:
        reader.row(line, {kind: cell for kind, cell in zip(kinds, cells, strict=False) if kind and cell})
    return list(reader.made.values())


class _Reader:
    """Reads rows one after the other."""

    def __init__(self, held: Mapping[str, Branch], canonical: Callable[[str], str | None]) -> None:
        self._canonical = canonical
        self._known = dict(held)
        self._first = works.last_place(held)
        self._above: list[str] = []
        self.made: dict[str, Branch] = {}

    def row(self, line: int, said: Mapping[str, str]) -> None:
        names = _names(said, self._above)
        if names is None:
            raise BranchUnreadable(line, "没有名称，或上级分支缺失", "it has no name, or the branch above it is missing")
        self._above = names
        parent: str | None = None
        for depth in range(1, len(names)):
            parent = _code(names[:depth], self._known) or self._make(works.free_code(parent, self._known), parent, names[depth - 1])
        code = said.get("code") or _code(names, self._known) or works.free_code(parent, self._known)
        if not works.CODE.fullmatch(code):
            raise BranchUnreadable(
                line, "代码只能是字母、数字、点和连字符，至多 20 个", "a code has at most 20 letters, digits, dots and hyphens"
            )
        try:
            query = self._canonical(said.get("query", ""))
        except QueryError as error:
            raise BranchUnreadable(line, error.zh, error.en) from None
        chain = next((chain for chain, named in CHAINS.items() if said.get("chain", "").casefold() in named), None)
        self._make(code, parent, names[-1], chain=chain, rule=said.get("rule", "")[:_RULE], query=query)

    def _make(
        self, code: str, parent: str | None, name: str, *, chain: Chain | None = None, rule: str = "", query: str | None = None
    ) -> str:
        """The branch, at its place where it is held, else behind all others; its code."""
        place = self._known[code].place if code in self._known else self._first + len(self.made)
        self._known[code] = self.made[code] = Branch(code, parent, place, name, chain, rule, query)
        return code


def _names(said: Mapping[str, str], above: Sequence[str]) -> list[str] | None:
    """The names from the top down to the row's own branch."""
    if "name" in said and "level1" not in said:
        return [said["name"][:_NAME]]
    levels = [said.get(f"level{level}", "")[:_NAME] for level in range(1, LEVELS + 1)]
    deepest = max((level for level, name in enumerate(levels, 1) if name), default=0)
    if not deepest:
        return None
    names: list[str] = []
    for level, name in enumerate(levels[:deepest]):
        if not name and list(above[:level]) != names:  # another branch begins above: what stood here was not below it
            return None
        names.append(name or (above[level] if level < len(above) else ""))
    return names if all(names) else None


def _code(names: Sequence[str], known: Mapping[str, Branch]) -> str | None:
    """The branch of these names from the top."""
    code: str | None = None
    for name in names:
        code = next((each.code for each in known.values() if each.parent == code and fold(each.name) == fold(name)), None)
        if code is None:
            return None
    return code
