"""`Relatives`: what is held around a document. Every count is exact within what is loaded."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from auth.clock import Clock, day, now
from search.engine import layout
from search.engine.model import Hit, Request, Sort
from search.engine.port import PatentReader
from search.find.labels import label
from search.find.relatives.answers import Citations, Cited, Citing, Family, LegalStatus, Relative, Rule
from search.find.relatives.applications import applications, filed
from search.patent import numbers
from search.patent.model import Citation, Patent
from search.patent.standing import reckoned
from search.query.render import render
from search.query.tree import Listed, Query, Value

MEMBERS = 200
CITING = 100
_SIBLINGS = 200
_LISTED = 10_000
"""Members by priorities that are listed to the engine; no family known has a tenth of it."""

_OLDEST, _NEWEST = Sort("publication_date", descending=False), Sort("publication_date")
_RULES: dict[Rule, tuple[str, str]] = {
    "family": ("同族号相同（来源数据给出）", "the same family, as sources name it"),
    "priorities": ("至少有一项相同的优先权", "at least one priority in common"),
    "application": ("同一申请的公布文献", "publications of one application"),
    "alone": ("没有同族号、优先权或申请号可比", "no family, priority or application to compare by"),
}
_WITHIN = (
    "被引用次数只统计已收录的文献，任何文献种类均计入；引用栏注明哪些已收录。",
    "Citing documents are counted within what is loaded, under any kind of this one; of cited ones it is said which are held.",
)
_UNOFFICIAL = (
    "由已收录的公布文献和来源数据按规则推算，不是官方结论；以专利登记簿副本为准。",
    "Reckoned by rules from the publications and sources loaded; not official. The register of the office decides.",
)


class _Held(msgspec.Struct, frozen=True):
    number: str
    stage: str | None = None
    publication_date: str | None = None
    titles: dict[str, str] = {}
    citations: tuple[Citation, ...] = ()


_held = msgspec.json.Decoder(_Held)


class Relatives:
    """Answers from one engine; `lang` is zh or en."""

    def __init__(self, reader: PatentReader, clock: Clock = now) -> None:
        self._reader = reader
        self._clock = clock

    def family(self, patent: Patent, lang: str) -> Family:
        """By the family that sources name, else by shared priorities, an application counting as a priority of itself, else by the
        application."""
        rule, asked = self._members(patent)
        found = self._reader.search(Request(asked, sort=_OLDEST, size=MEMBERS, whole=False))
        return Family(
            number=patent.number,
            rule=rule,
            said=_in(lang, _RULES[rule]),
            total=found.total,
            members=[Relative(**_short(one)) for one in _read(found.hits)],
            family=patent.family,
            query=render(asked) if rule == "family" else None,
        )

    def citations(self, patent: Patent, lang: str) -> Citations:
        """What it cites, and what cites its number under any kind."""
        held = self._held_of(patent.citations)
        asked = Value("cites", patent.number if patent.stage == "application" else patent.country + patent.doc_number)
        found = self._reader.search(Request(asked, sort=_NEWEST, size=CITING))
        own = frozenset(layout.publication_keys(asked.value))
        return Citations(
            number=patent.number,
            cited_total=len(patent.citations),
            cited_held=sum(1 for each in patent.citations if held[each.number]),
            citing_total=found.total,
            said=_in(lang, _WITHIN),
            query=render(asked),
            cited=[Cited(held=held[each.number], **msgspec.structs.asdict(each)) for each in patent.citations],
            npl=list(patent.npl),
            citing=[_citing(one, own) for one in _read(found.hits)],
        )

    def legal(self, patent: Patent, lang: str) -> LegalStatus:
        """The status today, whether or not `patentry legal run` has come by."""
        today = day(self._clock())
        together = next(applications(self._reader, [patent], most=_SIBLINGS), [patent])
        if patent.number not in {one.number for one in together}:  # deleted since, or one of too many
            together = [*together, patent]
        found = reckoned(together, today)[patent.number]
        assert found.confidence is not None
        indexed = patent.legal.status if patent.legal else None
        return LegalStatus(
            number=patent.number,
            as_of=today.isoformat(),
            status=found.status,
            label=label("legal", found.status, lang),
            confidence=found.confidence,
            log=list(found.log),
            publications=sorted(one.number for one in together),
            said=_in(lang, _UNOFFICIAL),
            since=found.since,
            next_change=found.next_change,
            indexed=indexed if indexed != found.status else None,
        )

    def _members(self, patent: Patent) -> tuple[Rule, Query]:
        if patent.family:
            return "family", Value("family", patent.family)
        claimed = [priority.number for priority in patent.priorities if priority.number]
        own = filed(patent)
        keys = sorted({key for number in (*claimed, *filter(None, [own])) for key in numbers.application_keys(number)})
        sharing = self._reader.resolve(keys, of="priority") if keys else []
        filings = self._reader.resolve(keys, of="application") if keys else []
        together = dict.fromkeys((patent.number, *sharing, *filings))
        rule: Rule = "priorities" if sharing else "application" if own else "alone"
        return rule, Listed(tuple(together)[:_LISTED])

    def _held_of(self, citations: Iterable[Citation]) -> dict[str, list[str]]:
        """Of each cited number the publication held, else those of its other kinds."""
        wanted = {each.number: layout.publication_keys(each.number) for each in citations}
        keys = list(dict.fromkeys(key for some in wanted.values() for key in some))
        by_key: dict[str, list[str]] = {}
        for number in self._reader.resolve(keys) if keys else ():
            for key in layout.publication_keys(number):
                by_key.setdefault(key, []).append(number)
        found: dict[str, list[str]] = {}
        for number, some in wanted.items():
            every = list(dict.fromkeys(one for key in some for one in by_key.get(key, ())))
            found[number] = [number] if number in every else every
        return found


def _read(hits: Sequence[Hit]) -> list[_Held]:
    return [_held.decode(hit.document) for hit in hits if hit.document is not None]


def _citing(one: _Held, own: frozenset[str]) -> Citing:
    """How it cites the number whose keys are `own`."""
    by = next((each for each in one.citations if own.intersection(layout.publication_keys(each.number))), Citation(number=""))
    return Citing(cited_as=by.number or None, category=by.category, phase=by.phase, **_short(one))


def _short(one: _Held) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Relative.__struct_fields__}


def _in(lang: str, words: tuple[str, str]) -> str:
    return words[lang != "zh"]
