"""What an account keeps, in memory, and what texts open that name it."""

from collections.abc import Sequence

from search.query import parse
from search.query.sets import resolve
from search.query.tree import Expanded, Listed, Query


class Lists:
    """Numbered lists of one account (`search.analysis.kept.Kept`)."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, tuple[str, ...]]] = []

    def meant(self, _user: str, text: str, *, expand: bool) -> tuple[Query, Query]:
        assert expand
        tree = parse(text, "native").tree
        return tree, tree

    def names(self, _user: str, number: int) -> tuple[str, ...] | None:
        return self.kept[number - 1][1] if number <= len(self.kept) else None

    def keep(self, _user: str, listed: Sequence[str], *, label: str, kind: str) -> int:
        assert label
        if (kind, tuple(listed)) not in self.kept:
            self.kept.append((kind, tuple(listed)))
        return self.kept.index((kind, tuple(listed))) + 1

    def opened(self, text: str) -> Query:
        """What a text opens, lists by their numbers too."""
        return resolve(parse(text, "native").tree, self._tree)

    def _tree(self, number: int) -> Query:
        kind, listed = self.kept[number - 1]
        return Listed(listed) if kind == "numbers" else Expanded("applicant", "", listed)
