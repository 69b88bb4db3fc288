"""What goes in and out of the routes of links."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError

from auth.http.body import StrictModel, Whole
from auth.referral.model import Change, Class, Kind, State

MAX_PAGE = 100


def _in_utc(given: datetime) -> datetime:
    """The instant in UTC; the years at the ends of the calendar have none."""
    if not 2000 <= given.year < 3000:
        raise PydanticCustomError("year", "a year from 2000 to 2999")
    return given.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Id = Annotated[str, Field(max_length=64)]


class LinkBody(StrictModel):
    """A link to make."""

    kind: Kind
    organisation: Id | None = Field(default=None, description="agency, library or makerspace; the caller's own unless given")
    enterprise: Id | None = Field(default=None, description="fills the form for people of this enterprise")
    member: Id | None = Field(default=None, description="account of the holder whose link it is; of kind member alone")
    label: Label = ""
    first: Instant | None = Field(default=None, description="an event's first instant")
    last: Instant | None = Field(default=None, description="an event's last instant, at most 7 days later")
    expires_at: Instant | None = Field(default=None, description="the last instant a click is worth something")


class LinkChange(StrictModel):
    """What is to change; what is left out stays. `version` is that of the link the change was made on."""

    version: Whole = Field(ge=1)
    state: Literal["active", "paused", "revoked"] | None = Field(default=None, description="revoked is for ever")
    label: Label | None = None
    expires_at: Instant | None = None


class LinkView(BaseModel):
    """A link. `url` is what people open, `printed` what they type."""

    id: str
    code: str
    printed: str = Field(examples=["7K3QX-0M9TZ"])
    url: str
    kind: Kind
    organisation: str
    enterprise: str | None
    member: str | None
    label: str
    first: datetime | None
    last: datetime | None
    expires_at: datetime | None
    state: State
    version: int
    created_at: datetime


class LinkPage(BaseModel):
    """Some links, the newest first; `next` as `after` asks for more."""

    items: list[LinkView]
    next: str | None


class ClickCount(BaseModel):
    """Clicks of one class for one reason, by the link's state at the click and the version of the rules that judged."""

    kind: Class = Field(serialization_alias="class")
    reason: str
    state: State
    rules: int
    count: int


class LinkDetail(LinkView):
    """A link with what became of it; `clicks` are counted from their rows at each request."""

    organisation_name: str
    enterprise_name: str | None
    clicks: list[ClickCount]
    changes: list[Change]
