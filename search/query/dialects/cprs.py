"""The Chinese command language of CPRS: ``电脑/TI*(应用/TI+系统/AB)-游戏/TI @LX=UM,AI``.

A term is followed by the code of its field; ``*`` is AND, ``+`` OR, ``-`` NOT; brackets first. Of a number or date the start will
do, ``20082/AN``; ``20060202>20090101/AD`` is a range; ``(001)`` an earlier question; at the end stand restrictions to kinds of
document.
A hyphen between two letters or digits is part of the word, elsewhere it is NOT.
"""

import re
from dataclasses import replace

from search.patent import numbers
from search.query import values
from search.query.dialects.climber import Climber, Operator, Part, all_of, any_of, but_not, suffixes
from search.query.dialects.cprs_codes import KINDS, LANGUAGE, PROVINCES, STANDS_FOR, STATUS, tail_of
from search.query.dialects.frame import OPERAND, Read, Written
from search.query.dialects.language import Names
from search.query.dialects.lexer import EDGE, Token, cut, grammar, one_word, operator
from search.query.dialects.writer import Writer
from search.query.errors import QueryError
from search.query.fields import field
from search.query.tree import And, Query, Range, Ref, Value, Wild, both, either, leaves

_CODE = rf"(?: / [A-Za-z]{{2}} (?:{EDGE} | (?=[*+\-@])) )"
_GRAMMAR = grammar(
    rf"""(?P<relation> {_CODE} )
       | (?P<sign> [*+\-] | @[A-Za-z]{{2}} (?: \s* = \s* [A-Za-z]{{2}} (?: \s*,\s* [A-Za-z]{{2}} )* )? )""",
    signs=r"*+@{}",
    never=rf"{_CODE} | (?<![A-Za-z0-9])- | -(?![A-Za-z0-9])",
)
_SET = re.compile(r"[0-9]{3}")
_OPERATORS = {"*": Operator(1, all_of), "-": Operator(1, but_not), "+": Operator(0, any_of)}
_EIGHT = re.compile(r"(?:8[5-9]|9[0-9]|0[0-3])[0-9]{6}[.?]?[0-9X]?")
_TWELVE = re.compile(r"(?:19|20)[0-9]{10}[.?]?[0-9X]?")
_DIGITS = re.compile(r"[0-9]+")
_GROUP = re.compile(r"([A-H][0-9]{2}[A-Z])([0-9]{1,3})/([0-9]+)")
_CHECKED = re.compile(r"((?:(?:19|20)[0-9]{2}|(?=8[5-9]|9[0-9]|0[0-3]))[0-9]{8})([.?]?)([0-9X])")


def read(text: str) -> Read:
    """The tree of a text in the language; raises `QueryError`."""
    return _Reader(cut(text, _GRAMMAR)).read()


def write(tree: Query) -> Written:
    return _Writer().whole(tree)


