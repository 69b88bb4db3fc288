"""A leaf of the tree from a field, a relation and a word or quotation, by the class of the field."""

import datetime
import re
import unicodedata
from collections.abc import Sequence

from search.patent import classes, dates, numbers
from search.query import fields, values
from search.query.dialects.lexer import Token
from search.query.errors import QueryError
from search.query.tree import Leaf, Range, Value, Wild, Word
from search.text import tokens
from search.text.fold import fold

OPERANDS: dict[str, tuple[tuple[str, str], ...]] = {
    "text": (("检索词", "a word"), ("引号短语", "a quoted phrase"), ("(", "(")),
    "keyword": (("取值", "a value"), ("(", "(")),
    "class": (("分类号", "a class symbol"), ("(", "(")),
    "number": (("号码", "a number"), ("(", "(")),
    "date": (("日期", "a date"), ("[", "["), ("(", "(")),
    "name": (("申请人名称", "the name of an applicant"), ("(", "(")),
    "set": (("专题库编号", "the id of a collection"), ("(", "(")),
}
"""What a relation expects after it, by the class of the field, in Chinese and English."""

GROUPING = frozenset({":", "="})
"""Relations that take a group in brackets."""

_WILDCARD = re.compile(r"[*?＊？]")
_SUBCLASS = re.compile(r"[A-Ya-y]\d\d[A-Za-z]")
_GROUP = re.compile(r"\d{1,4}/\d{2,6}\*?")
_SHAPES = (
    ("ipc", re.compile(r"[A-H]\d\d[A-Z]\d{1,4}/\d{2,6}", re.IGNORECASE)),
    ("number", re.compile(r"[A-Z]{2}\d{6,13}[A-Z]?\d?", re.IGNORECASE)),
)
_SET = re.compile(r"[0-9A-Za-z]{1,40}(?:/(?:[0-9A-Za-z.-]{1,20}|_)|@[1-9][0-9]{0,8})?", re.ASCII)
_DAY = datetime.timedelta(days=1)


def relations(field: fields.Field) -> tuple[str, ...]:
    """The relations that a field takes; ``==`` is a party's whole name."""
    if field.kind == "date":
        return (":", "=", ">=", "<=", ">", "<")
    return (":", "=", "==") if field.kind == "text" and field.facet else (":", "=")


def leaf(field: fields.Field | None, relation: str, token: Token) -> Leaf:
    """The leaf of a word or quotation in `field`, or in the fields of a text without one; raises `QueryError`."""
    if field is None:
        return _text(None, token)
    if field.kind == "text":
        return Value(field.name, _present(token)) if relation == "==" else _text(field.name, token)
    if field.kind == "date":
        return _date(field, relation, token)
    if field.kind == "set":
        return Value(field.name, _set(token))
    if field.kind == "name":
        return Value(field.name, _present(token))
    literal = token.kind == "quoted" and field.kind == "keyword"
    if _WILDCARD.search(token.text) and not literal:
        pattern = _key(field, _present(token))
        return Wild(_number_pattern(pattern) if field.kind == "number" else pattern, field.name)
    return Value(field.name, _value(field, token))


def continues_class(first: Token, second: Token) -> bool:
    """Whether two words are one symbol in its printed form, ``H01M 10/0525``."""
    bare = first.kind == second.kind == "word"
    return bare and bool(_SUBCLASS.fullmatch(first.text)) and bool(_GROUP.fullmatch(second.text))


def between(field: str, low: Token, high: Token) -> Range:
    """The range from the first day of `low` to the last of `high`; ``*`` leaves an end open, not both."""
    first = None if low.text in {"*", ""} else _days(low)[0]
    last = None if high.text in {"*", ""} else _days(high)[1]
    if first is None and last is None:
        raise _no_date(high)
    if first and last and first > last:
        raise QueryError("range_order", low.start, low=first, high=last)
    return Range(field, first, last)


def meant_field(word: str) -> str | None:
    """The field that a word without one looks as if it were of: a full class symbol or publication number."""
    return next((field for field, shape in _SHAPES if shape.fullmatch(word)), None)


def unfit_relation(field: fields.Field, relation: Token) -> QueryError:
    """The error of a relation that the field does not take."""
    fit = relations(field)
    return QueryError("relation", relation.start, expected=fit, found=relation.text, field=field.name, field_zh=field.zh)


