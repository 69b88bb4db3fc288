"""What the security log says."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

KEPT = timedelta(days=397)
"""Thirteen months: the law wants network logs for six (网络安全法), and a whole year of a project can be looked into."""


class Event(StrEnum):
    """Kinds of entries. None ever carries a password, a token or what somebody typed as a name."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    REFRESH_REUSED = "refresh_reused"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event
    PASSWORD_REHASHED = "password_rehashed"  # noqa: S105 - the name of an event
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_ERASED = "account_erased"


@dataclass(frozen=True, slots=True)
class Entry:
    """`user` is the account's id where it is known, `address` the caller's network address, `session` the one concerned."""

    at: datetime
    event: Event
    user: str | None = None
    address: str | None = None
    session: str | None = None
