"""Questions that name what is kept elsewhere: each ``#3``, ``collection:"id"`` and ``collection:"id/branch"`` replaced by the tree
it stands for, each ``entity:"name"`` by all names of that applicant."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from search.query.check import CLAUSES, KEPT
from search.query.errors import QueryError
from search.query.tree import And, Expanded, Near, Not, Or, Query, Ref, Value, both, either, leaves

Lookup = Callable[[int], Query | None]
"""The tree of a question by its number, ``None`` where there is none."""

Collections = Callable[[str], Query | None]
"""The tree of a collection, or of a branch of it, by its name; ``None`` where whoever asks sees none."""

Names = Callable[[str], Sequence[str]]
"""All names of the applicant who has this one."""

CHAIN = 10
"""Collections that may name each other in a row."""


def named(tree: Query) -> tuple[Ref | Value, ...]:
    """What `tree` names, in order, each once."""
    return tuple(dict.fromkeys(leaf for leaf in leaves(tree) if isinstance(leaf, Ref | Value) and _names(leaf)))


def resolve(
    tree: Query,
    lookup: Lookup,
    collections: Collections | None = None,
    names: Names | None = None,
    *,
    text: str = "",
    kept: bool = False,
) -> Query:
    """`tree` with each reference replaced, those within what is named too; without `collections` or `names` these stand as they
    are. Raises `QueryError`, with the place in `text` where it stands: what is not held, a collection that names itself, more than
    `CLAUSES` leaves (a question that doubles the one before it, thirty times over, would have a milliard), or more than `KEPT` in
    its collections; `kept`: `tree` is what one of them holds."""
    return _Resolver(lookup, collections, names, text).resolved(tree, inside=("",) if kept else ())


def _names(leaf: Query) -> bool:
    return isinstance(leaf, Ref) or (isinstance(leaf, Value) and leaf.field in {"collection", "entity"})


class _Resolver:
    def __init__(self, lookup: Lookup, collections: Collections | None, names: Names | None, text: str) -> None:
        self._lookup = lookup
        self._collections = collections
        self._names = names
        self._text = text
        self._left, self._left_kept = CLAUSES, KEPT

    def resolved(self, tree: Query, *, at: Ref | Value | None = None, inside: tuple[str, ...] = ()) -> Query:
        """`at` is what the text names under which `tree` was found, `inside` the collections."""
        match tree:
            case Ref():
                return self.resolved(self._tree(tree.number, at or tree), at=at or tree, inside=inside)
            case Value(field="collection", value=name) if self._collections:
                return self.resolved(self._collected(name, at or tree, inside), at=at or tree, inside=(*inside, name))
            case And():
                return both(*(self.resolved(item, at=at, inside=inside) for item in tree.items))
            case Or():
                return either(*(self.resolved(item, at=at, inside=inside) for item in tree.items))
            case Not():
                return Not(self.resolved(tree.item, at=at, inside=inside))
            case Near():
                return replace(tree, left=self.resolved(tree.left, at=at), right=self.resolved(tree.right, at=at))
        self._count(at, kept=bool(inside))
        if isinstance(tree, Value) and tree.field == "entity" and self._names:
            return Expanded(tree.field, tree.value, tuple(self._names(tree.value)))
        return tree

    def _count(self, at: Ref | Value | None, *, kept: bool) -> None:
        """Counts a leaf."""
        if kept:
            self._left_kept -= 1
        else:
            self._left -= 1
        if min(self._left, self._left_kept) < 0:
            raise QueryError("too_many_clauses", self._place(at), limit=KEPT if kept else CLAUSES)

    def _tree(self, number: int, at: Ref | Value) -> Query:
        found = self._lookup(number)
        if found is None:
            raise QueryError("no_set", self._place(at), found=f"#{number}")
        return found

    def _collected(self, name: str, at: Ref | Value, inside: tuple[str, ...]) -> Query:
        if name in inside or len(inside) == CHAIN:
            raise QueryError("collection_circle", self._place(at), found=name)
        found = self._collections(name) if self._collections else None
        if found is None:
            raise QueryError("no_collection", self._place(at), found=name)
        return found

    def _place(self, named: Ref | Value | None) -> int:
        """Where it stands in the text, as one of the languages writes it."""
        match named:
            case None:
                return 0
            case Ref(number):
                forms = [f"#{number}", f"L{number}", f"{number:03}"]
            case Value(value=value):
                forms = [value]
        return next((at for form in forms if (at := self._text.find(form)) >= 0), 0)
