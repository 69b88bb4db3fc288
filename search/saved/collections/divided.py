"""A collection divided by its branches, for whoever counts by them. The names a person sees are in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.find.service import Finder
from search.query.errors import QueryError
from search.query.tree import Query
from search.saved.collections.model import OUTSIDE
from search.saved.collections.service import Collections
from search.saved.collections.tabling import in_order
from search.saved.collections.trees import path

NOWHERE = ("未入分支", "in no branch")


@dataclass(frozen=True, slots=True)
class Division:
    """A branch, or under the code `OUTSIDE` what no branch holds. `level` is 1 at the top, 0 of what stands in none; `tree` its
    documents, `refused` why they can't be asked for: one of the two is ``None``."""

    code: str
    zh: str
    en: str
    level: int
    parent: str | None
    tree: Query | None
    refused: QueryError | None = None


def divided(collections: Collections, finder: Finder, user: str, id: str, *, expand: bool = True) -> Sequence[Division]:  # noqa: A002
    """The branches in the order of their table, what no branch holds last; nothing for a collection without branches. Classes
    reach below themselves with `expand`. Raises `NotFound`."""
    shape = collections.shape(user, id)
    if not shape.branches:
        return ()
    meant, refused = finder.meant({**shape.trees, OUTSIDE: shape.outside}, user=user, expand=expand)
    found = []
    for each in in_order(shape.branches):
        named = f"{each.code} {each.name}"
        level = len(path(each.code, shape.branches))
        found.append(Division(each.code, named, named, level, each.parent, meant.get(each.code), refused.get(each.code)))
    return (*found, Division(OUTSIDE, *NOWHERE, 0, None, meant.get(OUTSIDE), refused.get(OUTSIDE)))
