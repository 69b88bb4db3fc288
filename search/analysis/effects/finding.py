"""A document's findings: each effect that a sentence of its abstract or claims says, with its means and its place."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from search.analysis.effects.heads import alone
from search.analysis.effects.means import about, means
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
    corrected: bool = False


Corrections = Mapping[tuple[str, str, str], Correction]
"""(document, sentence, effect found) -> the correction that stands."""


def digest(sentence: str) -> str:
    """Sixteen hexadecimal digits for a sentence: a correction keeps to its text, not to its place."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one document gave: the language it was read in, ``None`` where it has an abstract or claims in neither, how many
    sentences that were, and how many of the effects found a correction says to be none. `nouns` at the ends of its means stand
    alone in it (`search.analysis.effects.heads`)."""

    lang: str | None
    sentences: int = 0
    findings: tuple[Finding, ...] = ()
    removed: int = 0
    nouns: frozenset[str] = frozenset()


def read(patent: Patent, lang: str, corrections: Corrections) -> Reading:
    """The document read in the language, or in the other one where it has no text in it."""
    spoken = next((each for each in sorted(LANGUAGES, key=lambda each: each != lang) if _has(patent, each)), None)
    if spoken is None:
        return Reading(None)
    sentences = list(_sentences(patent, spoken))
    found = list(_found(patent, spoken, sentences))
    kept = tuple(each for each in (_corrected(each, corrections) for each in found) if each is not None)
    text = plain(" ".join(each for _, _, each in sentences), spoken)
    nouns = frozenset(noun for by in {plain(each.means, spoken) for each in kept} for noun in alone(by, text))
    return Reading(spoken, len(sentences), kept, len(found) - len(kept), nouns)


_Sentence = tuple[str, int, str]
"""The field, where the sentence begins in its text, and itself."""


def plain(text: str, lang: str) -> str:
    """As words are counted together: in English whatever their case."""
    return text.lower() if lang == "en" else text


def _has(patent: Patent, lang: str) -> bool:
    return lang in patent.abstracts or any(claim.lang == lang for claim in patent.claims)


def _texts(patent: Patent, lang: str) -> Iterator[tuple[str, str]]:
    if abstract := patent.abstracts.get(lang):
        yield "abstract", abstract
    for claim in patent.claims:
        if claim.lang == lang:
            yield f"claims/{claim.number}", claim.text


def _sentences(patent: Patent, lang: str) -> Iterator[_Sentence]:
    for field, text in _texts(patent, lang):
        yield from ((field, start, text[start:end]) for start, end in bounds(text))


def _found(patent: Patent, lang: str, sentences: Iterable[_Sentence]) -> Iterator[Finding]:
    whole = about(patent.abstracts.get(lang, ""), patent.titles.get(lang, ""), lang)
    for field, start, text in sentences:
        for each in said(text, lang):
            by = means(text, lang, before=each.start) or whole
            yield Finding(
                number=patent.number,
                field=field,
                lang=lang,
                start=start,
                end=start + len(text),
                text=text,
                words=(each.start, each.end),
                sentence=digest(text),
                found=each.effect,
                effect=each.effect,
                means=by,
            )


def _corrected(found: Finding, corrections: Corrections) -> Finding | None:
    """As it was corrected; ``None`` for what was said to be no effect."""
    correction = corrections.get((found.number, found.sentence, found.found))
    if correction is None:
        return found
    if correction.effect is None:
        return None
    by = found.means if correction.means is None else correction.means
    return replace(found, effect=correction.effect, means=by, corrected=True)
