"""Questions that name earlier ones: each ``#3`` replaced by the tree of that question."""

from collections.abc import Callable
from dataclasses import replace

from search.query.check import CLAUSES
from search.query.errors import QueryError
from search.query.tree import And, Near, Not, Or, Query, Ref, both, either, leaves

Lookup = Callable[[int], Query | None]
"""The tree of a question by its number, ``None`` where there is none."""


def named(tree: Query) -> tuple[int, ...]:
    """The numbers of the questions that `tree` names, in order, each once."""
    return tuple(dict.fromkeys(leaf.number for leaf in leaves(tree) if isinstance(leaf, Ref)))


def resolve(tree: Query, lookup: Lookup, *, text: str = "") -> Query:
    """`tree` with each reference replaced, those within the questions named too. Raises `QueryError`, with the place in `text`
    where it stands: a number that is not held, or more than `CLAUSES` leaves in all (a question that doubles the one before it,
    thirty times over, would have a milliard)."""
    return _Resolver(lookup, text).resolved(tree)


class _Resolver:
    def __init__(self, lookup: Lookup, text: str) -> None:
        self._lookup = lookup
        self._text = text
        self._left = CLAUSES

    def resolved(self, tree: Query, *, at: int | None = None) -> Query:
        """`at` is the number, of those in the text, under which `tree` was found."""
        match tree:
            case Ref():
                named_in_text = tree.number if at is None else at
                return self.resolved(self._tree(tree.number, named_in_text), at=named_in_text)
            case And():
                return both(*(self.resolved(item, at=at) for item in tree.items))
            case Or():
                return either(*(self.resolved(item, at=at) for item in tree.items))
            case Not():
                return Not(self.resolved(tree.item, at=at))
            case Near():
                return replace(tree, left=self.resolved(tree.left, at=at), right=self.resolved(tree.right, at=at))
        self._left -= 1
        if self._left < 0:
            raise QueryError("too_many_clauses", self._place(at), limit=CLAUSES)
        return tree

    def _tree(self, number: int, at: int) -> Query:
        found = self._lookup(number)
        if found is None:
            raise QueryError("no_set", self._place(at), found=f"#{number}")
        return found

    def _place(self, number: int | None) -> int:
        """Where it stands in the text, as one of the languages writes it."""
        if number is None:
            return 0
        return next((at for form in (f"#{number}", f"L{number}", f"{number:03}") if (at := self._text.find(form)) >= 0), 0)
