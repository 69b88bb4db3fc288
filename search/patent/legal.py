"""`status`: the legal status of an application at a day, with the log it follows from, in Chinese.

Not official: what a source does not tell (most do not tell fees) is said in the log and lowers the confidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from search.patent.happenings import Happening, told
from search.patent.model import Confidence, Legal, LegalEvent, Type
from search.patent.terms import Term, after, term

STATES = ("pending", "in_force", "discontinued", "lapsed", "expired", "invalid", "international", "unknown")
"""Pending; in force; ended before grant; ended by unpaid fees or given up; by its term; declared wholly invalid; an international
application, which grants nothing by itself; and what can't be told."""

_ENDS_BEFORE_GRANT: dict[Happening, str] = {"withdrawn": "撤回或视为撤回", "refused": "驳回", "abandoned": "放弃"}
_ENDS_AFTER: dict[Happening, tuple[str, str]] = {
    "lapsed": ("lapsed", "专利权终止"),
    "abandoned": ("lapsed", "放弃专利权"),
    "withdrawn": ("lapsed", "放弃专利权"),
    "expired": ("expired", "期限届满"),
    "invalid": ("invalid", "宣告全部无效"),
}
_LONG = 8
"""Years after which an application without news is more likely to have ended than to be pending."""

_LONGEST = 20
_NATIONAL_PHASE = 30
"""Months from the priority date (PCT article 22)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one application, by all its publications: ISO days; `given` are the events of sources, without those that
    this module wrote."""

    country: str
    type: Type | None
    filed: str | None = None
    priority: str | None = None
    published: str | None = None
    pre_grant: str | None = None
    granted: str | None = None
    given: tuple[LegalEvent, ...] = ()


def status(known: Known, today: date) -> Legal:
    """The status on `today`. `log` holds the events of sources as they were and the steps reckoned, each with its rule."""
    return _Case(known, today).legal()


class _Case:
    def __init__(self, known: Known, today: date) -> None:
        self.known = known
        self.today = today
        self.log: list[LegalEvent] = []
        self.given = sorted(known.given, key=lambda event: event.date)
        self.happened = sorted(_happened(known, today))
        self.filed = _day(known.filed) or self.first("filed")
        self.granted = self.grant()

    def legal(self) -> Legal:
        self.note(self.filed, "申请", None)
        self.note(_day(self.known.published), "公布", None)
        if self.known.country == "WO":
            return self.international()
        limit = self.limit()
        if self.granted is None:
            return self.before_grant(limit)
        return self.after_grant(limit)

    def grant(self) -> date | None:
        """The day of grant; before 1993 a Chinese publication was granted where nobody opposed it within three months."""
        stated = _day(self.known.granted) or self.first("granted")
        pre_grant = _day(self.known.pre_grant)
        if stated is None and pre_grant is not None:
            opposed = after(pre_grant, months=3)
            return opposed if opposed <= self.today else None
        return stated

    def limit(self) -> Term | None:
        """The end of the term: as the source says it, else by law."""
        said = [_day(event.date) for event in self.given if told(event.event) == "term"]
        if said and said[-1]:
            return Term(said[-1], "来源数据给出的预计终止日（含期限调整）")
        return term(self.known.country, self.known.type, self.filed, self.granted)

    def before_grant(self, limit: Term | None) -> Legal:
        ended = self.last(_ENDS_BEFORE_GRANT)
        if ended:
            day, what = ended
            return self.made("discontinued", day, f"{_ENDS_BEFORE_GRANT[what]}，未获授权", "来源数据中的法律事件", "high")
        latest = after(self.filed, years=_LONGEST) if self.filed else None
        if latest and latest <= self.today:
            return self.made(
                "discontinued", latest, "未见授权，且已超过最长保护期限", limit.rule if limit else "自申请日起 20 年", "high"
            )
        if self.filed is None and self.known.published is None:
            return self.made("unknown", None, "申请日与公布日均不详", "数据不足，不作推断", "low")
        began = self.filed or _day(self.known.published)
        old = began is not None and after(began, years=_LONG) <= self.today
        rule = f"申请已逾 {_LONG} 年而未见授权或终止的记录，可能已终止" if old else "已申请，未见授权、驳回或撤回的记录"
        return self.made("pending", began, "审中", rule, "low" if old else "medium", latest)

    def after_grant(self, limit: Term | None) -> Legal:
        assert self.granted is not None
        guessed = self.known.granted is None and self.first("granted") is None
        self.note(self.granted, "授权", "专利法（1984）第三十九条：审定公告后三个月无异议即授权" if guessed else None)
        ended = self.last(_ENDS_AFTER)
        if ended and (limit is None or ended[0] <= limit.end):
            state, what = _ENDS_AFTER[ended[1]]
            return self.made(state, ended[0], what, "来源数据中的法律事件", "high")
        if limit is None:
            return self.made("unknown", self.granted, "已授权，期限不详", "没有这个国家或地区的期限规则", "low")
        if limit.end <= self.today:
            return self.made("expired", limit.end, "期限届满", limit.rule, "high" if limit.sure else "medium")
        self.log.append(LegalEvent(date=limit.end.isoformat(), event="预计期限届满", rule=limit.rule))
        sure: Confidence = "low" if guessed else "medium"
        return self.made("in_force", self.granted, "有效", "已授权、期限未满；年费缴纳情况未知", sure, limit.end)

    def international(self) -> Legal:
        """An international application grants nothing by itself."""
        began = _day(self.known.priority) or self.filed
        if began is None:
            return self.made("unknown", None, "优先权日与申请日均不详", "数据不足，不作推断", "low")
        end = after(began, months=_NATIONAL_PHASE)
        rule = f"专利合作条约第 22 条：自优先权日起 {_NATIONAL_PHASE} 个月内进入国家阶段"
        if end > self.today:
            return self.made("international", self.filed or began, "国际阶段", rule, "high", end)
        return self.made("international", end, "国际阶段已结束；是否进入国家阶段见同族", rule, "high")

    def made(  # noqa: PLR0917 - one line of a verdict: what, since when, why
        self, state: str, since: date | None, what: str, rule: str, confidence: Confidence, change: date | None = None
    ) -> Legal:
        self.log.append(LegalEvent(date=(since or self.today).isoformat(), event=what, rule=f"{rule}（{_SURE[confidence]}）"))
        return Legal(
            status=state,
            since=since.isoformat() if since else None,
            next_change=change.isoformat() if change else None,
            confidence=confidence,
            log=tuple(sorted((*self.given, *self.log), key=lambda event: event.date)),
        )

    def note(self, day: date | None, what: str, rule: str | None) -> None:
        """A step that is reckoned from the publications, unless a source says the same."""
        if day and not any(event.date == day.isoformat() and what in event.event for event in self.known.given):
            self.log.append(LegalEvent(date=day.isoformat(), event=what, rule=rule or "据公布文献"))

    def first(self, what: Happening) -> date | None:
        return next((day for day, happening in self.happened if happening == what), None)

    def last(self, ends: dict[Happening, str] | dict[Happening, tuple[str, str]]) -> tuple[date, Happening] | None:
        """The event of `ends` that holds: the latest, unless the right was restored since."""
        found = [(day, what) for day, what in self.happened if what in ends or what == "restored"]
        return found[-1] if found and found[-1][1] != "restored" else None


_SURE = {"high": "置信度高", "medium": "置信度中", "low": "置信度低"}


def _happened(known: Known, today: date) -> Iterator[tuple[date, Happening]]:
    for event in known.given:
        what, day = told(event.event), _day(event.date)
        if what and what != "term" and day and day <= today:
            yield day, what


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
