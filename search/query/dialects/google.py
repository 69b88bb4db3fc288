"""Words as Google Patents takes them: ``"rotary tiller" (blade OR knife) -wheel assignee:kubota after:priority:20190101``.

Terms beside each other are all wanted; AND and OR go from left to right without precedence. Several ``assignee:``, ``inventor:``,
``country:``, ``status:`` or ``type:`` beside each other are a choice. ``NEAR/n`` and ``ADJ/n`` count from one word to the other, so
that 1 is next to each other. ``before:`` ends the day before, ``after:`` begins with its day.
"""

import datetime
import re
from dataclasses import replace
from functools import reduce

from search.query.check import CLAUSES
from search.query.dialects.climber import Climber, Join, Operator, Part, all_of, any_of, close
from search.query.dialects.frame import FARTHEST, OPERAND, Read, Written, whole_number
from search.query.dialects.language import Language, Names
from search.query.dialects.lexer import Token, cut, grammar, one_word
from search.query.dialects.truncation import Truncation
from search.query.dialects.writer import Writer
from search.query.errors import QueryError
from search.query.tree import And, Near, Not, Or, Query, Range, Value, Wild, Word

_CODES: dict[str, Names] = {
    "ti": ("title",),
    "ab": ("abstract",),
    "cl": ("claims",),
    "tac": ("title", "abstract", "claims"),
    "assignee": ("applicant",),
    "inventor": ("inventor",),
    "country": ("country",),
    "cpc": ("cpc",),
    "status": ("stage",),
    "type": ("type",),
}
_ABSENT = {"language": ("语言", "language"), "litigation": ("诉讼", "litigation")}
LANGUAGE = Language(
    "google", "Google Patents", "Google Patents", _CODES, _ABSENT, Truncation(many="*", one="#", maybe="?", bounded="$")
)

_DATES = {"priority": "priority_date", "filing": "application_date", "publication": "publication_date"}
_ENDS = {"before": "<", "after": ">="}
_VALUES = {("stage", "GRANT"): "granted", ("stage", "APPLICATION"): "published", ("type", "DESIGN"): "design"}
_CHOSEN = {"applicant", "inventor", "country", "stage", "type"}
"""Fields whose terms beside each other are a choice."""

_GRAMMAR = grammar(r"(?P<relation> [:=] ) | (?P<sign> -(?=\S) )", signs=":={}")
_WORDS = frozenset({"AND", "OR", "NOT"})
_CLOSE = re.compile(r"(NEAR|ADJ)(?:/?([0-9]*))?")
_BESIDE, _OR = Operator(0, all_of), Operator(0, any_of)


def read(text: str) -> Read:
    """The tree of a text in the language; raises `QueryError`."""
    return _Reader(cut(text, _GRAMMAR)).read()


def write(tree: Query) -> Written:
    return _Writer().whole(tree)


class _Reader(Climber):
    language = LANGUAGE

    def operator(self) -> Operator | None:
        token = self.peek()
        if token.kind == "word" and token.text in {"AND", "OR"}:
            return _OR if token.text == "OR" else _BESIDE
        starts = token.kind in {"word", "quoted", "(", "sign"}
        return replace(_BESIDE, width=0) if starts else None

    def expression(self, lowest: int) -> Part:
        """Terms from left to right; those that stand beside each other are joined together, so that a choice among them is seen."""
        beside = [self._term()]
        while found := self.operator():
            self.at += found.width
            if found is _OR:
                beside = [("", any_of(_joined(beside), self._term()[1]))]
            else:
                beside.append(self._term())
            if len(beside) > CLAUSES:
                self.limited(_joined(beside))
        return self.limited(_joined(beside))

    def _term(self) -> tuple[str, Part]:
        """An operand and those close to it, and the field if it may be one of a choice."""
        fielded = (
            self.peek().kind == "word" and self.tokens[self.at + 1].kind == "relation" and self.tokens[self.at + 2].kind != "("
        )
        part = self.operand()
        field = (part.tree.field or "") if fielded and isinstance(part.tree, Word | Wild | Value | Range) else ""
        while self.peek().kind == "word" and (near := _CLOSE.fullmatch(self.peek().text)):
            field, part = "", _proximity(self.take(), near)(part, self.operand())
        return field, part

    def operand(self) -> Part:
        token = self.peek()
        if token.kind == "sign" or (token.kind == "word" and token.text == "NOT"):
            return self.negated(frozenset({"-", "NOT"}))
        if token.kind == "(":
            return self.group(self.scope)
        if token.kind == "word" and self.tokens[self.at + 1].kind == "relation":
            return self._fielded()
        if token.kind not in {"word", "quoted"} or (
            token.kind == "word" and (token.text in _WORDS or _CLOSE.fullmatch(token.text))
        ):
            raise self.unexpected(*OPERAND)
        if token.kind == "word" and token.text.upper() in _WORDS:
            self.tell("lower_case", token, operator=token.text.upper())
        return self.leaf(self.scope, self.take())

    def _fielded(self) -> Part:
        name = self.take()
        if end := _ENDS.get(name.text.lower()):
            return self._day(end)
        names = self.names(name)
        self.take()
        if self.peek().kind == "(":
            return self.group(names)
        token = self._word()
        if (names[0], token.text.upper()) == ("type", "PATENT"):
            return Part(Not(Value("type", "design")), (token.start,))
        return self.leaf(names, replace(token, text=_VALUES.get((names[0] or "", token.text.upper()), token.text)))

    def _day(self, relation: str) -> Part:
        """``before:filing:20200101``, or without the date's name that of the priority."""
        self.take()
        name = "priority"
        if self.peek().kind == "word" and self.tokens[self.at + 1].kind == "relation":
            token = self.take()
            self.take()
            name = token.text.lower()
            if name not in _DATES:
                raise QueryError("tail", token.start, expected=tuple(_DATES), found=token.text[:40], options=", ".join(_DATES))
        return self.leaf((_DATES[name],), self._word(), relation)

    def _word(self) -> Token:
        if self.peek().kind not in {"word", "quoted"}:
            raise self.unexpected(*OPERAND)
        return self.take()


