"""The native language: a recursive descent over its tokens.

    or      = and  { ("OR" | "或") and }
    and     = not  { ["AND" | "与"] not }
    not     = { "NOT" | "非" } item
    item    = "(" or ")" | field relation value | value | "*:*" | "*" | "全部"
    value   = word | quotation | range | "(" or ")"       the field of a group goes to every leaf without its own

What a word means depends on the class of its field: `search.query.dialects.leaf`.
"""

from dataclasses import dataclass

from search.query import fields
from search.query.check import DEPTH
from search.query.dialects import leaf
from search.query.dialects.lexer import AND, NOT, OR, TO, Token, cut, operator
from search.query.errors import Note, QueryError, note
from search.query.tree import All, Not, Query, Wild, Word, both, either

_LOWER = {"and": "AND", "or": "OR", "not": "NOT"}
_ALL = {"*", "全部"}
_OPERATOR = (("AND", "AND"), ("OR", "OR"), ("NOT", "NOT"))
_OPERAND = (("检索词", "a word"), ("引号短语", "a quoted phrase"), ("(", "("))


@dataclass(frozen=True, slots=True)
class Read:
    """A tree, the offset of each of its leaves from left to right, and what to tell about them."""

    tree: Query
    starts: tuple[int, ...]
    notes: tuple[Note, ...]


