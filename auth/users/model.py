"""An account, and what makes two e-mail addresses one."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from auth.roles import Role

Status = Literal["active", "disabled"]


@dataclass(frozen=True, slots=True)
class User:
    """`id` is random and public; `email` is as its owner types it, `mobile` as E.164: one of them is there; `organisation` the
    id of the agency, enterprise or bureau the account acts for."""

    id: str
    email: str | None
    name: str | None
    role: Role
    organisation: str | None
    status: Status
    created_at: datetime
    mobile: str | None = None

    @property
    def contact(self) -> str:
        """Where messages to the person go."""
        contact = self.email or self.mobile
        assert contact is not None, "an account has a contact"
        return contact


def email_key(email: str) -> str:
    """One key for every spelling that reaches one mailbox: full-width, case, blanks around (NFKC, case folded)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email).strip().casefold())


def own_words(contact: str, name: str | None) -> list[str]:
    """What makes a password of this person easily guessed."""
    return [contact, *contact.split("@"), *([name] if name else [])]
