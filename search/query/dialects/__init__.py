"""Languages a question can be written in. Each has a module with ``read(text)``, which gives the tree and the offsets of its
leaves, and ``write(tree)``; it is loaded when somebody first uses the language.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from search.query.dialects.frame import Read, Written
    from search.query.tree import Query

NAMES = ("native", "cql", "ppubs", "cprs", "pss", "google")


class Dialect(Protocol):
    """A language's module."""

    def read(self, text: str) -> "Read":
        """Raises `QueryError`."""

    def write(self, tree: "Query") -> "Written":
        """What the language can't carry stays in the text, in sight, and is noted."""


@cache
def dialect(name: str) -> Dialect:
    """The language of that name, one of `NAMES`."""
    return cast("Dialect", import_module(f"{__name__}.{name}"))


def write(tree: "Query", name: str) -> "Written":
    """`tree` in the language of that name."""
    return dialect(name).write(tree)
