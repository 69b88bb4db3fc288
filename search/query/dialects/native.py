"""The native language: a recursive descent over its tokens.

    or      = and  { ("OR" | "或") and }
    and     = not  { ["AND" | "与"] not }
    not     = { "NOT" | "非" } near
    near    = item { ["NOT" | "非"] close item }
    close   = ("NEAR" | "邻近" | "ADJ" | "顺序") "/" digits | ("SENT" | "同句" | "PARA" | "同段") ["/" digits]
    item    = "(" or ")" | field relation value | value | "*:*" | "*" | "全部" | "#" digits
    value   = word | quotation | range | "(" or ")"       the field of a group goes to every leaf without its own

What a word means depends on the class of its field: `search.query.dialects.leaf`.
"""

import re

from search.query import fields
from search.query.dialects import leaf
from search.query.dialects.frame import FARTHEST, LAST, OPERAND, OPERATOR, Frame, Read, Written, whole_number
from search.query.dialects.lexer import AND, CLOSENESS, NOT, OR, REFERENCE, TO, Token, cut, operator
from search.query.errors import QueryError, note
from search.query.render import render
from search.query.tree import All, Near, Not, Query, Ref, Unit, Wild, Word, both, either

_LOWER = re.compile(r"and|or|not|(?:near|adj|sent|para)/[0-9]+")
_ALL = {"*", "全部"}
_CLOSE: dict[str, tuple[Unit, bool]] = {
    **dict.fromkeys(("NEAR", "邻近"), ("word", False)),
    **dict.fromkeys(("ADJ", "顺序"), ("word", True)),
    **dict.fromkeys(("SENT", "同句"), ("sentence", False)),
    **dict.fromkeys(("PARA", "同段"), ("paragraph", False)),
}
"""What an operator of closeness counts, and whether its left side comes first."""
_OPERATORS = AND | OR | NOT


def read(text: str) -> Read:
    """The tree of a text in the native language; raises `QueryError`. Time is linear in the length of `text`."""
    return _Parser(cut(text)).read()


def write(tree: Query) -> Written:
    """Everything can be said in it."""
    return Written(render(tree))


class _Parser(Frame):
    def whole(self) -> Query:
        return self.any_of(None)

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
        tree = self.close(scope)
        self.depth -= count
        for _ in range(count):
            tree = Not(tree)
        return tree

    def close(self, scope: fields.Field | None) -> Query:
        tree = self.item(scope)
        while True:
            without = _operator(self.peek()) in NOT and bool(_closeness(self.tokens[self.at + 1]))
            found = _closeness(self.tokens[self.at + without])
            if not found:
                return tree
            self.at += without
            unit, ordered = _CLOSE[found[1]]
            distance = _distance(self.take(), found, unit)
            tree = Near(tree, self.item(scope), unit, distance, ordered, without)

    def item(self, scope: fields.Field | None) -> Query:
        token = self.peek()
        if token.kind == "(":
            return self.group(scope)
        if token.kind == "word" and self.tokens[self.at + 1].kind == "relation":
            return self.everything() or self.fielded()
        if not self.starts_leaf():
            raise self.unexpected(*OPERAND)
        return self.value(scope, ":")

    def group(self, scope: fields.Field | None) -> Query:
        opening = self.take()
        self.enter(opening, 1)
        tree = self.any_of(scope)
        if self.peek().kind == "end":
            raise QueryError("bracket", opening.start, expected=(")",))
        if self.peek().kind != ")":
            raise self.unexpected(*OPERATOR, (")", ")"))
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
        if token.kind == "word":
            if field is None and token.text in _ALL:
                return All()
            if reference := REFERENCE.fullmatch(operator(token.text)):
                return _reference(token, reference[1], field)
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
        elif isinstance(made, Word) and _LOWER.fullmatch(token.text):
            self.notes.append(note("lower_case", token.start, found=token.text, operator=token.text.upper()))
        elif isinstance(made, Word | Wild) and token.text[0] in "-－−":
            self.notes.append(note("minus", token.start, found=token.text[1:]))
        elif isinstance(made, Word) and made.field is None and (field := leaf.meant_field(token.text)):
            self.notes.append(note("no_field", token.start, found=token.text, field=field))

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
        if token.kind != "word":
            return token.kind in {"quoted", "["}
        return _operator(token) not in _OPERATORS and not _closeness(token)


def _operator(token: Token) -> str:
    return operator(token.text) if token.kind == "word" else ""


def _closeness(token: Token) -> re.Match[str] | None:
    return CLOSENESS.fullmatch(operator(token.text)) if token.kind == "word" else None


def _distance(token: Token, found: re.Match[str], unit: Unit) -> int:
    if found[2] is None and unit != "word":
        return 0
    distance = whole_number(found[2] or "", FARTHEST)
    if distance is None:
        raise QueryError(
            "distance", token.start, expected=(f"{found[1]}/5",), found=token.text[:40], operator=found[1], limit=FARTHEST
        )
    return distance


def _reference(token: Token, digits: str, field: fields.Field | None) -> Ref:
    number = whole_number(digits, LAST)
    if not number or field:
        raise QueryError("reference", token.start, expected=("#1",), found=token.text[:40], limit=LAST)
    return Ref(number)
