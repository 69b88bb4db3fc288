"""Espacenet's CQL: ``ti=battery and pa="siemens ag" not pd<2010``.

Operators have no precedence and go from left to right; two terms without one are joined by AND, as in Espacenet (OPS demands it).
``prox/distance<=n`` counts from one word to the other, so that 1 is next to each other; here distances count what stands between.
"""

import re
from functools import reduce

from search.query.check import CLAUSES
from search.query.dialects.climber import Climber, Join, Operator, Part, all_of, any_of, but_not, close
from search.query.dialects.frame import FARTHEST, OPERAND, Read, Written, whole_number
from search.query.dialects.language import PLAIN, Language, Names
from search.query.dialects.lexer import Token, cut, grammar, one_word
from search.query.dialects.truncation import Truncation
from search.query.dialects.writer import Writer
from search.query.errors import QueryError
from search.query.tree import Near, Query, Range, Unit, Wild

_CODES: dict[str, Names] = {
    "ti": ("title",),
    "ab": ("abstract",),
    "ta": ("title", "abstract"),
    "claims": ("claims",),
    "desc": ("description",),
    "ctxt": ("title", "abstract", "claims"),
    "ftxt": PLAIN,
    "txt": ("title", "abstract", "inventor", "applicant"),
    "pa": ("applicant",),
    "in": ("inventor",),
    "ia": ("inventor", "applicant"),
    "ipc": ("ipc",),
    "cpc": ("cpc",),
    "cl": ("ipc", "cpc"),
    "pn": ("number",),
    "ap": ("application",),
    "num": ("number", "application"),
    "ct": ("cites",),
    "pd": ("publication_date",),
    "ad": ("application_date",),
    "prd": ("priority_date",),
}
_ABSENT = {
    "pr": ("优先权号", "priority number"),
    "cpcc": ("分类号组合", "combination sets of classes"),
}
LANGUAGE = Language("cql", "Espacenet CQL", "Espacenet CQL", _CODES, _ABSENT, Truncation(many="*", one="#", maybe="?"))

