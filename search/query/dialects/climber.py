"""A reader of languages whose operators stand between operands, each with its level: what binds tighter has the higher one, equal
levels go from left to right."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from search.query import fields
from search.query.check import CLAUSES, WILDCARDS
from search.query.dialects import leaf
from search.query.dialects.frame import Frame
from search.query.dialects.language import PLAIN, Language, Names
from search.query.dialects.lexer import Token, is_word
from search.query.dialects.truncation import MOST
from search.query.errors import QueryError, note
from search.query.spelling import near
from search.query.tree import Near, Not, Or, Query, Unit, Wild, Word, both, either, leaves
from search.text.fold import fold


@dataclass(frozen=True, slots=True)
class Part:
    """A tree that was read with the offsets of its leaves from left to right."""

    tree: Query
    starts: tuple[int, ...]


Join: TypeAlias = Callable[[Part, Part], Part]


@dataclass(frozen=True, slots=True)
class Operator:
    """`width` tokens that `join` what stands on both sides."""

    level: int
    join: Join
    width: int = 1


def all_of(left: Part, right: Part) -> Part:
    """Both."""
    return Part(both(left.tree, right.tree), left.starts + right.starts)


def any_of(left: Part, right: Part) -> Part:
    """At least one."""
    return Part(either(left.tree, right.tree), left.starts + right.starts)


def but_not(left: Part, right: Part) -> Part:
    """The one without the other."""
    return Part(both(left.tree, Not(right.tree)), left.starts + right.starts)


def exclusive(left: Part, right: Part) -> Part:
    """One of the two but not both."""
    tree = either(both(left.tree, Not(right.tree)), both(Not(left.tree), right.tree))
    return Part(tree, (left.starts + right.starts) * 2)


def close(unit: Unit, distance: int, *, ordered: bool = False, without: bool = False) -> Join:
    """The join of an operator of closeness. A distance is measured in one field: operands that were written in several, as by
    Espacenet's ``ta``, are close in at least one of them."""

    def join(left: Part, right: Part) -> Part:
        shared = [field for field in _fields(left) if field in _fields(right)]
        made: Part | None = None
        for field in shared if len(shared) > 1 else ():
            one, other = _within(left.tree, iter(left.starts), field), _within(right.tree, iter(right.starts), field)
            if one and other:
                near = nearby(one, other)
                made = any_of(made, near) if made else near
        return made or nearby(left, right)

    def nearby(left: Part, right: Part) -> Part:
        return Part(Near(left.tree, right.tree, unit, distance, ordered, without), left.starts + right.starts)

    return join


def _fields(part: Part) -> dict[str | None, None]:
    return dict.fromkeys(each.field for each in leaves(part.tree) if isinstance(each, Word | Wild))


def _within(tree: Query, starts: Iterator[int], field: str | None) -> Part | None:
    """What of an operand is in `field`."""
    match tree:
        case Or():
            found = [_within(item, starts, field) for item in tree.items]
            kept = [part for part in found if part]
            return Part(either(*(part.tree for part in kept)), tuple(chain(*(part.starts for part in kept)))) if kept else None
        case Near():
            left, right = _within(tree.left, starts, field), _within(tree.right, starts, field)
            return Part(replace(tree, left=left.tree, right=right.tree), left.starts + right.starts) if left and right else None
        case Word() | Wild() if tree.field == field:
            return Part(tree, (next(starts),))
    for _ in leaves(tree):
        next(starts)
    return None


