"""Words in a row as Lucene's spans, for the distances that its intervals, which are minimal ones, can't express.

A span takes up all positions of its words: one that is short by a position, because its last run of Chinese has no tail, is
made up for by a gap. Then a chain (`search.engine.chains`) read from the right is exact: each operand is found at every place
where the rest of the chain follows, at the first such place, and ends nowhere sooner the later it begins. Only so may spans
lie within sentences: Lucene looks at the first one in each.
"""

from collections.abc import Sequence

from search.engine import layout
from search.engine.chains import Chain, Operand
from search.engine.elastic import marks
from search.engine.elastic.intervals import Clause, literal
from search.engine.plan import Piece
from search.query.near import Sought, sought
from search.query.tree import Wild, Word
from search.text import tokens

_FAR = 1 << 30
"""More positions than a text has."""


def pieces(leaf: Word | Wild) -> list[Piece]:
    """What stands at consecutive positions of a text that has the leaf."""
    cut = tokens.wild_pieces(leaf.pattern) if isinstance(leaf, Wild) else tokens.query_pieces(leaf.text)
    return [Piece(kind, text) for kind, text in cut]


def short(wanted: Sequence[Sought]) -> bool:
    """Whether the tokens of a leaf take up one position less than its units: its last run has no tail."""
    return len(wanted) > 1 and wanted[-1].joined is True


def chained(chain: Chain, field: str) -> Clause:
    """The places of a chain, with the smallest end for each beginning."""
    found = _operand(chain.operands[-1], field)
    for operand, gap in zip(reversed(chain.operands[:-1]), reversed(chain.gaps), strict=True):
        found = _row([_operand(operand, field), found], slop=gap)
    return found


def laid_out(chain: Chain, field: str) -> list[Clause]:
    """The places of a chain, all of them: one span for each choice of gaps."""
    found: list[Clause] = []
    for gaps in chain.layouts:
        parts = [_operand(chain.operands[0], field)]
        for gap, operand in zip(gaps, chain.operands[1:], strict=True):
            parts += [*_gap(field, gap), _operand(operand, field)]
        found.append(_row(parts))
    return found


def sentences(unit: str, field: str, *, count: int = 1) -> Clause:
    """So many consecutive sentences or paragraphs."""
    column = marks.column(field)
    starts, ends, alone = marks.BOUNDS[unit]

    def marked(signs: Sequence[str]) -> Clause:
        return choice([_term(column, sign) for sign in signs])

    one = choice([_row([marked(starts), marked(ends)], slop=_FAR), marked(alone)])
    return _masked(one if count == 1 else _row([one] * count), field)


def containing(around: Clause, within: Clause) -> Clause:
    """Those of `around` that contain one of `within`."""
    return {"span_containing": {"big": around, "little": within}}


def contained(within: Clause, around: Clause) -> Clause:
    """Those of `within` that lie in one of `around`."""
    return {"span_within": {"big": around, "little": within}}


def apart(kept: Clause, excluded: Clause, *, before: int = 0, behind: int = 0) -> Clause:
    """Those of `kept` that no `excluded` one overlaps, nor comes so close to."""
    return {"span_not": {"include": kept, "exclude": excluded, "pre": before, "post": behind}}


def choice(spans: Sequence[Clause]) -> Clause:
    """Any of `spans`."""
    return spans[0] if len(spans) == 1 else {"span_or": {"clauses": list(spans)}}


def _operand(operand: Operand, field: str) -> Clause:
    return choice([_leaf(leaf, field) for leaf in operand])


def _leaf(leaf: Word | Wild, field: str) -> Clause:
    wanted = sought(leaf)
    if wanted[0].kind == "stem":
        column = layout.stems(field)
        return _masked(_row([_term(column, unit.text) for unit in wanted]), field)
    parts = [_piece(field, piece) for piece in pieces(leaf)]
    return _row([*parts, *_gap(field, 1)] if short(wanted) else parts)


def _masked(span: Clause, field: str) -> Clause:
    return {"span_field_masking": {"field": field, "query": span}}


def _row(spans: list[Clause], *, slop: int = 0) -> Clause:
    return spans[0] if len(spans) == 1 else {"span_near": {"clauses": spans, "slop": slop, "in_order": True}}


def _gap(field: str, positions: int) -> list[Clause]:
    return [{"span_gap": {field: positions}}] if positions else []


def _term(column: str, token: str) -> Clause:
    return {"span_term": {column: {"value": token}}}


def _piece(field: str, piece: Piece) -> Clause:
    match piece.kind:
        case "token":
            return _term(field, piece.text)
        case "prefix":
            return {"span_multi": {"match": {"prefix": {field: {"value": piece.text}}}}}
        case "pattern":
            return {"span_multi": {"match": {"wildcard": {field: {"value": literal(piece.text)}}}}}