_GRAMMAR = grammar(
    r"""(?P<relation> == | >= | <= | <> | [=<>] )
      | (?P<sign> (?i:prox) (?: / [^\s/()"]* )* (?=[\s("“]) )""",
    signs="=<>{}",
)
_RESERVED = frozenset({"AND", "OR", "NOT", "PROX", "ANY", "ALL", "WITHIN"})
_SETS = frozenset({"ANY", "ALL", "WITHIN"})
_MODIFIER = re.compile(r"(distance)(<=|<|=)(\d+)|(unit)=(word|sentence|paragraph)|(ordered|unordered)(?:=(true|false))?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_AND, _OR, _NOT = Operator(0, all_of), Operator(0, any_of), Operator(0, but_not)
_BESIDE = Operator(0, all_of, width=0)
_WORDS = {"AND": _AND, "OR": _OR, "NOT": _NOT}


def read(text: str) -> Read:
    """The tree of a text in CQL; raises `QueryError`."""
    return _Reader(cut(text, _GRAMMAR)).read()


def write(tree: Query) -> Written:
    return _Writer().whole(tree)


class _Reader(Climber):
    language = LANGUAGE

    def operator(self) -> Operator | None:
        token = self.peek()
        if token.kind == "sign":
            return Operator(0, _proximity(token))
        if token.kind == "word" and token.text.upper() in _WORDS:
            return _WORDS[token.text.upper()]
        return _BESIDE if token.kind in {"word", "quoted", "("} else None

    def operand(self) -> Part:
        token = self.peek()
        if token.kind == "word" and token.text.upper() == "NOT":
            return self.negated(frozenset({"NOT"}))
        if token.kind == "(":
            return self.group(self.scope)
        if token.kind == "word" and self._related():
            return self._fielded()
        if token.kind not in {"word", "quoted"} or (token.kind == "word" and token.text.upper() in _RESERVED):
            raise self.unexpected(*OPERAND)
        return self._value(self.scope, self.take(), "=")

    def _related(self) -> bool:
        after = self.tokens[self.at + 1]
        return after.kind == "relation" or (
            after.kind == "word" and after.text.upper() in _SETS and self.peek().text.lower() in _CODES.keys() | _ABSENT
        )

    def _fielded(self) -> Part:
        names = self.names(self.take())
        relation = self.take()
        if relation.text == "=" and self.peek().kind == "(":
            return self.group(names)
        if self.peek().kind not in {"word", "quoted"}:
            raise self.unexpected(*OPERAND)
        token = self.take()
        if relation.kind == "relation":
            self.related(names, relation)
        match relation.text.upper():
            case "ALL" | "ANY" as amount:
                return self._each(names, token, amount)
            case "WITHIN":
                low, high = _ends(token)
                return self._value(names, Token("word", token.start, token.end, f"{low}:{high}"), "=")
        return self._value(names, token, relation.text)

    def _each(self, names: Names, token: Token, amount: str) -> Part:
        """Every word of a quotation, or at least one."""
        words = token.text.split() or [token.text]
        found = [self._value(names, Token("word", token.start, token.end, word), "=") for word in words[: CLAUSES + 1]]
        return reduce(all_of if amount == "ALL" else any_of, found)

    def _value(self, names: Names, token: Token, relation: str) -> Part:
        if names == ("number",) and _COUNTRY.fullmatch(token.text):
            names = ("country",)
        if names[0] and names[0].endswith("_date"):
            token = Token("word", token.start, token.end, _DAY_FIRST.sub(r"\3-\2-\1", token.text).replace(":", ".."))
        return self.leaf(names, token, relation)


def _ends(token: Token) -> tuple[str, str]:
    ends = re.split(r"[\s,:]+", token.text.strip(), maxsplit=1)
    if len(ends) != 2:
        raise QueryError("date", token.start, expected=("2000 2005",), found=token.text[:40])
    return ends[0], ends[1]


def _proximity(token: Token) -> Join:
    """The join of ``prox`` with its modifiers; CQL's defaults: next to each other, in any order, in words."""
    unit: Unit = "word"
    distance: int | None = None
    ordered = False
    for modifier in token.text.lower().split("/")[1:]:
        found = _MODIFIER.fullmatch(modifier)
        if not found:
            raise _unfit(token)
        if found[1]:
            given = whole_number(found[3], FARTHEST)
            distance = None if given is None else given - (found[2] == "<")
            if distance is None or distance < 0 or (found[2] == "=" and distance > 1):
                raise _unfit(token)
        elif found[4]:
            unit = found[5]  # type: ignore[assignment]  # the pattern lists only these
        else:
            ordered = found[6] == "ordered" and found[7] != "false"
    if unit != "word":
        if ordered:
            raise _unfit(token)
        return close(unit, distance or 0)
    if distance == 0:
        raise _unfit(token)
    return close("word", (distance or 1) - 1, ordered=ordered)


def _unfit(token: Token) -> QueryError:
    expected = ("prox/distance<=5", "prox/distance<=5/ordered", "prox/unit=sentence", "prox/unit=paragraph")
    return QueryError("proximity", token.start, expected=expected, found=token.text[:40], options=", ".join(expected))


class _Writer(Writer):
    language = LANGUAGE
    AND, OR, BUT_NOT, NOT = " and ", " or ", " not ", "not "

    def is_bare(self, text: str) -> bool:
        return one_word(text, _GRAMMAR) and text.upper() not in _RESERVED

    def fielded(self, field: str | None, text: str) -> str | None:
        if field is None:
            return text
        if field == "country" and _COUNTRY.fullmatch(text.strip('"')):
            return f"pn={text}"
        code = self.codes.get(field)
        return f"{code}={text}" if code else None

    def wild(self, wild: Wild) -> str | None:
        return self._told(wild, super().wild(wild))

    def key_pattern(self, wild: Wild) -> str | None:
        return self._told(wild, super().key_pattern(wild))

    def _told(self, wild: Wild, text: str | None) -> str | None:
        if text is not None and wild.pattern[0] in "*?":
            self.tell("left_truncation", wild)
        return text

    def range(self, span: Range) -> str | None:
        code = self.codes.get(span.field)
        low, high = self.days(span)
        relation, days = ("=", f"{low}:{high}") if low and high else (">=", low) if low else ("<=", high)
        return f"{code}{relation}{days}" if code else None

    def closeness(self, near: Near) -> str | None:
        if near.without:
            return None
        if near.unit == "word":
            return f" prox/distance<={near.distance + 1}{'/ordered' if near.ordered else ''} "
        return f" prox/unit={near.unit}{f'/distance<={near.distance}' if near.distance else ''} "
