"""Registration over HTTP. Mounted under ``/api/v1``; the pages stand on the same services."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from auth.access.codes import ByCode, ByLink
from auth.access.current import Administrator, Caller, address, holding
from auth.access.model import Grant, Identity
from auth.access.schemas import TokenPair
from auth.http.documents import problems
from auth.http.idempotency import IdempotencyKey
from auth.mail.model import State
from auth.referral import carrier
from auth.registration import schemas as shapes
from auth.registration.model import Accepted, Origin, Outcome
from auth.registration.schemas import ProfileView, QueueView, RegistrationPage, RegistrationView
from auth.registration.service import Registration
from auth.roles import Role

DEVICE = "patentry_device"
"""A cookie with a random number, by which many sign-ups on one device show."""

_DEVICE_AGE_S = 30 * 24 * 3600
Contact = Annotated[Identity, Depends(holding(Role.ENTERPRISE))]
Agency = Annotated[Identity, Depends(holding(Role.AGENCY))]
Bureau = Annotated[Identity, Depends(holding(Role.BUREAU, Role.ADMINISTRATOR))]
Staff = Annotated[Identity, Depends(holding(Role.AGENCY, Role.BUREAU, Role.ADMINISTRATOR))]

_OPEN = problems(400, 413, 422, 429, 503)
_ENTER = problems(400, 401, 413, 422, 503)
_READ = problems(401, 403, 404, 422, 503)
_WRITE = problems(400, 401, 403, 404, 409, 413, 422, 429, 503)


def router(registration: Registration, *, prefix: str = "") -> APIRouter:
    """The routes over the services, under `prefix`."""
    routes = APIRouter(prefix=prefix, tags=["registration"])
    _sign_up_routes(routes, registration)
    _own_routes(routes, registration)
    _staff_routes(routes, registration)
    return routes


def origin_of(request: Request, *, device: str | None = None) -> Origin:
    """Where the request comes from."""
    return Origin(address(request), device or request.cookies.get(DEVICE), request.cookies.get(carrier.COOKIE))


def keep_device(response: Response, device: str, *, secure: bool) -> None:
    """Hands the browser its number."""
    response.set_cookie(DEVICE, device, max_age=_DEVICE_AGE_S, path="/", secure=secure, httponly=True, samesite="lax")


def _sign_up_routes(routes: APIRouter, registration: Registration) -> None:
    opener = registration.access.sessions.open_api

    @routes.post("/auth/register", status_code=202, responses=_OPEN | problems(409))
    async def register(
        body: shapes.SignUpBody, request: Request, response: Response, idempotency_key: IdempotencyKey = None
    ) -> Accepted:
        """Sign up with an e-mail address or a mobile number. A message follows; nothing is usable until it is confirmed."""
        device = request.cookies.get(DEVICE) or secrets.token_hex(16)
        keep_device(response, device, secure=registration.access.secure)
        origin = origin_of(request, device=device)
        return await registration.sign_up(shapes.sign_up_of(body), origin, key=idempotency_key)

    @routes.post("/auth/verify", responses=_ENTER)
    def verify(body: shapes.VerifyBody, request: Request, response: Response) -> TokenPair:
        """Confirm the contact by the link's token or the digits, once; opens a session."""
        proof = ByLink(body.token, body.ref) if body.token else ByCode(body.ref or "", body.code or "")
        given = body.consents.read() if body.consents else None
        return _tokens(response, registration.enter(proof, address=address(request), into=opener, consents=given))

    @routes.post("/auth/code", status_code=202, responses=_OPEN)
    def send_code(body: shapes.CodeBody) -> Accepted:
        """Have a code sent to sign in with; the answer is the same for a contact that has no account."""
        return registration.send_code(body.contact)

    @routes.post("/auth/code/login", responses=_ENTER)
    def code_login(body: shapes.CodeLoginBody, request: Request, response: Response) -> TokenPair:
        """Sign in with the digits of the message."""
        return _tokens(response, registration.enter(ByCode(body.ref, body.code), address=address(request), into=opener))

    @routes.post("/auth/proof", status_code=204, responses=_OPEN)
    def prove_work(body: shapes.ProofBody) -> None:
        """Hand in a solved challenge: the message leaves at once."""
        registration.prove_work(body.payload)


