"""Organisations, and the dated marks by which an enterprise counts for a target."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What an organisation is. The tree 国家—省—市—区 is made of bureaus; a service centre (服务中心) acts for its bureau."""

    BUREAU = "bureau"
    SERVICE_CENTRE = "service_centre"
    AGENCY = "agency"
    LIBRARY = "library"
    MAKERSPACE = "makerspace"
    ENTERPRISE = "enterprise"


BUREAUS = frozenset({Kind.BUREAU, Kind.SERVICE_CENTRE})
"""They have others under them."""

AGENCIES = frozenset({Kind.AGENCY, Kind.LIBRARY, Kind.MAKERSPACE})
"""They hold links and serve enterprises."""


class Mark(StrEnum):
    """What is officially said of an enterprise, each with its document. Values where a mark has grades: `MARK_VALUES`."""

    SIZE_CLASS = "size_class"
    AGRICULTURAL_LEADER = "agricultural_leader"
    KEY_CONTACT_UNIT = "key_contact_unit"
    KEY_CULTIVATION = "key_cultivation"
    DEMONSTRATION = "demonstration"
    ADVANTAGE = "advantage"
    HIGH_TECH = "high_tech"
    SPECIALISED = "specialised"


_LEVELS = ("national", "provincial", "municipal", "county")

MARK_VALUES: dict[Mark, tuple[str, ...]] = {
    Mark.SIZE_CLASS: ("micro", "small", "medium", "large"),
    Mark.AGRICULTURAL_LEADER: _LEVELS,
    Mark.KEY_CONTACT_UNIT: ("",),
    Mark.KEY_CULTIVATION: ("",),
    Mark.DEMONSTRATION: _LEVELS,
    Mark.ADVANTAGE: _LEVELS,
    Mark.HIGH_TECH: ("",),
    Mark.SPECIALISED: ("",),
}
"""大中小微 (中小企业划型标准规定) · 农业产业化龙头企业 · 重点联系单位 · 重点培育企业 · 知识产权示范企业 · 知识产权优势企业 ·
高新技术企业 · 专精特新; the empty value: it is so, without grades."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """`id` is random. `parent` is the bureau above (of an enterprise: the bureau that entered it, if one did); `region` the
    6-digit division code of the registered address; `entered_by` the organisation that entered it, ``None`` for the
    administrator; `version` counts its changes from 1."""

    id: str
    kind: Kind
    name: str
    parent: str | None
    region: str | None
    credit_code: str | None
    address: str | None
    entered_by: str | None
    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Marked:
    """An enterprise bears `mark` from day `first` to day `last` (both inclusive; ``None``: until further notice), as the
    document of this SHA-256 says. `entered_by` is the agency that said so; ``None``: a bureau or the administrator. `basis`: by
    which figures and table a size class was computed, in words."""

    id: str
    enterprise: str
    mark: Mark
    value: str
    document_sha256: str
    first: date
    last: date | None
    entered_by: str | None
    recorded_at: datetime
    basis: str | None = None

    def holds(self, day: date) -> bool:
        """Whether the enterprise bears the mark on that day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Named:
    """An enterprise as a sign-up form may show it to anybody: no more than a public register shows."""

    id: str
    name: str
    city: str | None
