"""The cookie of a web session: HttpOnly, SameSite=Lax, and under https Secure with the prefix that binds it to this host."""

from collections.abc import Mapping

from starlette.responses import Response

from auth.access.sessions import WEB_LIFE


def name(*, secure: bool) -> str:
    """The cookie's name; browsers take `__Host-` only with Secure and Path=/ (RFC 6265bis section 4.1.3.2)."""
    return "__Host-patentry" if secure else "patentry"


def keep(response: Response, value: str, *, secure: bool) -> None:
    """Hands the browser the session."""
    response.set_cookie(
        name(secure=secure), value, max_age=int(WEB_LIFE.total_seconds()), path="/", secure=secure, httponly=True, samesite="lax"
    )


def drop(response: Response, *, secure: bool) -> None:
    """Takes the session from the browser."""
    response.delete_cookie(name(secure=secure), path="/", secure=secure, httponly=True, samesite="lax")


def same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a form comes from a page of ours, where there is no session yet whose token could say so (signing in).

    Browsers say it by Sec-Fetch-Site, older ones by Origin; a client that sends neither is no browser, and harms nobody.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host")
