"""What the readers of all languages share: the tokens with a place in them, the leaves' offsets, the notes, the errors."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from search.query.check import DEPTH
from search.query.dialects.lexer import Token
from search.query.errors import Note, QueryError
from search.query.tree import Query

Expected = tuple[str, str]
"""What could stand somewhere, in Chinese and English."""

OPERATOR: tuple[Expected, ...] = (("AND", "AND"), ("OR", "OR"), ("NOT", "NOT"))
OPERAND: tuple[Expected, ...] = (("检索词", "a word"), ("引号短语", "a quoted phrase"), ("(", "("))
END: Expected = ("检索式结尾", "the end")

FARTHEST, LAST = 9_999, 999_999
"""The greatest distance and number of the history that can be written; `search.query.check` limits distances further."""


@dataclass(frozen=True, slots=True)
class Read:
    """A tree, the offset of each of its leaves from left to right, and what to tell about them."""

    tree: Query
    starts: tuple[int, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A tree in some language, and what of it that language does not carry, each with its place in `text`."""

    text: str
    warnings: tuple[Note, ...] = ()


class Frame(ABC):
    """A reader over the tokens of a text, the last of them ``end``."""

    operators: tuple[Expected, ...] = OPERATOR

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.tokens = list(tokens)
        self.at = 0
        self.depth = 0
        self.starts: list[int] = []
        self.notes: list[Note] = []

    def read(self) -> Read:
        """The whole text; raises `QueryError`."""
        if self.peek().kind == "end":
            raise QueryError("empty", 0, expected=[en for _, en in OPERAND])
        tree = self.whole()
        if self.peek().kind != "end":
            raise self.unexpected(*self.operators, END)
        return Read(tree, tuple(self.starts), tuple(self.notes))

    @abstractmethod
    def whole(self) -> Query:
        """The tree of what a text may hold, up to where it can't go on."""

    def peek(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def enter(self, token: Token, levels: int) -> None:
        self.depth += levels
        if self.depth > DEPTH:  # as `check` would say later, but before the stack overflows
            raise QueryError("too_deep", token.start, limit=DEPTH)

    def unexpected(self, *expected: Expected) -> QueryError:
        """The error of the next token, where `expected` could stand."""
        token = self.peek()
        found_zh, found = END if token.kind == "end" else (f"“{token.text[:40]}”",) * 2
        return QueryError(
            "expected",
            token.start,
            expected=[en for _, en in expected],
            found=found,
            found_zh=found_zh,
            options=", ".join(en for _, en in expected),
            options_zh="、".join(zh for zh, _ in expected),
        )


def whole_number(digits: str, most: int) -> int | None:
    """The number that `digits` write, if they are digits and it is at most `most`."""
    significant = digits.lstrip("0") or digits[:1]
    if not (digits.isascii() and digits.isdigit()) or len(significant) > len(str(most)):
        return None
    number = int(significant)
    return number if number <= most else None
