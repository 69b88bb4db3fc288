"""The legal status of each publication of an application, from all of them together; and when it is due to be reckoned.

A record's log holds what its own source says without a rule, so that a later reckoning takes its evidence from the record; what
the source of another publication says stands in it with that publication as its rule.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from search.patent.legal import Known, status
from search.patent.model import Legal, LegalEvent, Patent

_ENDED = frozenset({"discontinued", "lapsed", "expired", "invalid"})
_ALIVE = frozenset({"pending", "in_force", "unknown"})
_GRANTING = ("B", "C", "D", "U", "Y", "S", "P", "E")
"""Letters of kinds that only a grant has; a correction's stage does not tell of what it is one."""

Events = tuple[LegalEvent, ...]


def reckoned(publications: Sequence[Patent], today: date) -> dict[str, Legal]:
    """The status on `today` of each publication of one application, by its number."""
    told: dict[tuple[str, str], str] = {}
    for patent in publications:
        for event in events(patent.legal):
            told.setdefault((event.date, event.event), patent.number)
    found = _stated(status(known(publications), today), publications)
    return {patent.number: _own(patent, found, told) for patent in publications}


def known(publications: Sequence[Patent]) -> Known:
    """What the publications of one application tell together."""
    given = dict.fromkeys(event for patent in publications for event in events(patent.legal))
    return Known(
        country=publications[0].country,
        type=next((patent.type for patent in publications if patent.type), None),
        filed=_first(patent.application.date for patent in publications if patent.application),
        priority=_first(priority.date for patent in publications for priority in patent.priorities),
        published=_published(publications, lambda patent: patent.stage == "published"),
        pre_grant=_published(publications, lambda patent: patent.stage == "pre_grant"),
        granted=_published(publications, lambda patent: patent.stage == "granted") or _published(publications, _after_grant),
        given=tuple(given),
    )


def due(patent: Patent) -> bool:
    """Whether the status is to be reckoned whatever the day: it never was, or the record has changed since."""
    return patent.legal is None or patent.legal.version != patent.version


def events(legal: Legal | None) -> Events:
    """What the record's source says has happened."""
    return tuple(event for event in legal.log if event.rule is None) if legal else ()


def said(legal: Legal | None) -> tuple[str | None, Events]:
    """All that the record's source says: the status and the events, whether or not it was reckoned since."""
    if legal is None:
        return None, ()
    given = legal.status if legal.version is None else legal.given
    return (None if given == "unknown" else given), events(legal)


def with_said(legal: Legal, new: Legal) -> Legal:
    """A reckoned status that stands until it is reckoned again, with what a better or later source says."""
    given, heard = said(new)
    steps = (*heard, *(event for event in legal.log if event.rule is not None))
    return msgspec.structs.replace(legal, given=given, log=tuple(sorted(steps, key=lambda event: event.date)))


def stale(legal: Legal | None) -> Legal | None:
    """A status that comes with a record from elsewhere: one that was reckoned there is due to be reckoned here."""
    return legal if legal is None or legal.version is None else msgspec.structs.replace(legal, version=0)


def _stated(found: Legal, publications: Iterable[Patent]) -> Legal:
    """An end that a source states without an event of its own is believed, less surely."""
    for patent in publications:
        given, _ = said(patent.legal)
        if given in _ENDED and found.status in _ALIVE and patent.publication_date:
            step = LegalEvent(
                date=patent.publication_date, event=f"来源数据标明的状态：{given}", rule="来源数据未给出日期（置信度中）"
            )
            log = tuple(sorted((*found.log, step), key=lambda event: event.date))
            return msgspec.structs.replace(found, status=given, since=None, next_change=None, confidence="medium", log=log)
    return found


def _own(patent: Patent, found: Legal, told: dict[tuple[str, str], str]) -> Legal:
    """As it stands in one of the records."""
    own = {(event.date, event.event) for event in events(patent.legal)}
    log = tuple(
        event
        if event.rule is not None or (event.date, event.event) in own
        else msgspec.structs.replace(event, rule=f"来源数据，见 {told[event.date, event.event]}")
        for event in found.log
    )
    return msgspec.structs.replace(found, given=said(patent.legal)[0], version=patent.version, log=log)


def _after_grant(patent: Patent) -> bool:
    """A later publication of a right that was granted: by then it was."""
    corrected = patent.stage == "corrected" and (patent.kind or "").startswith(_GRANTING)
    return patent.stage == "partly_invalidated" or (corrected and patent.country != "WO")


def _published(publications: Sequence[Patent], wanted: Callable[[Patent], bool]) -> str | None:
    return _first(patent.publication_date for patent in publications if wanted(patent))


def _first(days: Iterable[str | None]) -> str | None:
    return min((day for day in days if day), default=None)
