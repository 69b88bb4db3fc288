"""Which claims a claim refers to, read out of its words, and who cited a publication, out of the offices' codes."""

import re

_CHINESE = re.compile(
    r"权利要求书?(?:第)?\s?(\d{1,4}(?:\s?(?:项)?\s?(?:至|到|[-~～—–]|和|或|及|与|以及|或者|或者是|、|，|,|/)\s?(?:权利要求)?第?\s?\d{1,4})*)"
)
_ENGLISH = re.compile(
    r"\bclaims?\s+(\d{1,4}(?:\s?(?:to|through|[-–]|,|and|or|and/or|,\s?(?:and|or))\s?(?:claims?\s+)?\d{1,4}\b)*)", re.IGNORECASE
)
_RANGE = re.compile(r"(\d+)\s?(?:项)?\s?(?:(?:至|到|[-~～—–]|to|through)\s?(?:权利要求)?第?\s?(\d+))?", re.IGNORECASE)

_PHASES = {
    "APP": "applicant",
    "EXA": "examiner",
    "OPP": "opposition",
    "ISR": "search",
    "PRS": "search",
    "SEA": "search",
    "SUP": "search",
    "TPO": "third party",
}


def claims(text: str, number: int) -> tuple[int, ...]:
    """The earlier claims that claim `number` with this text refers to (``根据权利要求1至3中任一项所述``, ``of claims 1 or 2``).

    `text` is in its normal form: one blank at most between two signs.
    """
    found: set[int] = set()
    for phrase in (*_CHINESE.findall(text), *_ENGLISH.findall(text)):
        for first, last in _RANGE.findall(phrase):
            found.update(range(int(first), min(int(last or first), number) + 1))
    return tuple(sorted(claim for claim in found if 0 < claim < number))


def phase(code: str | None) -> str | None:
    """Who cited, from the three letters of DOCDB; an unknown code as it is, in lower case."""
    return _PHASES.get(code, code.lower()) if code else None
