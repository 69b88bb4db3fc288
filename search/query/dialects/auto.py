"""Which language a text is in: by forms that only one of them has.

A text with such a form (`_SURE`) is read in its language, and a note says so: as words of the native language it would find nothing
that is meant. Where a form hints at a language but may be native too (`_MAYBE`), the native reading is kept, and a note shows the
other one if it differs. A text without either is native.
"""

import re
from dataclasses import replace
from functools import cache

from search.query.check import check
from search.query.dialects import dialect, native
from search.query.dialects.frame import Read
from search.query.errors import Note, QueryError, note
from search.query.render import render

LABELS = {
    "native": ("本系统的语言", "this system's own language"),
    "cql": ("Espacenet CQL", "Espacenet CQL"),
    "ppubs": ("USPTO PPUBS", "USPTO PPUBS"),
    "cprs": ("CPRS 检索语言", "CPRS"),
    "pss": ("国知局 PSS", "CNIPA PSS"),
    "google": ("Google Patents", "Google Patents"),
}
"""The languages in Chinese and English."""

_START, _END = r"(?<![^\s(（])", r"(?![^\s)）])"
_PPUBS = "ti|ttl|ab|aptx|clms?|spec|bsum|bstx|detd|aanm|asnm|as|inv?|atty?|lrag|cpca?|cipp|pn|did|pgnr|wku|ap|apnr|fmid|ccls|clas"
_PPUBS_DAYS = "pd|py|ad|apd|fd|ay|fy|prad"
_CQL = "ti|ab|ta|claims|desc|ctxt|ftxt|txt|pa|in|ia|ipc|cpc|cl|pn|ap|num|pd|ad|prd"
_CPRS = "TI|AB|TX|CS|CL|DS|PA|PO|IN|AG|AT|IC|MC|AN|PN|GN|AD|PD|GD|CO|DZ|PR|CT|CC|EC"

_SURE = {
    "cprs": (rf"/(?:{_CPRS})(?![^\s()（）*+\-＊＋－@])|@(?:LX|YX|SX|CO)\b|\([0-9]{{3}}\)\s*[*+\-]\s*\([0-9]{{3}}\)",),
    "ppubs": (
        rf"\.(?i:{_PPUBS}|{_PPUBS_DAYS})(?:,[a-z]{{2,4}})*\.{_END}|\[(?i:{_PPUBS})\]|@(?i:{_PPUBS_DAYS})\s*[<>=]"
        rf"|{_START}(?:ADJ|NEAR|WITH|SAME)[0-9]+{_END}|{_START}(?:TI|TTL|AB|CLM|SPEC|IN|CPC|AANM|PN)/[^\s/]",
    ),
    "cql": (rf"{_START}(?i:{_CQL})\s*[=<>]", rf"{_START}(?:and|or|not){_END}"),
    "google": (r"(?i:before|after):(?:(?i:priority|filing|publication):)?[0-9]|status:(?:GRANT|APPLICATION)\b",),
    "pss": (r"=\s*(?:[(（]\s*)?\+|日[)）]?\s*=\s*[(（]?[0-9]+[:：][0-9]+|发明类型\s*=",),
}
"""For each language what all must be found; the first that can be read is taken."""

_MAYBE = {
    "cql": (
        rf"{_START}(?i:prox)/|{_START}(?i:{_CQL})\s+(?i:all|any|within)\s|{_START}(?i:ap|cl|ct|cpcc|pr|ia|ta|txt|num|[fc]txt)\s*=",
    ),
    "ppubs": (rf"[a-z]\$|{_START}L[0-9]+{_END}|{_START}(?:XOR|WITH|SAME|(?i:adj|near)[0-9]+){_END}",),
    "pss": (r"[\u4e00-\u9fff)）]\s*[=＝<>≤≥]",),
    "google": (rf"{_START}-[^\s-]|(?i:assignee|inventor|country|tac):",),
    "cprs": (rf"/(?i:{_CPRS})(?![^\s()（）*+\-＊＋－@])|[0-9]>[0-9]+/",),
}


_SOME = (
    r"[/.@\[=＝<>≤≥$-]|\([0-9]|L[0-9]|XOR|WITH|SAME|\s(?i:all|any|within)\s|(?i:adj|near)[0-9]"
    r"|(?i:before|after|status|assignee|inventor|country|tac):"
)
"""What every form above has some of; most native queries have nothing of it."""


@cache
def forms(*, sure: bool) -> dict[str, tuple[re.Pattern[str], ...]]:
    """Compiled at first need: a server must start fast."""
    return {name: tuple(map(re.compile, each)) for name, each in (_SURE if sure else _MAYBE).items()}


def read(text: str) -> tuple[Read, str]:
    """The tree of `text` within the limits, and the name of the language it was read in; raises `QueryError`."""
    sure, failed = _first(text, _seen(text, sure=True))
    if sure:
        return sure
    if holed := next((error for error in failed.values() if error.code == "sign" and text[error.position] in "{}"), None):
        raise holed  # what a translation could not say: as native words it would be asked by mistake
    own, refused = _first(text, ["native"])
    others = [name for name in _seen(text, sure=False) if name not in failed]
    if own:
        return replace(own[0], notes=(*own[0].notes, *_other_failed(failed), *_other_reading(text, own[0], others))), "native"
    other, _ = _first(text, others)
    if other:
        return other
    raise next(iter((failed or refused).values()))


@cache
def some() -> re.Pattern[str]:
    """Found in every text that has a form."""
    return re.compile(_SOME)


def _seen(text: str, *, sure: bool) -> list[str]:
    if not some().search(text):
        return []
    return [name for name, each in forms(sure=sure).items() if all(form.search(text) for form in each)]


def _first(text: str, names: list[str]) -> tuple[tuple[Read, str] | None, dict[str, QueryError]]:
    """The first reading that succeeds, and why those before it did not."""
    failed: dict[str, QueryError] = {}
    for name in names:
        try:
            found = native.read(text) if name == "native" else dialect(name).read(text)
            check(found.tree, found.starts)
        except QueryError as error:
            failed[name] = error
        else:
            return (_said(found, name), name), failed
    return None, failed


def _said(found: Read, name: str) -> Read:
    if name == "native":
        return found
    zh, en = LABELS[name]
    return replace(found, notes=(note("read_as", 0, dialect_zh=zh, dialect=en), *found.notes))


def _other_failed(failed: dict[str, QueryError]) -> list[Note]:
    return [
        note(
            "other_failed", error.position, dialect_zh=LABELS[name][0], dialect=LABELS[name][1], reason_zh=error.zh, reason=error.en
        )
        for name, error in failed.items()
    ][:1]


def _other_reading(text: str, own: Read, names: list[str]) -> list[Note]:
    other, _ = _first(text, names)
    if other is None or other[0].tree == own.tree:
        return []
    zh, en = LABELS[other[1]]
    return [note("other_reading", 0, dialect_zh=zh, dialect=en, canonical=render(other[0].tree), name=other[1])]