def _proximity(token: Token, near: re.Match[str]) -> Join:
    distance = whole_number(near[2] or "", FARTHEST)
    if not distance:
        raise QueryError("proximity", token.start, expected=("NEAR/5",), found=token.text[:40], options="NEAR/5, ADJ/5")
    return close("word", distance - 1, ordered=near[1] == "ADJ")


def _joined(beside: list[tuple[str, Part]]) -> Part:
    """Terms beside each other: all of them, but of those in a field of `_CHOSEN` any, and ``after:`` and ``before:`` one range."""
    places: dict[str, int] = {}
    kept: list[Part] = []
    for field, part in beside:
        place = places.setdefault(field, len(kept)) if field else len(kept)
        met = _met(field, kept[place], part) if place < len(kept) else None
        if met:
            kept[place] = met
        else:
            kept.append(part)
    return reduce(all_of, kept)


def _met(field: str, one: Part, other: Part) -> Part | None:
    """The choice of both, the range between both, or nothing where they are two terms."""
    if field in _CHOSEN:
        return any_of(one, other)
    match one.tree, other.tree:
        case (Range(name, low, None), Range(_, None, high)) | (Range(name, None, high), Range(_, low, None)) if low and high:
            return Part(Range(name, low, high), one.starts) if low <= high else None
    return None


class _Writer(Writer):
    language = LANGUAGE
    AND, BUT_NOT, NOT = " ", " -", "-"
    bare_not = True

    def items(self, tree: And | Or) -> None:
        """A second term that would make a choice or a range with one before it stands in brackets."""
        if isinstance(tree, Or):
            super().items(tree)
            return
        seen: set[str] = set()
        for number, item in enumerate(tree.items):
            self.emit(self.AND if number else "")
            field = _meets(item)
            if isinstance(item, Not):
                self.node(item)
            elif field in seen:
                with self.brackets():
                    self.node(item)
            else:
                self.inner(item)
                seen |= {field} - {""}

    def is_bare(self, text: str) -> bool:
        return one_word(text, _GRAMMAR) and text.upper() not in _WORDS and not _CLOSE.fullmatch(text)

    def fielded(self, field: str | None, text: str) -> str | None:
        if field is None:
            return text
        code = self.codes.get(field)
        return f"{code.upper()}=({text})" if code in {"ti", "ab", "cl"} else f"{code}:{text}" if code else None

    def value(self, value: Value) -> str | None:
        if value.field in {"stage", "type"}:
            name = next((name for (field, name), held in _VALUES.items() if (field, held) == (value.field, value.value)), None)
            return name and self.fielded(value.field, name)
        return super().value(value)

    def key_pattern(self, wild: Wild) -> str | None:
        return None if wild.field in {"stage", "type"} else super().key_pattern(wild)

    def range(self, span: Range) -> str | None:
        name = next((name for name, field in _DATES.items() if field == span.field), None)
        if name is None:
            return None
        ends = []
        if span.low:
            ends.append(f"after:{name}:{span.low.replace('-', '')}")
        if span.high:
            day = datetime.date.fromisoformat(span.high)
            if day == datetime.date.max:
                return None
            ends.append(f"before:{name}:{day + datetime.timedelta(days=1):%Y%m%d}")
        return ends[0] if len(ends) == 1 else f"({' '.join(ends)})"

    def closeness(self, near: Near) -> str | None:
        if near.without or near.unit != "word":
            return None
        return f" {'ADJ' if near.ordered else 'NEAR'}/{near.distance + 1} "


def _meets(tree: Query) -> str:
    """The field in which a term beside others of it would not be a term by itself."""
    match tree:
        case Word() | Wild() | Value() if tree.field in _CHOSEN:
            return tree.field or ""
        case Range(field, low, high) if not (low and high):
            return field
    return ""
