"""A plan as a tantivy query, one primitive at a time. Scores as `search.engine.plan` says."""

import re
from collections.abc import Iterator

import tantivy
from tantivy import Occur, Query

from search.engine import layout
from search.engine.embedded import phrases
from search.engine.embedded.schema import SCHEMA
from search.engine.errors import TooManyExpansions
from search.engine.plan import Bool, Days, Everything, Keys, Ordinals, Pattern, Piece, Pieces, Plan, Prefix, Proximity, Run

_escape = re.compile(r"[\\.+*?()|\[\]{}^$#&~-]")


def compiled(plan: Plan) -> Query:
    """Raises `TooManyExpansions` for a pattern too large to become an automaton."""
    match plan:
        case Everything():
            return _unscored(Query.all_query())
        case Run(field, (token,), boost):
            return Query.boost_query(Query.term_query(SCHEMA, field, token), boost)
        case Run(field, tokens, boost):
            return Query.boost_query(Query.phrase_query(SCHEMA, field, list(tokens)), boost)
        case Pieces(field, items, boost):
            words: list[str | tuple[int, str]] = [regex(item) for item in items]
            return Query.const_score_query(Query.regex_phrase_query(SCHEMA, field, words), boost)
        case Prefix(field, text, boost):
            return _expanded(field, Piece("prefix", text), boost)
        case Pattern(field, text, boost):
            return _expanded(field, Piece("pattern", text), boost)
        case Keys(field, values):
            return _unscored(Query.term_set_query(SCHEMA, field, list(values)))
        case Days(field, low, high):
            return _unscored(Query.range_query(SCHEMA, field, tantivy.FieldType.Unsigned, low, high))
        case Ordinals(values):
            return _unscored(Query.term_set_query(SCHEMA, layout.ORDINAL, list(values)))
        case Proximity():
            return _unscored(phrases.compiled(plan))
        case Bool():
            return _bool(plan)


def regex(piece: Piece) -> str:
    """A piece as a regular expression over a whole token."""
    if piece.kind == "token":
        return _literal(piece.text)
    if piece.kind == "prefix":
        return _literal(piece.text) + ".*"
    return _literal(piece.text).replace(r"\*", ".*").replace(r"\?", ".")


def expanding(plan: Plan) -> Iterator[Pieces]:
    """The parts of a plan that tantivy expands to at most 16,384 phrases when it searches."""
    if isinstance(plan, Pieces):
        yield plan
    elif isinstance(plan, Bool):
        for part in (*plan.must, *plan.should, *plan.filters, *plan.must_not):
            yield from expanding(part)


def scored(plan: Plan) -> bool:
    """Whether hits of the plan can differ in score."""
    if isinstance(plan, Bool):
        return any(map(scored, (*plan.must, *plan.should)))
    return isinstance(plan, Run | Pieces) or (isinstance(plan, Prefix | Pattern) and plan.boost > 0)


def _bool(plan: Bool) -> Query:
    parts = [
        *((Occur.Must, compiled(part)) for part in plan.must),
        *((Occur.Must, _unscored(compiled(part))) for part in plan.filters),
        *((Occur.Should, compiled(part)) for part in plan.should),
        *((Occur.MustNot, compiled(part)) for part in plan.must_not),
    ]
    return Query.boolean_query(parts, 1 if plan.should else None)


def _expanded(field: str, piece: Piece, boost: float) -> Query:
    try:
        return Query.const_score_query(Query.regex_query(SCHEMA, field, regex(piece)), boost)
    except ValueError as error:
        raise TooManyExpansions(piece.text) from error


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _literal(text: str) -> str:
    return _escape.sub(r"\\\g<0>", text)