def read(text: str) -> Read:
    """The tree of a text in the native language; raises `QueryError`. Time is linear in the length of `text`."""
    parser = _Parser(list(cut(text)))
    tree = parser.whole()
    return Read(tree, tuple(parser.starts), tuple(parser.notes))


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.starts: list[int] = []
        self.notes: list[Note] = []

    def whole(self) -> Query:
        if self.peek().kind == "end":
            raise QueryError("empty", 0, expected=[en for _, en in _OPERAND])
        tree = self.any_of(None)
        if self.peek().kind != "end":
            raise self.unexpected(*_OPERATOR, ("检索式结尾", "the end"))
        return tree

    def any_of(self, scope: fields.Field | None) -> Query:
        items = [self.all_of(scope)]
        while self.operator(OR):
            items.append(self.all_of(scope))
        return either(*items)

    def all_of(self, scope: fields.Field | None) -> Query:
        items = [self.negated(scope)]
        while self.operator(AND) or self.starts_item():
            items.append(self.negated(scope))
        return both(*items)

    def negated(self, scope: fields.Field | None) -> Query:
        first = self.peek()
        count = 0
        while self.operator(NOT):
            count += 1
        self.enter(first, count)
        tree = self.item(scope)
        self.depth -= count
        for _ in range(count):
            tree = Not(tree)
        return tree

    def item(self, scope: fields.Field | None) -> Query:
        token = self.peek()
        if token.kind == "(":
            return self.group(scope)
        if token.kind == "word" and self.tokens[self.at + 1].kind == "relation":
            return self.everything() or self.fielded()
        if not self.starts_leaf():
            raise self.unexpected(*_OPERAND)
        return self.value(scope, ":")

    def group(self, scope: fields.Field | None) -> Query:
        opening = self.take()
        self.enter(opening, 1)
        tree = self.any_of(scope)
        if self.peek().kind == "end":
            raise QueryError("bracket", opening.start, expected=(")",))
        if self.peek().kind != ")":
            raise self.unexpected(*_OPERATOR, (")", ")"))
        self.take()
        self.depth -= 1
        return tree

    def everything(self) -> Query | None:
        """``*:*``"""
        star, colon, other = (token.text for token in self.tokens[self.at : self.at + 3])
        if (star, colon, other) != ("*", ":", "*"):
            return None
        self.starts.append(self.peek().start)
        self.at += 3
        return All()

    def fielded(self) -> Query:
        name, relation = self.take(), self.take()
        field = fields.field(name.text)
        if field is None:
            raise leaf.unknown_field(name)
        if relation.text not in leaf.relations(field):
            raise leaf.unfit_relation(field, relation)
        if self.peek().kind == "(" and relation.text in leaf.GROUPING:
            return self.group(field)
        if not self.starts_leaf():
            raise self.unexpected(*leaf.OPERANDS[field.kind])
        return self.value(field, relation.text)

    def value(self, field: fields.Field | None, relation: str) -> Query:
        """One leaf, in `field` if there is one."""
        token = self.take()
        self.starts.append(token.start)
        if token.kind == "[":
            return self.span(field, token)
        if field is None and token.kind == "word" and token.text in _ALL:
            return All()
        whole = token
        if field and field.kind == "class" and leaf.continues_class(token, self.peek()):
            whole = Token("word", token.start, self.peek().end, f"{token.text}{self.take().text}")
        made = leaf.leaf(field, relation, whole)
        self.advise(token, made)
        return made

    def span(self, field: fields.Field | None, opening: Token) -> Query:
        """``[low TO high]``"""
        if field is None or field.kind != "date":
            name, zh = (field.name, field.zh) if field else ("title, abstract, claims, description", "标题、摘要、权利要求、说明书")
            raise QueryError("range", opening.start, field=name, field_zh=zh)
        low = self.take_day()
        if _operator(self.peek()) not in TO:
            raise self.unexpected(("TO 或 至", "TO"))
        self.take()
        high = self.take_day()
        if self.peek().kind != "]":
            raise self.unexpected(("]", "]"))
        self.take()
        return leaf.between(field.name, low, high)

    def take_day(self) -> Token:
        if self.peek().kind not in {"word", "quoted"}:
            raise self.unexpected(*leaf.OPERANDS["date"])
        return self.take()

    def advise(self, token: Token, made: Query) -> None:
        """Notes what the author of a leaf may not have meant."""
        if token.kind == "quoted":
            if isinstance(made, Wild):
                self.notes.append(note("quoted_wildcard", token.start, found=token.text))
        elif isinstance(made, Word) and token.text in _LOWER:
            self.notes.append(note("lower_case", token.start, found=token.text, operator=_LOWER[token.text]))
        elif isinstance(made, Word | Wild) and token.text[0] in "-－−":
            self.notes.append(note("minus", token.start, found=token.text[1:]))
        elif isinstance(made, Word) and made.field is None and (field := leaf.meant_field(token.text)):
            self.notes.append(note("no_field", token.start, found=token.text, field=field))

    def peek(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def operator(self, words: frozenset[str]) -> bool:
        """Takes the next token if it is one of these operators and not the name of a field."""
        if _operator(self.peek()) in words and self.tokens[self.at + 1].kind != "relation":
            self.at += 1
            return True
        return False

    def starts_item(self) -> bool:
        """Whether the next token begins an item or a NOT before one."""
        return self.starts_leaf() or self.peek().kind == "(" or _operator(self.peek()) in NOT

    def starts_leaf(self) -> bool:
        token = self.peek()
        return token.kind in {"quoted", "["} or (token.kind == "word" and _operator(token) not in AND | OR | NOT)

    def enter(self, token: Token, levels: int) -> None:
        self.depth += levels
        if self.depth > DEPTH:  # as `check` would say later, but before the stack overflows
            raise QueryError("too_deep", token.start, limit=DEPTH)

    def unexpected(self, *expected: tuple[str, str]) -> QueryError:
        """The error of the next token, where `expected` (in Chinese, in English) could stand."""
        token = self.peek()
        found_zh, found = ("检索式结尾", "the end") if token.kind == "end" else (f"“{token.text[:40]}”",) * 2
        return QueryError(
            "expected",
            token.start,
            expected=[en for _, en in expected],
            found=found,
            found_zh=found_zh,
            options=", ".join(en for _, en in expected),
            options_zh="、".join(zh for zh, _ in expected),
        )


def _operator(token: Token) -> str:
    return operator(token.text) if token.kind == "word" else ""
