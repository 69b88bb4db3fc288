"""Which documents a collection and its branches hold, as questions to the engine. Pure.

    collection  =  (its query OR put in) AND NOT put out
    own(b)      =  (b's query OR put in b OR own(each branch below b)) AND NOT put out of b
    branch b    =  collection AND own(b) AND NOT put out of any branch above b
    outside     =  collection AND NOT own(any branch at the top)

so that a branch holds every document of the branches below it, and a document put out of a branch is out of those below as well.
"""

from collections.abc import Mapping, Sequence

from search.query import parse
from search.query.tree import Listed, Not, Query, both, either
from search.saved.collections.model import Branch

NOBODY = Listed(())
"""No document."""

Placed = Mapping[str, tuple[Sequence[str], Sequence[str]]]
"""Code of a branch -> the documents put in and put out of it by hand."""


def collection(canonical: str | None, put_in: Sequence[str], put_out: Sequence[str]) -> Query:
    """What a collection holds."""
    return _but(_any(canonical, put_in), put_out)


def branch(code: str, branches: Mapping[str, Branch], placed: Placed, whole: Query) -> Query:
    """What a branch holds of the documents `whole` of its collection."""
    held = both(whole, _own(code, branches, placed))
    above = branches[code].parent
    while above is not None:
        held = _but(held, placed.get(above, ((), ()))[1])
        above = branches[above].parent
    return held


def outside(branches: Mapping[str, Branch], placed: Placed, whole: Query) -> Query:
    """What no branch holds of the documents `whole` of its collection."""
    owned = (_own(code, branches, placed) for code, each in branches.items() if each.parent is None)
    held = [one for one in owned if one != NOBODY]
    return both(whole, Not(either(*held))) if held else whole


def path(code: str, branches: Mapping[str, Branch]) -> list[Branch]:
    """The branch and those above it, from the top."""
    found: list[Branch] = []
    at: str | None = code
    while at is not None:
        found.insert(0, branches[at])
        at = branches[at].parent
    return found


def _own(code: str, branches: Mapping[str, Branch], placed: Placed) -> Query:
    put_in, put_out = placed.get(code, ((), ()))
    below = (_own(each.code, branches, placed) for each in branches.values() if each.parent == code)
    found = [one for one in (_any(branches[code].canonical, put_in), *below) if one != NOBODY]
    return _but(either(*found), put_out) if found else NOBODY


def _any(canonical: str | None, put_in: Sequence[str]) -> Query:
    query = () if canonical is None else (parse(canonical, "native").tree,)
    listed = (Listed(tuple(put_in)),) if put_in else ()
    return either(*query, *listed) if query or listed else NOBODY


def _but(tree: Query, put_out: Sequence[str]) -> Query:
    return both(tree, Not(Listed(tuple(put_out)))) if put_out else tree
