"""What stands around a document on its page: legal status, family, citations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.find.relatives.answers import Citations, Citing, Family, LegalStatus, Relative
from search.find.relatives.service import Relatives
from search.patent.model import Patent
from search.web.shown import State, in_order, state
from search.web.words import Words

SHOWN = 50
"""Relatives of each kind on the page; what cites a document, and a family of a name, can be opened whole."""

_LIGHTS: Mapping[str, tuple[str, str]] = {
    "in_force": ("●", "good"),
    "pending": ("○", "wait"),
    "international": ("○", "wait"),
    "discontinued": ("✕", "bad"),
    "lapsed": ("✕", "bad"),
    "expired": ("✕", "bad"),
    "invalid": ("✕", "bad"),
    "unknown": ("?", "held"),
}


@dataclass(frozen=True, slots=True)
class Kin:
    """A relative as a row."""

    number: str
    date: str
    state: State | None
    title: str
    title_lang: str
    category: str = ""
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What the template shows; `held` has the document held of each cited number, `light` the legal status."""

    legal: LegalStatus
    light: State
    family: Family
    members: Sequence[Kin]
    citations: Citations
    citing: Sequence[Kin]
    held: Mapping[str, Sequence[str]]


def around(relatives: Relatives, patent: Patent, t: Words) -> Around:
    """All of it, by as many questions to the engine as it takes."""
    legal = relatives.legal(patent, t.lang)
    family = relatives.family(patent, t.lang)
    citations = relatives.citations(patent, t.lang)
    return Around(
        legal=legal,
        light=State(*_LIGHTS[legal.status], legal.label),
        family=family,
        members=[_kin(member, t) for member in family.members[:SHOWN]],
        citations=citations,
        citing=[_kin(each, t) for each in citations.citing[:SHOWN]],
        held={each.number: each.held for each in citations.cited},
    )


def _kin(one: Relative, t: Words) -> Kin:
    lang, title = next(iter(in_order(one.titles, t.lang)), ("", ""))
    how = (one.category or "", one.phase or "") if isinstance(one, Citing) else ("", "")
    return Kin(one.number, one.publication_date or "", state(one.stage, t.lang), title, lang, *how)
