"""What a browser brings to a sign-up besides the form, and what it keeps till the code is typed."""

import re
import secrets
from urllib.parse import quote, unquote

from fastapi import Request, Response

from auth.access.codes import LINK_LIFE
from auth.registration.model import Origin
from auth.registration.routes import DEVICE, keep_device, origin_of
from auth.users.contacts import masked, parse

REF = "patentry_code"
"""The `ref` of the code that was asked for here: it survives a walk to the mailbox and back."""

_TO = "patentry_code_to"
"""To whom it was sent, masked, so that a slip shows."""

_HEX = re.compile(r"[0-9a-f]{32}")


def origin(request: Request) -> Origin:
    """Address, device and carrier."""
    return origin_of(request)


def ref(request: Request) -> str | None:
    """The code asked for in this browser: of the address, else of the cookie."""
    return _hex(request.query_params.get("ref")) or _hex(request.cookies.get(REF))


def sent_to(request: Request) -> str:
    """The masked contact of the code asked for in this browser."""
    return unquote(request.cookies.get(_TO, ""))[:320]


def keep(response: Response, request: Request, code: str, *, to: str, secure: bool) -> None:
    """Hands the browser the code's `ref`, to whom it went (a contact that was taken), and its device."""
    contact = parse(to)
    shown = masked(contact.key if contact.kind == "mobile" else contact.shown)
    for name, value in ((REF, code), (_TO, quote(shown))):
        response.set_cookie(name, value, max_age=int(LINK_LIFE.total_seconds()), secure=secure, httponly=True, samesite="lax")
    keep_device(response, _hex(request.cookies.get(DEVICE)) or secrets.token_hex(16), secure=secure)


def drop(response: Response, *, secure: bool) -> None:
    """The code is used."""
    for name in (REF, _TO):
        response.delete_cookie(name, secure=secure, httponly=True, samesite="lax")


def _hex(text: str | None) -> str | None:
    return text if text is not None and _HEX.fullmatch(text) else None
