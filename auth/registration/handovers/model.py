"""A hand-over of personal data within the law's meaning: another body got to see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class What(StrEnum):
    """What was shown: the name, or name and contact together, as for a call-back."""

    NAME = "name"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Handover:
    """`what` of the account was shown to the organisation (id and name), the first time and, to the day, the last."""

    account: str
    organisation: str
    organisation_name: str
    what: What
    first_at: datetime
    last_at: datetime
