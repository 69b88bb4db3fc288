"""The command language of CNIPA's patent search PSS: ``发明名称=(电池 AND 正极+) AND 公开日=20190101:20201231``.

A field stands before an equals sign and goes for all in the bracket behind it. ``+`` is any letters, ``#`` one, ``?`` one or none.
``W`` and ``nW`` are words in order with at most `n` others in between, ``D`` and ``nD`` in any order, ``S`` and ``P`` one sentence
and one paragraph; AND and NOT go before OR.
"""

import re
from dataclasses import replace

from search.query import fields
from search.query.dialects.climber import Climber, Operator, Part, all_of, any_of, but_not, close
from search.query.dialects.frame import FARTHEST, OPERAND, Read, Written, whole_number
from search.query.dialects.language import Language, Names
from search.query.dialects.lexer import Token, cut, grammar, one_word
from search.query.dialects.truncation import Truncation
from search.query.dialects.writer import Writer
from search.query.errors import QueryError
from search.query.tree import Near, Query, Range, Unit, Value
from search.text.fold import fold

WRITTEN = {
    "title": "发明名称",
    "abstract": "摘要",
    "claims": "权利要求",
    "description": "说明书",
    "applicant": "申请（专利权）人",
    "inventor": "发明人",
    "agent": "代理人",
    "ipc": "IPC分类号",
    "cpc": "CPC分类号",
    "locarno": "外观设计洛迦诺分类号",
    "number": "公开（公告）号",
    "application": "申请号",
    "publication_date": "公开（公告）日",
    "application_date": "申请日",
    "priority_date": "优先权日",
    "country": "公开国",
    "type": "发明类型",
    "region": "申请人所在国（省）",
}
"""The names that are written; every name of the native language is read too."""
_CODES: dict[str, Names] = {
    **{fold(name): (each,) for each, name in WRITTEN.items()},
    **{name: (each.name,) for name, each in fields.names().items()},
    "关键词": ("title", "abstract", "claims"),
}
_ABSENT = {
    "优先权号": ("优先权号", "priority number"),
    "申请人地址": ("申请人地址", "address of the applicant"),
    "申请人邮编": ("申请人邮编", "postcode of the applicant"),
    "ecla": ("欧洲分类号", "ECLA"),
    "ft": ("日本分类 FT", "F-terms"),
    "fi": ("日本分类 FI", "FI classes"),
}
LANGUAGE = Language("pss", "国知局 PSS", "CNIPA PSS", _CODES, _ABSENT, Truncation(many="+", one="#", maybe="?", phrases=False))

_BRACKETED = "|".join(re.escape(name) for name in _CODES if "(" in name)
_GRAMMAR = grammar(
    rf"(?P<name> (?i:{_BRACKETED}) (?=\s*[=<>≤≥]) ) | (?P<relation> >= | <= | [=<>≤≥] )",
    signs="=<>≤≥{}",
)
_WORDS = {"AND": Operator(1, all_of), "OR": Operator(0, any_of), "NOT": Operator(1, but_not)}
_WORDS |= {"与": _WORDS["AND"], "或": _WORDS["OR"], "非": _WORDS["NOT"]}
_BESIDE = Operator(1, all_of, width=0)
_CLOSE = re.compile(r"([0-9]*)([WD])|([SP])")
_TYPES = {"I": "invention", "U": "utility_model", "D": "design"}


def read(text: str) -> Read:
    """The tree of a text in the language; raises `QueryError`."""
    return _Reader(cut(text, _GRAMMAR)).read()


def write(tree: Query) -> Written:
    return _Writer().whole(tree)


class _Reader(Climber):
    language = LANGUAGE
    tells_order = True

    def operator(self) -> Operator | None:
        token = self.peek()
        if token.kind == "word" and self.tokens[self.at + 1].kind != "relation":
            if found := _WORDS.get(token.text.upper()):
                return found
            if near := _CLOSE.fullmatch(token.text):
                return Operator(2, close(*_distance(token, near), ordered=near[2] == "W"))
        if token.kind not in {"word", "quoted", "("}:
            return None
        self.tell("implicit", token)
        return _BESIDE

    def operand(self) -> Part:
        token = self.peek()
        if token.kind == "(":
            return self.group(self.scope)
        if token.kind == "word" and self.tokens[self.at + 1].kind == "relation":
            return self._fielded()
        if token.kind == "word" and token.text.upper() in {"NOT", "非"}:
            return self.negated(frozenset({"NOT", "非"}))
        if token.kind not in {"word", "quoted"} or (token.kind == "word" and token.text.upper() in _WORDS):
            raise self.unexpected(*OPERAND)
        return self._value(self.scope, self.take(), "=")

    def _fielded(self) -> Part:
        names = self.names(self.take())
        relation = self.take()
        if relation.text == "=" and self.peek().kind == "(":
            return self.group(names)
        if self.peek().kind not in {"word", "quoted"}:
            raise self.unexpected(*OPERAND)
        self.related(names, relation)
        return self._value(names, self.take(), relation.text)

    def _value(self, names: Names, token: Token, relation: str) -> Part:
        if names == ("type",) and token.text.upper() in _TYPES:
            token = replace(token, text=_TYPES[token.text.upper()])
        elif names[0] and names[0].endswith("_date"):
            token = replace(token, text=token.text.replace(":", ".."))
        return self.leaf(names, token, relation)


def _distance(token: Token, near: re.Match[str]) -> tuple[Unit, int]:
    if near[3]:
        return ("sentence" if near[3] == "S" else "paragraph"), 0
    distance = whole_number(near[1] or "0", FARTHEST)
    if distance is None:
        raise QueryError("proximity", token.start, expected=("3W", "3D", "S", "P"), found=token.text[:40], options="3W, 3D, S, P")
    return "word", distance


class _Writer(Writer):
    language = LANGUAGE

    def is_bare(self, text: str) -> bool:
        return one_word(text, _GRAMMAR) and text.upper() not in _WORDS and not _CLOSE.fullmatch(text)

    def fielded(self, field: str | None, text: str) -> str | None:
        if field is None:
            return text
        name = WRITTEN.get(field)
        return f"{name}=({text})" if name else None

    def value(self, value: Value) -> str | None:
        if value.field == "type":
            letter = next((letter for letter, name in _TYPES.items() if name == value.value), None)
            return letter and self.fielded("type", f'"{letter}"')
        return super().value(value)

    def range(self, span: Range) -> str | None:
        low, high = self.days(span)
        relation, days = ("=", f"{low}:{high}") if low and high else (">=", low) if low else ("<=", high)
        return f"{WRITTEN[span.field]}{relation}{days}" if span.field in WRITTEN else None

    def closeness(self, near: Near) -> str | None:
        if near.without or (near.unit != "word" and near.distance):
            return None
        if near.unit != "word":
            return " S " if near.unit == "sentence" else " P "
        return f" {near.distance or ''}{'W' if near.ordered else 'D'} "
