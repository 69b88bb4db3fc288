"""Why a registration would not count for a target as things stand, as far as the registration alone says. Pure.

What the contract adds (window, province) is asked by the target's own rule; the codes are the same (`auth.ledger.reasons`).
"""

from dataclasses import dataclass

from auth.registration.model import Outcome, Position, Registration

SME = frozenset({"micro", "small", "medium"})


@dataclass(frozen=True, slots=True)
class Employer:
    """The person's enterprise; division codes of 6 digits: of the registered address, of the credit code, of the address' text.
    `business`: whether its credit code is one of a business; ``None`` without a code."""

    id: str
    name: str
    size: str | None = None
    region: str | None = None
    code_region: str | None = None
    address_region: str | None = None
    business: bool | None = None

    @property
    def place_differs(self) -> bool:
        """Whether the places named lie in different provinces."""
        return len({code[:2] for code in (self.region, self.code_region, self.address_region) if code}) > 1

    @property
    def body_differs(self) -> bool:
        """Whether its credit code is that of an office, an institution or an association (机关、事业单位、社会团体)."""
        return self.business is False


def reasons(registration: Registration, employer: Employer | None) -> list[str]:
    """Codes, in the order in which they would be mended; none: it would count."""
    found = {
        "held": registration.outcome is Outcome.HELD,
        "excluded": registration.outcome is Outcome.EXCLUDED,
        "not_new": not registration.new,
        "enterprise_missing": employer is None,
        "region_missing": employer is not None and employer.region is None,
        "place_differs": employer is not None and employer.place_differs and not _released(registration, "place_differs"),
        "body_differs": employer is not None and employer.body_differs and not _released(registration, "body_differs"),
        "size_unknown": employer is not None and employer.size is None,
        "not_sme": employer is not None and employer.size is not None and employer.size not in SME,
        "role_missing": registration.role is None,
        "not_rd": registration.role not in (None, Position.RD),
        "not_activated": registration.activated_at is None,
    }
    return [code for code, holds in found.items() if holds]


def _released(registration: Registration, reason: str) -> bool:
    """Whether the bureau knew of the reason when it let the registration count."""
    return registration.outcome is Outcome.COUNTED and reason in registration.reasons
