"""Links over HTTP, for those who hold them. Mounted under ``/api/v1``; the page behind a link is the web's."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from auth.access.current import holding
from auth.access.model import Identity
from auth.clock import Clock, now
from auth.database import Database
from auth.http.documents import problems
from auth.http.idempotency import Answer, Idempotency, IdempotencyKey
from auth.referral import codes, qr
from auth.referral.links import Links, New
from auth.referral.model import Link, State
from auth.referral.schemas import MAX_PAGE, LinkBody, LinkChange, LinkDetail, LinkPage, LinkView
from auth.roles import Role

Staff = Annotated[Identity, Depends(holding(Role.AGENCY, Role.BUREAU, Role.ADMINISTRATOR))]

_READ = problems(401, 403, 404, 422, 503)
_WRITE = problems(400, 401, 403, 404, 409, 413, 422, 503)


def router(
    links: Links, database: Database, idempotency: Idempotency, *, public_url: str, prefix: str = "", clock: Clock = now
) -> APIRouter:
    """The routes over the links, under `prefix`; `public_url` is where people open them."""
    routes = APIRouter(prefix=f"{prefix}/links", tags=["links"])

    @routes.post("", status_code=201, response_model=LinkView, responses=_WRITE)
    def make_link(body: LinkBody, caller: Staff, idempotency_key: IdempotencyKey = None) -> Response:
        """Make a link. With an Idempotency-Key the same request sent again makes no second one."""
        at = clock()

        def work() -> Answer:
            link = links.add(connection, caller, New(**dict(body)))
            return Answer(201, _shown(link, public_url, now=at).model_dump_json().encode())

        scope, sent = f"POST /links {caller.user}", body.model_dump_json().encode()
        with database.write() as connection:
            answer = idempotency.once(connection, idempotency_key, work, scope=scope, body=sent, now=at)
        return Response(answer.body, answer.status, media_type="application/json")

    @routes.get("", responses=_READ)
    def list_links(
        caller: Staff,
        after: Annotated[str | None, Query(max_length=64, description="`next` of the page before")] = None,
        size: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 50,
    ) -> LinkPage:
        """The links that exist for the caller, the newest first."""
        found = links.page(caller, after=after, size=size + 1)
        items = [_shown(link, public_url, now=clock()) for link in found[:size]]
        return LinkPage(items=items, next=items[-1].id if len(found) > size else None)

    @routes.get("/{id}", responses=_READ)
    def one_link(id: str, caller: Staff) -> LinkDetail:  # noqa: A002 - the path's own name
        """A link, its clicks by class and reason, the record of its changes."""
        held = links.show(caller, id)
        return LinkDetail.model_validate(
            _shown(held.link, public_url, now=clock()).model_dump()
            | {"organisation_name": held.organisation, "enterprise_name": held.enterprise}
            | {"clicks": held.clicks, "changes": held.changes},
            from_attributes=True,
        )

    @routes.patch("/{id}", responses=_WRITE)
    def change_link(id: str, body: LinkChange, caller: Staff) -> LinkView:  # noqa: A002
        """Pause, resume or revoke a link, or change its label or end. Every change is recorded."""
        state = State(body.state) if body.state else None
        link = links.change(caller, id, version=body.version, state=state, label=body.label, expires_at=body.expires_at)
        return _shown(link, public_url, now=clock())

    @routes.get("/{id}/qr", responses=_READ | _DRAWN, response_class=Response)
    def link_qr(id: str, caller: Staff, format: qr.Format = "svg") -> Response:  # noqa: A002
        """The link's QR code, to put on a slide or a sheet."""
        link = links.get(caller, id)
        return Response(qr.draw(address(link, public_url), format), media_type=qr.MEDIA_TYPES[format])

    return routes


_DRAWN: dict[int | str, dict[str, Any]] = {
    200: {"description": "The drawing.", "content": {kind: {} for kind in qr.MEDIA_TYPES.values()}}
}


def address(link: Link, public_url: str) -> str:
    """What people open."""
    return f"{public_url.rstrip('/')}/r/{link.code}"


def _shown(link: Link, public_url: str, *, now: datetime) -> LinkView:
    fields = {name: getattr(link, name) for name in Link.__slots__}
    told = {"state": link.state_at(now), "printed": codes.printed(link.code), "url": address(link, public_url)}
    return LinkView(**(fields | told))
