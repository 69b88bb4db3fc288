"""What signing in gives, and who a request comes from."""

from dataclasses import dataclass
from typing import Literal

from auth.roles import Role

Kind = Literal["api", "web"]


@dataclass(frozen=True, slots=True)
class Identity:
    """The signed-in caller of a request: the account as it stands in the database, and the session it came with."""

    user: str
    email: str | None
    name: str | None
    role: Role
    organisation: str | None
    session: str
    mobile: str | None = None

    @property
    def contact(self) -> str:
        """What the account signs in with."""
        return self.email or self.mobile or ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A program's session: a token to call with and one to get the next pair with, once."""

    access_token: str
    refresh_token: str