def unknown_field(name: Token, *, suggestions: Sequence[str] = (), known: Sequence[str] = ()) -> QueryError:
    """The error of a name that no field has, with the nearest ones; `known` are those of another language than the native."""
    near = suggestions if known else fields.nearest(name.text)
    main = known or [field.name for field in fields.FIELDS]
    return QueryError(
        "field",
        name.start,
        expected=main,
        suggestions=near,
        found=name.text[:40],
        hint_zh=f"是否指 {'、'.join(near)}？"
        if near
        else f"可用字段：{'、'.join(known or [field.zh for field in fields.FIELDS])}。",
        hint=f"Did you mean {' or '.join(near)}?" if near else f"Fields are {', '.join(main)}.",
    )


def _text(field: str | None, token: Token) -> Leaf:
    text = _present(token)
    if _WILDCARD.search(text):
        return Wild(text.translate({0xFF0A: "*", 0xFF1F: "?"}), field)
    if not tokens.tokens(text):
        raise QueryError("no_word", token.start, expected=("a word",), found=text[:40])
    return Word(text, field, exact=token.kind == "quoted")


def _value(field: fields.Field, token: Token) -> str:
    typed = _present(token)
    if field.kind == "class":
        try:
            key = classes.key(typed)
        except classes.ClassError:
            key = ""
        if not key or key[0].isdigit() != (field.name == "locarno"):  # Locarno alone is written in digits
            raise QueryError("class", token.start, expected=("a class symbol",), found=typed[:40])
        return key
    if field.kind == "number":
        if not numbers.lookup_keys(typed):
            raise QueryError("number", token.start, expected=("a number",), found=typed[:40])
        return _key(field, typed)
    value = values.keyword(field.name, typed)
    if value is None:
        raise _unknown_value(field, token, typed)
    return value


def _set(token: Token) -> str:
    """The id of a collection, and, behind a slash, the code of one of its branches, or ``_`` for what none of them holds;
    or behind an ``@`` the number of one of its snapshots."""
    typed = _present(token)
    if not _SET.fullmatch(typed):
        raise QueryError("collection", token.start, expected=("the id of a collection",), found=typed[:40])
    return typed


def _unknown_value(field: fields.Field, token: Token, typed: str) -> QueryError:
    known = values.CLOSED[field.name]
    return QueryError(
        "value",
        token.start,
        expected=tuple(known),
        suggestions=values.suggestions(field.name, typed),
        found=typed[:40],
        field=field.name,
        field_zh=field.zh,
        options=", ".join(known),
        options_zh="、".join(names[0] for names in known.values()),
    )


def _key(field: fields.Field, text: str) -> str:
    """A number as typed or a pattern, in the letters of the field's keys."""
    if field.kind in {"class", "number"}:
        return "".join(fold(text).upper().split())
    return values.spelled(field.name, text)


def _number_pattern(pattern: str) -> str:
    """A pattern over the keys of numbers, which have no punctuation and begin with the country: a Chinese number is often typed
    without it, or with ZL."""
    bare = re.sub(r"[^0-9A-Z*?]", "", pattern).removeprefix("ZL")
    return f"CN{bare}" if bare[:1].isdigit() else bare


def _date(field: fields.Field, relation: str, token: Token) -> Range:
    text = unicodedata.normalize("NFKC", token.text)
    if _WILDCARD.search(text):
        raise QueryError("wildcard_date", token.start, expected=("a date",))
    if relation in {":", "="}:
        low, dots, high = text.partition("..")
        if dots:
            start = token.start + len(low) + 2
            return between(field.name, _part(token, low, token.start), _part(token, high, min(start, token.end)))
        first, last = _days(token)
        return Range(field.name, first, last)
    return _half_open(field.name, relation, token)


def _half_open(field: str, relation: str, token: Token) -> Range:
    first, last = _days(token)
    match relation:
        case ">=":
            return Range(field, low=first)
        case "<=":
            return Range(field, high=last)
        case ">":
            return Range(field, low=_shift(token, last, _DAY))
    return Range(field, high=_shift(token, first, -_DAY))


def _part(token: Token, text: str, start: int) -> Token:
    return Token("word", start, token.end, text)


def _days(token: Token) -> tuple[str, str]:
    try:
        return dates.days(token.text)
    except dates.DateError:
        raise _no_date(token) from None


def _shift(token: Token, day: str, by: datetime.timedelta) -> str:
    try:
        return (datetime.date.fromisoformat(day) + by).isoformat()
    except OverflowError:  # the day after the last or before the first that a calendar holds
        raise _no_date(token) from None


def _no_date(token: Token) -> QueryError:
    return QueryError("date", token.start, expected=("a date",), found=token.text[:40])


def _present(token: Token) -> str:
    """The text without blanks around it, a blank for each run of them inside; an empty quotation is an error."""
    text = " ".join(token.text.split())
    if not text:
        raise QueryError("no_word", token.start, expected=("a word",), found=token.text)
    return text
