"""Canonical text: one way to write a tree in the native language, that reads back to the equal tree.

It also shows how a question was read: a word in quotes is sought as it stands, a bare one with its inflections.
"""

import re

from search.query import fields
from search.query.dialects.lexer import is_word
from search.query.tree import All, And, Expanded, Listed, Near, Not, Or, Query, Range, Ref, Value, Wild, Word

_LOOSEST, _AND, _NOT, _NEAR, _TIGHTEST = range(5)

_WILDCARDS = re.compile(r"[*?＊？]")


def render(query: Query) -> str:
    """The canonical text of `query`."""
    return _render(query, _LOOSEST)


def conjunct(query: Query) -> str:
    """The canonical text of `query` as a part of a conjunction: such parts with AND between them are the text of the whole."""
    items = query.items if isinstance(query, And) else (query,)
    return " AND ".join(_render(item, _NOT) for item in items)


def _render(query: Query, place: int) -> str:
    match query:
        case Or():
            text = " OR ".join(_render(item, _AND) for item in query.items)
            return f"({text})" if place > _LOOSEST else text
        case And():
            text = " AND ".join(_render(item, _NOT) for item in query.items)
            return f"({text})" if place > _AND else text
        case Not():
            text = f"NOT {_render(query.item, _NOT)}"
            return f"({text})" if place > _NOT else text
        case Near():
            text = f"{_render(query.left, _NEAR)} {_closeness(query)} {_render(query.right, _TIGHTEST)}"
            return f"({text})" if place > _NEAR else text
        case Ref():
            return f"#{query.number}"
        case Listed():
            return f"number:({' OR '.join(query.numbers)})"
        case All():
            return "*:*"
        case Word():
            return _prefix(query.field) + (quoted(_WILDCARDS.sub(" ", query.text)) if query.exact else query.text)
        case Wild():
            return _prefix(query.field) + (query.pattern if is_word(query.pattern) else quoted(query.pattern))
        case Value(field, value) if (known := fields.field(field)) and known.kind == "text":
            return f"{field}=={quoted(value)}"
        case Value() | Expanded():
            literal = is_word(query.value) and not _WILDCARDS.search(query.value)
            return _prefix(query.field) + (query.value if literal else quoted(query.value))
        case Range():
            return _range(query)


def _closeness(query: Near) -> str:
    """``NEAR/3``, ``NOT ADJ/0``, ``SENT``, ``PARA/2``: a distance of 0 sentences or paragraphs is not written."""
    word = {"sentence": "SENT", "paragraph": "PARA", "word": "ADJ" if query.ordered else "NEAR"}[query.unit]
    distance = f"/{query.distance}" if query.distance or query.unit == "word" else ""
    return f"{'NOT ' if query.without else ''}{word}{distance}"


def _range(query: Range) -> str:
    if query.low is None:
        return f"{query.field}<={query.high}"
    if query.high is None:
        return f"{query.field}>={query.low}"
    return f"{query.field}:[{query.low} TO {query.high}]"


def _prefix(field: str | None) -> str:
    return f"{field}:" if field else ""


def quoted(text: str) -> str:
    """`text` between quotation marks that it doesn't hold itself; a text with both kinds loses the straight ones, which are
    never sought."""
    if not re.search(r'["＂]', text):
        return f'"{text}"'
    if not re.search(r"[“”]", text):
        return f"“{text}”"
    return '"' + re.sub(r'["＂]', " ", text) + '"'
