"""What goes in and out of registration's routes."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from auth.access.schemas import Code, Ref
from auth.credentials.passwords import MAX_LENGTH, MIN_LENGTH
from auth.http.body import StrictModel
from auth.ledger.reasons import words
from auth.mail.model import Queued, State, Waiting
from auth.registration.holds import Shown
from auth.registration.model import Consent, Consents, Deed, Outcome, Position, SignUp
from auth.registration.profiles import Profile
from auth.users.contacts import ContactClass
from auth.users.service import MAX_NAME

MAX_PAGE = 200
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
ContactText = Annotated[str, Field(min_length=3, max_length=320, description="an e-mail address or a Chinese mobile number")]
Explanation = Annotated[str, Field(min_length=2, max_length=1000, pattern=r"\S", description="why, for the other side to read")]


class ConsentsBody(StrictModel):
    """Boxes, each by itself. Without the terms there is no account; the others may stay empty."""

    terms: bool = False
    show_name: bool = Field(default=False, description="my enterprise, its agency and the bureau may see my name, to verify")
    may_call: bool = Field(default=False, description="the bureau may call me, to verify")

    def read(self) -> Consents:
        return Consents(self.terms, self.show_name, self.may_call)


class AssistBody(StrictModel):
    """Somebody whom staff enter. He confirms, and gives his consents, by a message to his own contact."""

    contact: ContactText
    name: str | None = Field(default=None, min_length=1, max_length=MAX_NAME)
    role: Position | None = None
    enterprise: Id | None = Field(default=None, description="id of an enterprise that is held: `GET /enterprises/find`")
    enterprise_name: str | None = Field(default=None, min_length=1, max_length=200, description="where it is not held")
    credit_code: str | None = Field(default=None, max_length=40, description="of the enterprise that is named")
    code: str | None = Field(default=None, max_length=40, description="a link's code, typed by hand; it wins over any click")


class SignUpBody(AssistBody):
    """A sign-up."""

    password: str | None = Field(
        default=None, min_length=1, max_length=MAX_LENGTH, repr=False, description=f"may be left out; {MIN_LENGTH} or more"
    )
    ref: str | None = Field(default=None, max_length=2000, description="the form's hidden field: the carrier of clicks")
    consents: ConsentsBody = ConsentsBody()


def sign_up_of(body: AssistBody) -> SignUp:
    """What the service takes."""
    given = body.consents.read() if isinstance(body, SignUpBody) else Consents()
    return SignUp(
        contact=body.contact,
        name=body.name,
        role=body.role,
        enterprise=body.enterprise,
        enterprise_name=body.enterprise_name,
        credit_code=body.credit_code,
        password=body.password if isinstance(body, SignUpBody) else None,
        code=body.code,
        carried=body.ref if isinstance(body, SignUpBody) else None,
        consents=given,
    )


class CodeBody(StrictModel):
    """A request for a code to sign in with."""

    contact: ContactText


class ProofBody(StrictModel):
    """A solved challenge, as the ALTCHA widget gives it."""

    payload: str = Field(min_length=1, max_length=4000)


class CodeLoginBody(StrictModel):
    """The digits of the message, with the `ref` that the request for them gave."""

    ref: Ref
    code: Code = Field(repr=False)


class VerifyBody(StrictModel):
    """The token of the link, or the digits with their `ref`. Whoever was entered by staff gives his consents here."""

    token: str | None = Field(default=None, min_length=1, max_length=200, repr=False)
    ref: Ref | None = None
    code: Code | None = Field(default=None, repr=False)
    consents: ConsentsBody | None = None

    @model_validator(mode="after")
    def _one_proof(self) -> Self:
        if (self.token is None) == (self.code is None) or (self.code is not None and self.ref is None):
            raise PydanticCustomError("one_proof", "either token, or ref and code")
        return self


class ProfileBody(StrictModel):
    """What to change; what is left out stays."""

    name: str | None = Field(default=None, min_length=1, max_length=MAX_NAME)
    role: Position | None = None
    enterprise: Id | None = None
    enterprise_name: str | None = Field(default=None, min_length=1, max_length=200)
    credit_code: str | None = Field(default=None, max_length=40)


class ConsentChange(StrictModel):
    """Consents to give or withdraw; what is left out stays."""

    show_name: bool | None = None
    may_call: bool | None = None

    def wanted(self) -> dict[Consent, bool]:
        return {Consent(name): given for name, given in self.model_dump().items() if given is not None}


class ProfileView(BaseModel):
    """The caller's profile and how far it has come; `registered` is false for accounts that an administrator made."""

    name: str | None
    registered: bool
    role: Position | None = None
    enterprise: str | None = None
    enterprise_name: str | None = None
    contact_class: ContactClass | None = None
    verified_at: datetime | None = None
    completed_at: datetime | None = None
    activated_at: datetime | None = None
    confirmed_at: datetime | None = None
    consents: dict[Consent, datetime]


