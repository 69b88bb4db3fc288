"""A question widened: each leaf that can be said otherwise becomes a choice of it and the other ways, but those left out.

What else a leaf may be is told by whoever widens: words that mean the same (`search.query.synonyms`), the other names of an
applicant.  What was written stays as it is and where it is; what is added stands in the tree beside it, so canonical text,
highlights, history and cursors show and mean the whole of it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from search.query.check import CLAUSES, check
from search.query.errors import QueryError
from search.query.tree import And, Leaf, Near, Not, Or, Query, Value, Word, both, either
from search.text.fold import fold

Added = Word | Value
Others = Callable[[Leaf], Sequence[Added]]
"""What a leaf may also be, in the order to show."""


@dataclass(frozen=True, slots=True)
class Widened:
    """A leaf of the question, what was added to it, and what could have been but was left out."""

    leaf: Leaf
    added: tuple[Added, ...]
    left_out: tuple[Added, ...] = ()


def widen(tree: Query, others: Others, without: Collection[str] = ()) -> tuple[Query, tuple[Widened, ...]]:
    """The tree with its leaves widened, and which were; `without` are texts to leave out, in any case, width and script. Raises
    `QueryError` where the result is beyond the limits of a question."""
    found = _Widener(others, {fold(text) for text in without})
    wide = found.widened(tree)
    if found.leaves:
        try:
            check(wide)
        except QueryError as error:
            raise QueryError("too_wide", 0, limit=CLAUSES) from error
    return wide, tuple(found.leaves)


def said(added: Added) -> str:
    """The text of what was added, by which it is left out."""
    return added.text if isinstance(added, Word) else added.value


class _Widener:
    def __init__(self, others: Others, without: Collection[str]) -> None:
        self._others = others
        self._without = without
        self.leaves: list[Widened] = []

    def widened(self, tree: Query) -> Query:
        match tree:
            case And():
                return both(*map(self.widened, tree.items))
            case Or():
                return self._choice(tree)
            case Not():
                return Not(self.widened(tree.item))
            case Near():
                return replace(tree, left=self.widened(tree.left), right=self.widened(tree.right))
        return self._choice(Or((tree,)))

    def _choice(self, choice: Or) -> Query:
        """What is added to one item of a choice is not added again to another, nor what stands in it anyway."""
        standing: set[Query] = set(choice.items)
        items: list[Query] = []
        for item in choice.items:
            if isinstance(item, And | Or | Not | Near):
                items.append(self.widened(item))
                continue
            items.append(item)
            added = self._added(item, standing)
            standing.update(added)
            items.extend(added)
        return either(*items)

    def _added(self, leaf: Leaf, standing: Collection[Query]) -> tuple[Added, ...]:
        offered = [each for each in dict.fromkeys(self._others(leaf)) if each not in standing]
        added = tuple(each for each in offered if fold(said(each)) not in self._without)
        if offered:
            self.leaves.append(Widened(leaf, added, tuple(each for each in offered if each not in added)))
        return added
