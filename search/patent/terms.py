"""How long a patent lasts: the law of each office in the version that holds for the filing.

Chinese terms are counted from the filing date and end on its anniversary, the first day without protection (Guidelines for
Examination, part 5, chapter 9, 2.1: filed 1999-09-06, protected to 2009-09-05, ended 2009-09-06).  Laws: patent law of China of
1984, 1992, 2000 and 2020; 35 U.S.C. 154 and 173; EPC article 63; Japan, articles 67 of the patent and 21 of the design act; Korea,
articles 88 and 91.  What no rule tells is ``None``.
"""

import calendar
from dataclasses import dataclass
from datetime import date

from search.patent.model import Type


@dataclass(frozen=True, slots=True)
class Term:
    """`end` is the first day without protection, `rule` says why, `sure` is False where the law lets it be longer."""

    end: date
    rule: str
    sure: bool = True


def after(day: date, *, years: int = 0, months: int = 0) -> date:
    """The same day so much later, the last of the month where it has no such day (Implementing Regulations, rule 5)."""
    whole = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def term(country: str, type: Type | None, filed: date | None, granted: date | None) -> Term | None:  # noqa: A002 - the record's word
    """The term of a right of `type`, filed and granted on these days."""
    rule = _OFFICES.get(country)
    return rule(type or "invention", filed, granted) if rule and filed else None


def _china(type: Type, filed: date, _granted: date | None) -> Term | None:  # noqa: A002
    match type:
        case "invention" if filed < _CN_1992 and after(filed, years=15) <= _WTO:
            return Term(after(filed, years=15), "专利法（1984）第四十五条：发明 15 年，自申请日起算")
        case "invention" if filed < _CN_1992:
            return Term(after(filed, years=20), "专利法（1984）发明 15 年；2001-12-11 仍有效的延长为自申请日起 20 年")
        case "invention":
            return Term(after(filed, years=20), "专利法第四十二条：发明 20 年，自申请日起算")
        case "utility_model" | "design" if filed < _CN_1992:
            return Term(after(filed, years=8), "专利法（1984）第四十五条：5 年，可续展 3 年，自申请日起算", sure=False)
        case "utility_model":
            return Term(after(filed, years=10), "专利法第四十二条：实用新型 10 年，自申请日起算")
        case "design" if filed >= _CN_2020:
            return Term(after(filed, years=15), "专利法（2020 修正）第四十二条：2021-06-01 起申请的外观设计 15 年，自申请日起算")
        case "design":
            return Term(after(filed, years=10), "专利法（2008 修正）第四十二条：2021-06-01 前申请的外观设计 10 年，自申请日起算")
    return None


def _united_states(type: Type, filed: date, granted: date | None) -> Term | None:  # noqa: A002
    match type:
        case "design" if granted:
            years = 15 if filed >= _US_HAGUE else 14
            return Term(after(granted, years=years), f"35 U.S.C. 173：外观设计 {years} 年，自授权日起算")
        case "design":
            return None
        case _ if filed < _US_URAA and granted:
            longer = max(after(granted, years=17), after(filed, years=20))
            return Term(longer, "35 U.S.C. 154(c)：1995-06-08 前申请的，自授权日 17 年或自申请日 20 年，取长者", sure=False)
    return Term(after(filed, years=20), "35 U.S.C. 154(a)：20 年，自最早的美国申请日起算；期限调整（PTA）未计", sure=False)


def _europe(_type: Type, filed: date, _granted: date | None) -> Term:
    return Term(after(filed, years=20), "欧洲专利公约第 63 条：20 年，自申请日起算；各指定国分别维持", sure=False)


def _japan(type: Type, filed: date, granted: date | None) -> Term | None:  # noqa: A002
    match type:
        case "utility_model":
            return Term(after(filed, years=10), "日本实用新案法第 15 条：10 年，自申请日起算", sure=filed >= _JP_2005)
        case "design" if filed >= _JP_2020:
            return Term(after(filed, years=25), "日本意匠法第 21 条：2020-04-01 起申请的 25 年，自申请日起算")
        case "design" if granted:
            years = 20 if filed >= _JP_2007 else 15
            return Term(after(granted, years=years), f"日本意匠法第 21 条（旧）：{years} 年，自登记日起算")
        case "design":
            return None
    return Term(after(filed, years=20), "日本特许法第 67 条：20 年，自申请日起算；延长登记未计", sure=False)


def _korea(type: Type, filed: date, granted: date | None) -> Term | None:  # noqa: A002
    match type:
        case "utility_model":
            return Term(after(filed, years=10), "韩国实用新案法第 22 条：10 年，自申请日起算")
        case "design" if filed >= _KR_2014:
            return Term(after(filed, years=20), "韩国设计保护法第 91 条：2014-07-01 起申请的 20 年，自申请日起算")
        case "design":
            return Term(after(granted, years=15), "韩国设计保护法（旧）：15 年，自登记日起算") if granted else None
    return Term(after(filed, years=20), "韩国专利法第 88 条：20 年，自申请日起算；延长登记未计", sure=False)


_CN_1992, _CN_2020, _WTO = date(1993, 1, 1), date(2021, 6, 1), date(2001, 12, 11)
_US_URAA, _US_HAGUE = date(1995, 6, 8), date(2015, 5, 13)
_JP_2005, _JP_2007, _JP_2020 = date(2005, 4, 1), date(2007, 4, 1), date(2020, 4, 1)
_KR_2014 = date(2014, 7, 1)
_OFFICES = {"CN": _china, "US": _united_states, "EP": _europe, "JP": _japan, "KR": _korea}