class _Reader(Climber):
    language = LANGUAGE
    operators = (("*", "*"), ("+", "+"), ("-", "-"))
    tells_order = True

    def whole(self) -> Query:
        self.suffixes = suffixes(self.tokens, "relation")
        part = self.expression(0)
        while self.peek().kind == "sign" and self.peek().text[0] == "@":
            part = all_of(part, self._tail(self.take()))
        self.starts = list(part.starts)
        return part.tree

    def operator(self) -> Operator | None:
        token = self.peek()
        return _OPERATORS.get(token.text) if token.kind == "sign" else None

    def operand(self) -> Part:
        token = self.peek()
        if token.kind == "sign" and token.text == "-":
            return self.negated(frozenset({"-"}))
        if token.kind == "(":
            return self._set() or self._group()
        if token.kind not in {"word", "quoted"}:
            raise self.unexpected(*OPERAND)
        term = self._term()
        if self.peek().kind == "relation":
            return self._coded(term, self.take())
        return self.leaf(self.scope, term)

    def _set(self) -> Part | None:
        """``(001)``"""
        if self.at in self.suffixes or self.tokens[self.at + 1].kind != "word" or self.tokens[self.at + 2].kind != ")":
            return None
        token = self.tokens[self.at + 1]
        number = operator(token.text)
        if not _SET.fullmatch(number) or not int(number):
            return None
        self.at += 3
        return Part(Ref(int(number)), (token.start,))

    def _group(self) -> Part:
        code = self.suffixes.get(self.at)
        part = self.group(self._named(code) if code else self.scope)
        self.at += code is not None
        return part

    def _term(self) -> Token:
        """A quotation, a word, or several words up to the code, which are a phrase."""
        first = last = self.take()
        texts = [first.text]
        while first.kind == "word" and self.peek().kind == "word":
            last = self.take()
            texts.append(last.text)
        return first if len(texts) == 1 else Token("quoted", first.start, last.end, " ".join(texts))

    def _named(self, code: Token) -> Names:
        typed = code.text[1:]
        names = self.names(code, typed)
        if typed.lower() in STANDS_FOR:
            known = field(names[0] or "title")
            zh, en = (
                (known.zh, known.en)
                if known and names[0]
                else ("标题、摘要、权利要求、说明书", "title, abstract, claims, description")
            )
            self.tell("field_for", replace(code, text=typed), field_zh=zh, field=en)
        return names

    def _coded(self, term: Token, code: Token) -> Part:
        names = self._named(code)
        match names[0]:
            case "application":
                return self._application(term)
            case "number":
                return self._publication(term)
            case "region":
                return Part(self._place(term, country=code.text[1:].upper() == "CO"), (term.start,))
            case "application_date" | "publication_date":
                part = self.leaf(names, replace(term, text=term.text.replace(">", "..")))
                granted = Part(Value("stage", "granted"), (term.start,))
                return all_of(part, granted) if code.text[1:].upper() == "GD" else part
        return self.leaf(names, term)

    def _application(self, term: Token) -> Part:
        """A whole number, its check digit compared before anything is sought, or the start of one."""
        typed = operator(term.text).upper().removeprefix("CN").removeprefix("ZL")
        checked = _CHECKED.fullmatch(typed)
        if checked and (right := numbers.check_digit(checked[1])) != checked[3]:
            raise QueryError("check_digit", term.start, expected=(right,), found=typed, right=right)
        if _EIGHT.fullmatch(typed):
            return self.leaf(("application",), replace(term, text=f"CN{typed}"))
        if _TWELVE.fullmatch(typed) or not _DIGITS.fullmatch(typed):
            return self.leaf(("application",), term)
        return Part(Wild(f"CN{typed}*", "application"), (term.start,))

    def _publication(self, term: Token) -> Part:
        typed = operator(term.text)
        if not _DIGITS.fullmatch(typed) or len(typed) in {7, 9}:
            return self.leaf(("number",), replace(term, text=f"CN{typed}") if _DIGITS.fullmatch(typed) else term)
        return Part(Wild(f"CN{typed}*", "number"), (term.start,))

    def _place(self, term: Token, *, country: bool) -> Query:
        """A province by its number or name, or an office by its letters."""
        typed = operator(term.text).strip()
        if country and re.fullmatch("[A-Za-z]{2}", typed):
            return Value("country", typed.upper())
        province = PROVINCES.get(typed) or values.keyword("region", typed)
        if province not in values.REGIONS:
            near = values.suggestions("region", typed)
            named = {
                "field": "region",
                "field_zh": "地区",
                "options": ", ".join(PROVINCES),
                "options_zh": "、".join(values.REGIONS),
            }
            raise QueryError("value", term.start, suggestions=near, found=typed[:40], **named)
        return Value("region", province)

    def _tail(self, token: Token) -> Part:
        """``@LX=UM,AI``, ``@CO=CN,US``."""
        name, _, given = token.text[1:].upper().partition("=")
        if status := STATUS.get(name.strip()):
            return Part(status, (token.start,) * len(leaves(status)))
        wanted = [each.strip() for each in given.split(",") if each.strip()]
        offices: dict[str, Query] = {each: Value("country", each) for each in wanted}
        known = {"LX": KINDS, "CO": offices}.get(name.strip(), {})
        if not wanted or any(each not in known for each in wanted):
            options = ("@LX=DI,UM,DP,AI", "@CO=CN,US", "@YX", "@SX")
            raise QueryError("tail", token.start, expected=options, found=token.text[:40], options=", ".join(options))
        tree = either(*(known[each] for each in wanted))
        return Part(tree, (token.start,) * len(leaves(tree)))


class _Writer(Writer):
    language = LANGUAGE
    AND, OR, BUT_NOT, NOT = "*", "+", " - ", "-"

    def whole(self, tree: Query) -> Written:
        """Kinds of document or a legal status that all must be of, at the end of a tree, are a restriction."""
        items = tree.items if isinstance(tree, And) else ()
        for count in (1, 2):
            if len(items) > count and (tail := tail_of(both(*items[-count:]))):
                self.node(both(*items[:-count]))
                self.emit(f" @{tail}")
                return self.written()
        return super().whole(tree)

    def is_bare(self, text: str) -> bool:
        coded = _GRAMMAR.match(f"{text}/TI")
        return coded is not None and coded[0] == text and one_word(text, _GRAMMAR)

    def fielded(self, field: str | None, text: str) -> str | None:
        code = self.codes.get(field) if field else ""
        return None if code is None else f"{text}/{code.upper()}" if code else text

    def value(self, value: Value) -> str | None:
        match value.field:
            case "region":
                return next((f"{code}/CO" for code, name in PROVINCES.items() if name == value.value), None)
            case "country":
                return self._same(f"{value.value}/CO", value)
            case "ipc":
                padded = _GROUP.sub(lambda found: f"{found[1]}{int(found[2]):03}{found[3]}", value.value)
                return self._same(f"{padded}/IC", value) or self._same(f"{value.value}/IC", value)
            case "number" | "cites":
                return self._same(super().value(value), value)
            case "application":
                return self._same(f"{value.value.removeprefix('CN')}/AN", value)
        return None

    def key_pattern(self, wild: Wild) -> str | None:
        digits = wild.pattern.removeprefix("CN").removesuffix("*")
        return self._same(self.fielded(wild.field, digits), wild)

    def range(self, span: Range) -> str | None:
        code = self.codes.get(span.field)
        if code is None:
            return None
        low, high = self.days(span)
        if not (low and high):
            self.tell("open_range", span)
        return f"{low or '19000101'}>{high or '20991231'}/{code.upper()}"

    def reference(self, ref: Ref) -> str | None:
        return f"({ref.number:03})" if ref.number <= 999 else None

    def _same(self, text: str | None, leaf: Query) -> str | None:
        """`text` if it is read back as `leaf`: numbers that look whole and are not, and the other way round, have no spelling."""
        try:
            return text if text and read(text).tree == leaf else None
        except QueryError:
            return None
