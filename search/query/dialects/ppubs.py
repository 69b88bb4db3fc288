"""The language of USPTO's Patent Public Search: ``(rotary ADJ2 tiller).ti. AND @pd>=20190101<=20201231``.

Done first are brackets, then ADJ and NEAR, WITH, SAME, AND and NOT, XOR, and last OR, which is also meant where nothing stands
between two terms (order of execution of its reference card). ``ADJn`` counts from one word to the other, so that 1 is next to each
other; ``WITHn`` and ``SAMEn`` reach `n` sentences or paragraphs further.
"""

import re
from dataclasses import replace

from search.query.dialects.climber import Climber, Operator, Part, all_of, any_of, but_not, close, exclusive, suffixes
from search.query.dialects.frame import FARTHEST, LAST, OPERAND, Read, Written, whole_number
from search.query.dialects.language import Language, Names
from search.query.dialects.lexer import EDGE, Token, cut, grammar, one_word
from search.query.dialects.truncation import Truncation
from search.query.dialects.writer import Writer
from search.query.errors import QueryError
from search.query.fields import field
from search.query.tree import And, Near, Not, Or, Query, Range, Ref, Unit, both

_CODES: dict[str, Names] = {
    **dict.fromkeys(("ti", "ttl"), ("title",)),
    **dict.fromkeys(("ab", "aptx"), ("abstract",)),
    **dict.fromkeys(("clm", "clms"), ("claims",)),
    **dict.fromkeys(("spec", "bsum", "bstx", "detd"), ("description",)),
    **dict.fromkeys(("aanm", "asnm", "as"), ("applicant",)),
    **dict.fromkeys(("in", "inv"), ("inventor",)),
    **dict.fromkeys(("atty", "att", "lrag"), ("agent",)),
    **dict.fromkeys(("cpc", "cpca"), ("cpc",)),
    "cipp": ("ipc",),
    **dict.fromkeys(("pn", "did", "pgnr", "wku"), ("number",)),
    **dict.fromkeys(("ap", "apnr"), ("application",)),
    **dict.fromkeys(("urpn", "rfnr", "fref"), ("cites",)),
    **dict.fromkeys(("pd", "py"), ("publication_date",)),
    **dict.fromkeys(("ad", "apd", "fd", "ay", "fy"), ("application_date",)),
    "prad": ("priority_date",),
    "fmid": ("family",),
}
_WIDER = {"bsum", "bstx", "detd", "cpca"}
"""Codes of a part of what is searched here."""
_ABSENT = {
    "pran": ("优先权号", "priority number"),
    "ptan": ("PCT 申请号", "PCT application number"),
    "pcfd": ("PCT 申请日", "PCT filing date"),
    **dict.fromkeys(("exp", "xa"), ("审查员", "examiner")),
    "art": ("审查组", "art unit"),
    **dict.fromkeys(("ccls", "clas"), ("美国分类号", "US classification")),
    "cond": ("公告状态", "condition of the publication"),
    "nps": ("非专利文献", "other literature"),
}
LANGUAGE = Language("ppubs", "USPTO PPUBS", "USPTO PPUBS", _CODES, _ABSENT, Truncation(many="*$", one="?", bounded="$"))

_SUFFIX = rf"(?: \.[a-z]{{2,4}} (?:,[a-z]{{2,4}})* \. {EDGE} )"
_GRAMMAR = grammar(
    rf"""(?P<relation> >= | <= | <> | [=<>] )
       | (?P<sign> (?i: {_SUFFIX} | \[ [a-z]{{2,4}} (?:,[a-z]{{2,4}})* \] | @[a-z]+ | (?:{"|".join(_CODES)})/ (?=\S) ) )""",
    signs=r"\[\]=<>{}@",
    never=f"(?i:{_SUFFIX})",
    skipped=r"(?<!\S)\#[^\n]*",
)
_CLOSE = re.compile(r"(ADJ|NEAR|WITH|SAME)([0-9]*)")
_WORDS = {"OR": Operator(0, any_of), "XOR": Operator(1, exclusive), "AND": Operator(2, all_of), "NOT": Operator(2, but_not)}
_BESIDE = Operator(0, any_of, width=0)
_LEVELS: dict[str, tuple[int, Unit]] = {"SAME": (3, "paragraph"), "WITH": (4, "sentence"), "ADJ": (5, "word"), "NEAR": (5, "word")}
_MOST = {"SAME": 25}
_LINE = re.compile(r"L([0-9]+)")


def read(text: str) -> Read:
    """The tree of a text in the language; raises `QueryError`."""
    return _Reader(cut(text, _GRAMMAR)).read()


def write(tree: Query) -> Written:
    return _Writer().whole(tree)


