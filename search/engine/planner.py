"""`plan`: from a checked question to what an engine executes; the only place that says which column a leaf is sought in.

| leaf | becomes |
|---|---|
| plain word without any Chinese | a `Run` of stems in the stem column |
| other words | their pieces in the token column: `Run`, `Prefix` (one Chinese character) or `Pieces` |
| leaf without a field | any of title, abstract, claims, description, each with its own boost |
| wildcard | in a text its pieces likewise, or a `Pattern`; else a `Prefix` or `Pattern` over keys |
| value | `Keys`; a number under every key that its spelling may mean |
| numbers listed, a class or an applicant with others | `Keys` |
| range | `Days` |
| distance | all its words, in one field, and `Proximity`; without: the words of its left side |
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from search.engine import layout
from search.engine.plan import Bool, Days, Everything, Keys, Pattern, Piece, Pieces, Plan, Prefix, Proximity, Run
from search.patent import classes, numbers
from search.query import fields, values
from search.query.near import fields_of
from search.query.tree import All, And, Expanded, Listed, Near, Not, Or, Query, Range, Ref, Value, Wild, Word
from search.text import stems, tokens
from search.text.fold import fold

NOTHING = Keys("number", ())
"""What a word without any letter, or a class symbol that is none, finds."""

_NUMBERS = {"number": layout.NUMBERS["publication"], "application": layout.NUMBERS["application"], "cites": "cites"}
_LAST_DAY = 99991231


def plan(query: Query) -> Plan:
    """The plan of a question that `search.query.check` has passed; the same question gives the equal plan."""
    match query:
        case All():
            return Everything()
        case Word():
            return _any_field(_fields(query), partial(_word, query))
        case Wild():
            return _any_field(_fields(query), partial(_wild, query.pattern))
        case Value(field="collection") | Ref():
            raise ValueError("a reference is replaced by what it names before it is planned")
        case Value():
            return _value(query)
        case Range():
            low = int(query.low.replace("-", "")) if query.low else 0
            high = int(query.high.replace("-", "")) if query.high else _LAST_DAY
            return Days(query.field, low, high)
        case Not():
            return Bool(must=(Everything(),), must_not=(plan(query.item),))
        case And():
            return _and(query)
        case Or():
            return Bool(should=tuple(map(plan, query.items)))
        case Listed():
            return Keys("number", query.numbers)
        case Expanded():
            return _expanded(query)
        case Near():
            return _any_field(fields_of(query), partial(_near, query))


def _and(query: And) -> Plan:
    wanted = tuple(plan(item) for item in query.items if not isinstance(item, Not))
    unwanted = tuple(plan(item.item) for item in query.items if isinstance(item, Not))
    return Bool(must=wanted or (Everything(),), must_not=unwanted)


def _fields(leaf: Word | Wild) -> tuple[str, ...]:
    return (leaf.field,) if leaf.field else fields.DEFAULT


def _any_field(names: Sequence[str], leaf: Callable[[fields.Field], Plan]) -> Plan:
    found = tuple(leaf(_field(name)) for name in names)
    return found[0] if len(found) == 1 else Bool(should=found)


def _field(name: str) -> fields.Field:
    found = fields.field(name)
    if found is None:
        raise ValueError(f"a checked question names no unknown field: {name}")
    return found


def _word(word: Word, field: fields.Field) -> Plan:
    found = None if word.exact or field.name not in layout.STEMMED else _stems(word.text)
    if found is None:
        return _pieces(field, _cut(word.text))
    return Run(layout.stems(field.name), found, field.boost) if found else NOTHING


@lru_cache(maxsize=512)
def _stems(text: str) -> tuple[str, ...] | None:
    """The stems of a text without any Chinese, for each of the fields that it is sought in."""
    return None if tokens.has_chinese(text) else tuple(map(stems.stem, tokens.tokens(text)))


@lru_cache(maxsize=512)
def _cut(text: str) -> tuple[Piece, ...]:
    """The pieces of a text, likewise."""
    return tuple(Piece(kind, piece) for kind, piece in tokens.query_pieces(text))


def _near(near: Near, field: fields.Field) -> Plan:
    sides = (near.left,) if near.without else (near.left, near.right)
    return Bool(must=tuple(_operand(side, field) for side in sides), filters=(Proximity(field.name, near),))


def _operand(node: Query, field: fields.Field) -> Plan:
    """What finds the documents that have the words of an operand in the field, wherever they stand."""
    match node:
        case Word():
            return _word(node, field)
        case Wild():
            return _wild(node.pattern, field)
        case Or():
            return Bool(should=tuple(_operand(item, field) for item in node.items))
        case Near():
            return Bool(must=(_operand(node.left, field), _operand(node.right, field)))
    raise ValueError(f"a checked distance has no such operand: {node}")


def _pieces(field: fields.Field, pieces: Sequence[Piece]) -> Plan:
    if not pieces:
        return NOTHING
    if all(piece.kind == "token" for piece in pieces):
        return Run(field.name, tuple(piece.text for piece in pieces), field.boost)
    if len(pieces) > 1:
        return Pieces(field.name, tuple(pieces), field.boost)
    kind, text = pieces[0].kind, pieces[0].text
    return Prefix(field.name, text, field.boost) if kind == "prefix" else Pattern(field.name, text, field.boost)


def _wild(pattern: str, field: fields.Field) -> Plan:
    if field.kind == "text":
        return _pieces(field, [Piece(kind, text) for kind, text in tokens.wild_pieces(pattern)])
    column, start = (_NUMBERS | layout.EXACT).get(field.name, field.name), pattern.rstrip("*")
    ends = start != pattern and not set("*?") & set(start)
    return Prefix(column, start) if ends else Pattern(column, pattern)


def _value(query: Value) -> Plan:
    """A value of a party field is a whole name, as its facet shows it, and so is an applicant under all names where nobody told the
    others; `year` is a facet and no field."""
    if query.field == "entity":
        return Keys(layout.names("applicant"), (layout.spelled(query.value),))
    if query.field in layout.PARTIES:
        return Keys(layout.names(query.field), (layout.spelled(query.value),))
    if query.field in layout.EXACT:
        return Keys(layout.EXACT[query.field], (layout.spelled(query.value, query.field),))
    if query.field in _NUMBERS:
        return Keys(_NUMBERS[query.field], _number_keys(query.value))
    if query.field in layout.SCHEMES:
        return _class(query)
    if query.field == "year":
        return Keys(layout.FACETS["year"], (query.value,))
    return Keys(query.field, (values.spelled(query.field, layout.spelled(query.value)),))


def _expanded(query: Expanded) -> Plan:
    field = "applicant" if query.field == "entity" else query.field
    if field in layout.PARTIES:
        return Keys(layout.names(field), tuple(map(layout.spelled, query.keys)))
    return Keys(query.field, query.keys)


def _number_keys(text: str) -> tuple[str, ...]:
    """Every key that the spelling may mean, and the spelling itself: what an office never printed can still be held."""
    return tuple(dict.fromkeys((*numbers.lookup_keys(text), fold(text).upper().replace(" ", ""))))


def _class(query: Value) -> Plan:
    try:
        return Keys(query.field, (classes.key(query.value),))
    except classes.ClassError:
        return NOTHING