def profile_view(held: Profile) -> ProfileView:
    """The profile as it is shown."""
    told = held.registration
    if told is None:
        return ProfileView(name=held.name, registered=False, consents=held.consents)
    return ProfileView(
        name=held.name,
        registered=True,
        role=told.role,
        enterprise=told.enterprise,
        enterprise_name=held.employer.name if held.employer else told.enterprise_name,
        contact_class=told.contact_class,
        verified_at=told.verified_at,
        completed_at=told.completed_at,
        activated_at=told.activated_at,
        confirmed_at=told.confirmed_at,
        consents=held.consents,
    )


class ColleagueView(BaseModel):
    """Somebody who says he works in the caller's enterprise, and lets his name be shown."""

    account: str
    name: str | None
    role: Position | None
    verified_at: datetime
    confirmed_at: datetime | None


class ReasonView(BaseModel):
    """A reason by its code and in words."""

    code: str
    zh: str
    en: str

    @classmethod
    def of(cls, code: str) -> Self:
        told = words(code)
        return cls(code=code, zh=told.zh, en=told.en)


class JudgementView(BaseModel):
    """What was done about a registration; `by_person` false: by the rule of signals."""

    at: datetime
    deed: Deed
    reasons: list[ReasonView]
    explanation: str | None
    by_person: bool


class RegistrationView(BaseModel):
    """A registration as staff see it: no contact, a name with its owner's consent alone. `signals` are those of now with their
    sum; `missing` why it would not count for a target as things stand."""

    account: str
    name: str | None
    agency: str | None
    link: str | None
    enterprise: str | None
    enterprise_name: str | None
    role: Position | None
    contact_class: ContactClass
    outcome: Outcome
    disputed: bool
    verified_at: datetime
    activated_at: datetime | None
    confirmed_at: datetime | None
    signals: list[ReasonView]
    score: int
    missing: list[ReasonView]
    judgements: list[JudgementView]


class RegistrationPage(BaseModel):
    """One page; `next` goes into `after` for the page that follows."""

    items: list[RegistrationView]
    next: str | None = None


def registration_view(shown: Shown) -> RegistrationView:
    """The registration as it is shown."""
    held = shown.registration
    return RegistrationView(
        account=held.account,
        name=shown.name,
        agency=held.attribution.agency,
        link=held.attribution.link,
        enterprise=held.enterprise,
        enterprise_name=shown.employer.name if shown.employer else held.enterprise_name,
        role=held.role,
        contact_class=held.contact_class,
        outcome=held.outcome,
        disputed=held.disputed,
        verified_at=held.verified_at,
        activated_at=held.activated_at,
        confirmed_at=held.confirmed_at,
        signals=[ReasonView.of(code) for code in shown.verdict.reasons],
        score=shown.verdict.score,
        missing=[ReasonView.of(code) for code in shown.missing],
        judgements=[
            JudgementView(
                at=each.at,
                deed=each.deed,
                reasons=[ReasonView.of(code) for code in each.reasons],
                explanation=each.explanation,
                by_person=each.deed is not Deed.HELD,
            )
            for each in shown.judgements
        ],
    )


class DisputeBody(StrictModel):
    """Why it should count."""

    explanation: Explanation


class DecisionBody(StrictModel):
    """What the bureau decides, and why."""

    outcome: Outcome = Field(description="counted or excluded")
    explanation: Explanation

    @model_validator(mode="after")
    def _decides(self) -> Self:
        if self.outcome is Outcome.HELD:
            raise PydanticCustomError("decides", "a decision counts or excludes")
        return self


class QueueView(BaseModel):
    """How many messages stand where, what waits, and the newest of them."""

    counts: dict[State, int]
    waiting: Waiting
    messages: list[Queued] = Field(description="the newest first; recipients masked, texts never")