class _Reader(Climber):
    language = LANGUAGE

    def whole(self) -> Query:
        self.suffixes = {at: token for at, token in suffixes(self.tokens, "sign").items() if _is_suffix(token)}
        return super().whole()

    def operator(self) -> Operator | None:
        token = self.peek()
        if token.kind == "word":
            without = token.text.upper() == "NOT"
            after = self.tokens[self.at + without]
            if after.kind == "word" and (found := _CLOSE.fullmatch(after.text.upper())):
                return self._close(after, found, without=without)
            if found_word := _WORDS.get(token.text.upper()):
                return found_word
        starts = token.kind in {"word", "quoted", "("} or (token.kind == "sign" and not _is_suffix(token))
        return _BESIDE if starts else None

    def _close(self, token: Token, found: re.Match[str], *, without: bool) -> Operator:
        level, unit = _LEVELS[found[1]]
        distance = whole_number(found[2] or str(int(unit == "word")), _MOST.get(found[1], FARTHEST))
        if distance is None or (unit == "word" and not distance):
            raise QueryError(
                "proximity", token.start, expected=("ADJ3",), found=token.text[:40], options="ADJ1, NEAR3, WITH, SAME2"
            )
        if unit == "word":
            self.tell("across_sentences", token)
            distance -= 1
        return Operator(level, close(unit, distance, ordered=found[1] == "ADJ", without=without), width=1 + without)

    def operand(self) -> Part:
        token = self.peek()
        if token.kind == "word" and token.text.upper() == "NOT":
            return self.negated(frozenset({"NOT"}))
        if token.kind == "(":
            suffix = self.suffixes.get(self.at)
            part = self.group(self._named(suffix) if suffix else self.scope)
            self.at += suffix is not None
            return part
        if token.kind == "sign" and token.text[0] == "@":
            return self._days()
        if token.kind == "sign" and token.text[-1] == "/":
            names = self._named(self.take())
            return self.group(names) if self.peek().kind == "(" else self._value(names)
        if token.kind == "word" and (line := _LINE.fullmatch(token.text)) and (number := whole_number(line[1], LAST)):
            self.take()
            return Part(Ref(number), (token.start,))
        after = self.tokens[self.at + 1] if token.kind != "end" else token
        return self._value(self._named(after), suffixed=True) if _is_suffix(after) else self._value(self.scope)

    def _value(self, names: Names, *, suffixed: bool = False) -> Part:
        token = self.peek()
        if token.kind not in {"word", "quoted"} or (token.kind == "word" and not suffixed and _is_operator(token.text)):
            raise self.unexpected(*OPERAND)
        self.at += 1 + suffixed
        if names == ("number",) and token.text.replace(",", "").isdigit():
            token = replace(token, text=f"US{token.text}")
        return self.leaf(names, token)

    def _named(self, sign: Token) -> Names:
        """The fields of one or several codes: ``.ti,ab.``, ``[ti]``, ``TI/``."""
        found: dict[str | None, None] = {}
        for code in sign.text.strip(".[]/").split(","):
            names = self.names(sign, code)
            found.update(dict.fromkeys(names))
            if code.lower() in _WIDER and (known := field(names[0] or "")):
                self.tell("field_for", replace(sign, text=code), field_zh=known.zh, field=known.en)
        return tuple(found)

    def _days(self) -> Part:
        """``@pd>=19970101<=19981231``; ``<>`` is not in it."""
        sign = self.take()
        names = self.names(sign, sign.text[1:])
        if not (names[0] or "").endswith("_date"):
            raise self.absent(sign, sign.text, "不是日期", "it is no date")
        part: Part | None = None
        while part is None or self.peek().kind == "relation":
            relation = self.peek()
            if relation.kind != "relation" or self.tokens[self.at + 1].kind not in {"word", "quoted"}:
                raise self.unexpected(("=", "="), (">=", ">="), ("<=", "<="))
            self.take()
            unequal = relation.text == "<>"
            found = self.leaf(names, self.take(), "=" if unequal else relation.text)
            found = Part(Not(found.tree), found.starts) if unequal else found
            part = _meeting(part, found) if part else found
        return part


def _meeting(one: Part, other: Part) -> Part:
    """Both; of two ranges with one end each the range between."""
    match one.tree, other.tree:
        case (Range(name, low, None), Range(_, None, high)) | (Range(name, None, high), Range(_, low, None)) if low and high:
            if low <= high:
                return Part(Range(name, low, high), one.starts)
    return all_of(one, other)


def _is_suffix(token: Token) -> bool:
    return token.kind == "sign" and token.text[0] in ".["


def _is_operator(word: str) -> bool:
    return word.upper() in _WORDS or _CLOSE.fullmatch(word.upper()) is not None


def _exclusive(tree: And | Or) -> tuple[Query, Query] | None:
    """The two of which `tree` wants one and not the other."""
    match tree:
        case Or((And((*one, Not(right))), And((Not(left), *other)))) if (
            one and other and (both(*one), both(*other)) == (left, right)
        ):
            return left, right
    return None


class _Writer(Writer):
    language = LANGUAGE
    within_sentence = True

    def is_bare(self, text: str) -> bool:
        coded = _GRAMMAR.match(f"{text}.ti.")
        if coded is None or coded[0] != text or not one_word(text, _GRAMMAR):
            return False
        return not _is_operator(text) and not _LINE.fullmatch(text)

    def items(self, tree: And | Or) -> None:
        """One of two but not both is an XOR."""
        if pair := _exclusive(tree):
            self.inner(pair[0])
            self.emit(" XOR ")
            self.inner(pair[1])
        else:
            super().items(tree)

    def fielded(self, field: str | None, text: str) -> str | None:
        if field is None:
            return text
        code = self.codes.get(field)
        return f"{text}.{code}." if code else None

    def range(self, span: Range) -> str | None:
        code = self.codes.get(span.field)
        low, high = self.days(span)
        return f"@{code}{f'>={low}' if low else ''}{f'<={high}' if high else ''}" if code else None

    def reference(self, ref: Ref) -> str | None:
        return f"L{ref.number}"

    def closeness(self, near: Near) -> str | None:
        name = {"word": "ADJ" if near.ordered else "NEAR", "sentence": "WITH", "paragraph": "SAME"}[near.unit]
        if near.distance > _MOST.get(name, FARTHEST):
            return None
        distance = near.distance + (near.unit == "word")
        return f" {'NOT ' if near.without else ''}{name}{distance if distance else ''} "
