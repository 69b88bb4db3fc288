"""What a request for a link's page says of itself, and how its answer hands the carrier on.

The page has no parameter but the code: nothing a caller sends decides where anybody is led (no open redirect).
"""

from starlette.requests import Request
from starlette.responses import Response

from auth.access.current import address
from auth.referral.carrier import COOKIE, WINDOW
from auth.referral.model import Facts

_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")


def facts(request: Request) -> Facts:
    """The request's facts, for `Referral.land`."""
    headers = request.headers
    return Facts(
        method=request.method,
        address=address(request),
        agent=headers.get("user-agent", ""),
        purpose=" ".join(headers[name] for name in _AHEAD if name in headers),
        carried=request.cookies.get(COOKIE),
    )


def keep(response: Response, carrier: str | None, *, secure: bool) -> None:
    """Hands the browser the carrier, if there is one. Lax: following a link from anywhere brings it along, the form of another
    site does not."""
    if carrier is not None:
        age = int(WINDOW.total_seconds())
        response.set_cookie(COOKIE, carrier, max_age=age, path="/", secure=secure, httponly=True, samesite="lax")