def _own_routes(routes: APIRouter, registration: Registration) -> None:
    profiles = registration.profiles

    @routes.get("/me/profile", responses=_READ)
    def profile(caller: Caller) -> ProfileView:
        """The caller's profile, consents, and the rungs reached."""
        return shapes.profile_view(profiles.get(caller))

    @routes.patch("/me/profile", responses=_WRITE)
    def change_profile(body: shapes.ProfileBody, caller: Caller) -> ProfileView:
        """Change name, role or enterprise. A new role or enterprise has to be confirmed anew."""
        changed = profiles.change(
            caller,
            name=body.name,
            role=body.role,
            enterprise=body.enterprise,
            enterprise_name=body.enterprise_name,
            code=body.credit_code,
        )
        return shapes.profile_view(changed)

    @routes.patch("/me/consents", responses=_WRITE)
    def change_consents(body: shapes.ConsentChange, caller: Caller) -> ProfileView:
        """Give or withdraw consents; each keeps its dates."""
        return shapes.profile_view(profiles.consent(caller, body.wanted()))

    @routes.get("/me/confirmations", responses=_READ)
    def colleagues(caller: Contact) -> list[shapes.ColleagueView]:
        """Those who say they work in the caller's enterprise."""
        return [
            shapes.ColleagueView(
                account=held.account, name=name, role=held.role, verified_at=held.verified_at, confirmed_at=held.confirmed_at
            )
            for held, name in profiles.colleagues(caller)
        ]

    @routes.post("/me/confirmations/{account}", status_code=204, responses=_WRITE)
    def confirm(account: str, caller: Contact) -> None:
        """Confirm that the person works in the caller's enterprise in the role given."""
        profiles.confirm(caller, account)


def _staff_routes(routes: APIRouter, registration: Registration) -> None:
    holds = registration.holds

    @routes.post("/registrations", status_code=202, responses=_WRITE)
    def assist(body: shapes.AssistBody, caller: Agency, idempotency_key: IdempotencyKey = None) -> Accepted:
        """Enter somebody at a training. It counts when the person confirms on a message to his own contact."""
        accepted = registration.assist(caller, shapes.sign_up_of(body), key=idempotency_key)
        return Accepted(ref=secrets.token_hex(16), wait_s=accepted.wait_s)  # the digits are his to type, not the staff's

    @routes.get("/registrations", responses=_READ)
    def registrations(
        caller: Staff,
        after: Annotated[str | None, Query(max_length=64, description="`next` of the page before")] = None,
        size: Annotated[int, Query(ge=1, le=shapes.MAX_PAGE)] = 50,
    ) -> RegistrationPage:
        """The registrations credited to the caller's agencies, the newest first."""
        return _page(caller, tuple(Outcome), after, size)

    @routes.get("/holds", responses=_READ)
    def held(
        caller: Staff,
        after: Annotated[str | None, Query(max_length=64, description="`next` of the page before")] = None,
        size: Annotated[int, Query(ge=1, le=shapes.MAX_PAGE)] = 50,
    ) -> RegistrationPage:
        """What is held or excluded, and why, the newest first."""
        return _page(caller, (Outcome.HELD, Outcome.EXCLUDED), after, size)

    @routes.get("/registrations/{account}", responses=_READ)
    def one(account: str, caller: Staff) -> RegistrationView:
        """One registration with its signals and everything that was decided about it."""
        return shapes.registration_view(holds.get(caller, account))

    @routes.post("/registrations/{account}/dispute", responses=_WRITE)
    def dispute(account: str, body: shapes.DisputeBody, caller: Agency) -> RegistrationView:
        """The agency says why a held or excluded registration should count."""
        return shapes.registration_view(holds.dispute(caller, account, explanation=body.explanation))

    @routes.post("/registrations/{account}/decision", responses=_WRITE)
    def decide(account: str, body: shapes.DecisionBody, caller: Bureau) -> RegistrationView:
        """The bureau releases or excludes, with its reason."""
        release = body.outcome is Outcome.COUNTED
        return shapes.registration_view(holds.decide(caller, account, release=release, explanation=body.explanation))

    @routes.get("/messages", responses=_READ)
    def messages(caller: Administrator, state: State | None = None) -> QueueView:
        """The queue of outgoing messages: how many wait, left or failed, and why."""
        postman = registration.postman
        return QueueView(counts=postman.counts(), waiting=postman.waiting(), messages=postman.queue(state=state))

    def _page(caller: Identity, outcomes: tuple[Outcome, ...], after: str | None, size: int) -> RegistrationPage:
        found = holds.page(caller, outcomes=outcomes, after=after, size=size + 1)
        items = [shapes.registration_view(shown) for shown in found[:size]]
        return RegistrationPage(items=items, next=items[-1].account if len(found) > size else None)


def _tokens(response: Response, grant: Grant) -> TokenPair:
    response.headers["Cache-Control"] = "no-store"
    return TokenPair(access_token=grant.access_token, refresh_token=grant.refresh_token)
