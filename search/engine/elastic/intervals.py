"""Words at consecutive positions as rules of an `intervals` query, one a position."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from search.engine.plan import Piece

Clause: TypeAlias = dict[str, Any]


def literal(pattern: str) -> str:
    """A pattern in which only ``*`` and ``?`` mean more than themselves: Lucene's escape character is escaped."""
    return pattern.replace("\\", "\\\\")


def intervals(items: Sequence[Piece]) -> list[dict[str, Any]]:
    """One rule a position; `whitespace` cuts nothing of a token, which holds no blank."""
    rules: list[dict[str, Any]] = []
    for piece in items:
        match piece.kind:
            case "token":
                rules.append({"match": {"query": piece.text}})
            case "prefix":
                rules.append({"prefix": {"prefix": piece.text}})
            case "pattern":
                rules.append({"wildcard": {"pattern": literal(piece.text)}})
    return rules
