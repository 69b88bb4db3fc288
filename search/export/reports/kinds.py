"""Which chapters each report has, and which tables stand in them: the four of S0 L7 and L15, and that of S3 L133.

The chapters are words of `words.toml`. What S3 L154 asks of an industry's report (整体分布, 分支技术领域, 专利权人, 专利状况) is
in the second.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from search.export.reports.order import Asked, Kind

Where = Literal["home", "abroad"]


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest publications, at home or abroad."""

    where: Where


@dataclass(frozen=True, slots=True)
class Rivals:
    """The newest publications of each applicant named or found."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The field's first main groups in which the enterprise has nothing."""


@dataclass(frozen=True, slots=True)
class Further:
    """What another room writes, by the name it was given to `Reporter` with; where nothing comes, no chapter."""

    name: Literal["branches", "effects"]


Item = Asked | Newest | Rivals | Gaps | Further


@dataclass(frozen=True, slots=True)
class Chapter:
    """`heading` is a word."""

    heading: str
    items: tuple[Item, ...]


_TREND = Chapter("c_trend", (Asked("trend"),))
_OFFICES = (Asked("custom", ("country",)), Asked("custom", ("origin",)))

CHAPTERS: Mapping[Kind, tuple[Chapter, ...]] = {
    "latest": (
        _TREND,
        Chapter("c_home_abroad", (*_OFFICES, Asked("custom", ("country", "publication_year")))),
        Chapter("c_newest", (Newest("home"), Newest("abroad"))),
        Chapter("c_newcomers", (Asked("parties", ("applicant",), part="parties.newcomers"),)),
        Chapter("c_rising", (Asked("hot"),)),
    ),
    "layout": (
        Chapter("c_trend", (Asked("trend"), Asked("lifecycle"))),
        Chapter("c_where", (Asked("custom", ("country",)), Asked("regions"))),
        Chapter(
            "c_technology", (Asked("classes", ("field", "subclass", "group")), Asked("custom", ("subclass", "application_year")))
        ),
        Chapter("c_branches", (Further("branches"),)),
        Chapter("c_effects", (Further("effects"),)),
        Chapter("c_owners", (Asked("parties", ("applicant",)), Asked("matrix", ("applicant", "subclass")))),
        Chapter("c_together", (Asked("network"),)),
        Chapter("c_legal", (Asked("legal", ("legal", "type")),)),
    ),
    "competitors": (
        Chapter("c_owners", (Asked("parties", ("applicant",)),)),
        Chapter("c_compared", (Asked("competitors"),)),
        Chapter("c_where", (Asked("matrix", ("applicant", "country")),)),
        Chapter("c_together", (Asked("network"),)),
        Chapter("c_newest", (Rivals(),)),
    ),
    "hot": (
        Chapter("c_hot", (Asked("hot"),)),
        Chapter("c_technology", (Asked("classes", ("group", "subgroup")), Asked("custom", ("group", "application_year")))),
        Chapter("c_cited", (Asked("citations"),)),
        Chapter("c_owners", (Asked("matrix", ("applicant", "group")),)),
    ),
    "mining": (
        Chapter("c_field", (Asked("trend"), Asked("classes", ("group",)), Asked("custom", ("country",)))),
        Chapter(
            "c_own",
            (
                Asked("trend", own=True),
                Asked("classes", ("group",), own=True),
                Asked("custom", ("country",), own=True),
                Asked("legal", ("legal", "type"), own=True),
            ),
        ),
        Chapter("c_compared", (Asked("competitors", ("group",)),)),
        Chapter("c_effects", (Further("effects"),)),
        Chapter("c_gaps", (Gaps(),)),
        Chapter("c_rising", (Asked("hot"),)),
    ),
    "free": (),
}