class Climber(Frame):
    """Reads operands, brackets with a field for all in them, and operators by their level."""

    language: Language
    tells_order = False
    """Whether to tell that AND (level 1) goes before OR (level 0), where that decides."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        super().__init__(tokens)
        self.scope = PLAIN
        self.levels: set[int] = set()

    @abstractmethod
    def operator(self) -> Operator | None:
        """The operator at the next token, which is not taken yet."""

    @abstractmethod
    def operand(self) -> Part:
        """A term with its field, or a group."""

    def whole(self) -> Query:
        part = self.expression(0)
        self.starts = list(part.starts)
        return part.tree

    def expression(self, lowest: int) -> Part:
        part = self.operand()
        while (found := self.operator()) and found.level >= lowest:
            self.levels.add(found.level)
            if self.tells_order and {0, 1} <= self.levels:
                self.tell("mixed_order", self.peek())
            self.at += found.width
            part = self.limited(found.join(part, self.expression(found.level + 1)))
        return part

    def limited(self, part: Part) -> Part:
        """Joins may double leaves, and a reader be called again: `check` would come too late."""
        if len(part.starts) > CLAUSES:
            raise QueryError("too_many_clauses", part.starts[CLAUSES], limit=CLAUSES)
        return part

    def group(self, scope: Names) -> Part:
        """A bracket, at which the next token stands; `scope` goes to every leaf in it without a field."""
        opening = self.take()
        self.enter(opening, 1)
        outer, self.scope, self.levels = (self.scope, self.levels), scope, set()
        part = self.expression(0)
        self.scope, self.levels = outer
        if self.peek().kind == "end":
            raise QueryError("bracket", opening.start, expected=(")",))
        if self.peek().kind != ")":
            raise self.unexpected(*self.operators, (")", ")"))
        self.take()
        self.depth -= 1
        return part

    def negated(self, signs: frozenset[str]) -> Part:
        """An operand with any number of signs of negation before it."""
        first = self.peek()
        count = 0
        while self.peek().kind in {"word", "sign"} and self.peek().text.upper() in signs:
            self.take()
            count += 1
        self.enter(first, count)
        part = self.operand()
        self.depth -= count
        tree = part.tree
        for _ in range(count):
            tree = Not(tree)
        return Part(tree, part.starts)

    def names(self, code: Token, text: str = "") -> Names:
        """The fields of a code; raises `QueryError` for one that is unknown or not held here."""
        code = replace(code, text=text or code.text)
        typed = fold(code.text)
        if found := self.language.codes.get(typed):
            return found
        if meaning := self.language.absent.get(typed):
            raise self.absent(code, code.text, *meaning)
        main = list({names: code for code, names in reversed([*self.language.codes.items()])}.values())[::-1]
        raise leaf.unknown_field(code, suggestions=near(typed, self.language.codes)[:3], known=main)

    def absent(self, token: Token, found: str, zh: str, en: str) -> QueryError:
        """The error of something that the language has and this system has not."""
        named = {"dialect_zh": self.language.zh, "dialect": self.language.en, "meaning_zh": zh, "meaning": en}
        return QueryError("field_absent", token.start, found=found[:40], **named)

    def related(self, names: Names, relation: Token) -> None:
        """Raises `QueryError` where one of the fields does not take the relation."""
        for field in (fields.field(name) for name in names if name):
            if field and relation.text not in leaf.relations(field):
                raise leaf.unfit_relation(field, relation)

    def leaf(self, names: Names, token: Token, relation: str = ":") -> Part:
        """A word or quotation in any of the fields, its truncation in the tree's signs; a class symbol may hold a blank."""
        classes = any(field.kind == "class" for field in map(fields.field, filter(None, names)) if field)
        if classes and leaf.continues_class(token, self.peek()):
            token = replace(token, text=f"{token.text}{self.take().text}")
        made: list[Query] = []
        for name in names:
            field = fields.field(name) if name else None
            keyword = field is not None and field.kind == "keyword"
            for each in [token] if keyword and token.kind == "quoted" else self._patterns(token):
                literal = keyword and not is_word(each.text)  # as its canonical text will be
                made.append(leaf.leaf(field, relation, replace(each, kind="quoted") if literal else each))
        return Part(either(*made), (token.start,) * len(made))

    def _patterns(self, token: Token) -> list[Token]:
        """What truncation stands for: itself, or each of its lengths, of which the one without a sign is the very word."""
        found = self.language.truncation.read(token.text, quoted=token.kind == "quoted")
        if len(found) > MOST:
            raise QueryError("too_many_wildcards", token.start, limit=WILDCARDS)
        if found == [token.text]:
            return [token if is_word(token.text) else replace(token, kind="quoted")]  # as the native language would have it
        return [replace(token, kind="word" if "*" in text or "?" in text else "quoted", text=text) for text in found]

    def tell(self, code: str, token: Token, **values: object) -> None:
        """Notes it once."""
        if all(known.code != code for known in self.notes):
            self.notes.append(note(code, token.start, found=token.text[:40], **values))


def suffixes(tokens: Sequence[Token], kind: str) -> dict[int, Token]:
    """For each opening bracket with a token of this kind right behind its closing one, that token."""
    found: dict[int, Token] = {}
    opened: list[int] = []
    for number, token in enumerate(tokens):
        if token.kind == "(":
            opened.append(number)
        elif token.kind == ")" and opened and (after := tokens[number + 1]).kind == kind:
            found[opened.pop()] = after
        elif token.kind == ")" and opened:
            opened.pop()
    return found
