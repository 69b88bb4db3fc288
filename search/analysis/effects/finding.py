"""A document's findings: each effect that a sentence of its abstract or claims says, with its means and its place."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from search.analysis.effects.means import about, head, means
from search.analysis.effects.sentence import said
from search.analysis.effects.store import Correction
from search.patent.model import Patent
from search.text.sentences import bounds

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Finding:
    """`field` is ``abstract``, or ``claims/3`` for claim 3; `start` and `end` are code points of the sentence in that text, `words`
    where in the sentence the effect is said. `sentence` stands for the sentence's text, wherever it comes to stand. `found` is the
    effect as it was found and `effect` as it was corrected."""

    number: str
    field: str
    lang: str
    start: int
    end: int
    text: str
    words: tuple[int, int]
    sentence: str
    found: str
    effect: str
    means: str
    head: str
    corrected: bool = False


Corrections = Mapping[tuple[str, str, str], Correction]
"""(document, sentence, effect found) -> the correction that stands."""


def digest(sentence: str) -> str:
    """Sixteen hexadecimal digits for a sentence: a correction keeps to its text, not to its place."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def findings(patent: Patent, lang: str, corrections: Corrections) -> Iterator[Finding]:
    """Those of the document in the language, or in the other one where it has no text in it."""
    spoken = next((each for each in sorted(LANGUAGES, key=lambda each: each != lang) if _has(patent, each)), None)
    if spoken is None:
        return
    for field, text in _texts(patent, spoken):
        whole = about(patent.abstracts.get(spoken, ""), patent.titles.get(spoken, ""), spoken)
        for start, end in bounds(text):
            for each in _of(patent.number, field, spoken, text[start:end], whole):
                made = replace(each, start=start, end=end)
                if (kept := _corrected(made, corrections)) is not None:
                    yield kept


def _has(patent: Patent, lang: str) -> bool:
    return lang in patent.abstracts or any(claim.lang == lang for claim in patent.claims)


def _texts(patent: Patent, lang: str) -> Iterator[tuple[str, str]]:
    if abstract := patent.abstracts.get(lang):
        yield "abstract", abstract
    for claim in patent.claims:
        if claim.lang == lang:
            yield f"claims/{claim.number}", claim.text


def _of(number: str, field: str, lang: str, text: str, whole: str) -> Iterator[Finding]:
    for each in said(text, lang):
        by = means(text, lang, before=each.start) or whole
        yield Finding(
            number=number,
            field=field,
            lang=lang,
            start=0,
            end=0,
            text=text,
            words=(each.start, each.end),
            sentence=digest(text),
            found=each.effect,
            effect=each.effect,
            means=by,
            head=head(by, lang) if by else "",
        )


def _corrected(found: Finding, corrections: Corrections) -> Finding | None:
    """As it was corrected; ``None`` for what was said to be no effect."""
    correction = corrections.get((found.number, found.sentence, found.found))
    if correction is None:
        return found
    if correction.effect is None:
        return None
    by = found.means if correction.means is None else correction.means
    return replace(found, effect=correction.effect, means=by, head=head(by, found.lang) if by else "", corrected=True)
