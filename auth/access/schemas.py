"""What goes in and out of the account's routes."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from auth.credentials.passwords import MAX_LENGTH, MIN_LENGTH
from auth.credentials.tokens import LIFETIME
from auth.http.body import StrictModel
from auth.roles import Role

Password = Annotated[str, Field(min_length=1, max_length=MAX_LENGTH, repr=False)]
Ref = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="what the answer to the request for the code gave")]
Code = Annotated[str, Field(pattern=r"^[0-9]{6}$", description="the six digits of the message")]


class SignInForm(StrictModel):
    """The password form of OAuth 2 (RFC 6749 section 4.3.2), so that the API page's Authorize button works."""

    username: str = Field(min_length=1, max_length=320, description="the account's e-mail address or mobile number")
    password: Password
    grant_type: Literal["password"] = "password"
    scope: str = Field(default="", max_length=200, description="taken and not used: rights follow from the account's role")
    client_id: str = Field(default="", max_length=200, description="taken and not used")
    client_secret: str = Field(default="", max_length=200, description="taken and not used", repr=False)


class RefreshBody(StrictModel):
    """A refresh token to trade."""

    refresh_token: str = Field(min_length=1, max_length=200, repr=False)


class PasswordBody(StrictModel):
    """A change of password."""

    current: Password
    new: Password = Field(description=f"{MIN_LENGTH} to {MAX_LENGTH} characters, not easily guessed")


class EraseBody(StrictModel):
    """The proof once more, before everything is erased: the password, or a code that was sent (`POST /auth/code`)."""

    password: str | None = Field(default=None, min_length=1, max_length=MAX_LENGTH, repr=False)
    ref: Ref | None = None
    code: Code | None = Field(default=None, repr=False)

    @model_validator(mode="after")
    def _one_proof(self) -> Self:
        if (self.password is None) == (self.ref is None or self.code is None):
            raise PydanticCustomError("one_proof", "either password, or ref and code")
        return self


class TokenPair(BaseModel):
    """A session's tokens (RFC 6749 section 5.1)."""

    access_token: str = Field(description="ES256 JWT, for the header Authorization: Bearer")
    refresh_token: str = Field(description="opaque, good for one use within 14 days")
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - not a password
    expires_in: int = Field(default=int(LIFETIME.total_seconds()), description="seconds the access token is good for")


class Me(BaseModel):
    """The caller's account."""

    id: str = Field(validation_alias="user", examples=["5f0c7a52b3a84b0c9d8e1f2a3b4c5d6e"])
    email: str | None = Field(examples=["li@example.com"])
    mobile: str | None = Field(examples=["+8613800138000"])
    name: str | None
    role: Role
    organisation: str | None = Field(description="the agency, enterprise or bureau the account acts for")
