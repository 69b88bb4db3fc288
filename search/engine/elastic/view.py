"""A cursor: a point in time that Elasticsearch holds, and where the last page ended. Opaque text outside, never trusted."""

import base64
import binascii

import msgspec

from search.engine.errors import CursorExpired

KEEP_ALIVE = "15m"
"""How long a view outlives its last page."""


class View(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`pit` names the point in time, `keys` are the sort values of the last hit, `seen` counts the hits answered so far;
    `units` are how many there are where each is the first of its unit."""

    pit: str
    keys: list[str | int | float | None] = []
    seen: int = 0
    units: int = 0


_decoder = msgspec.json.Decoder(View)


def text(view: View) -> str:
    """The view as `Results.after`."""
    return base64.urlsafe_b64encode(msgspec.json.encode(view)).decode("ascii")


def read(after: str) -> View:
    """Inverse of `text`; raises `CursorExpired` for anything else."""
    try:
        return _decoder.decode(base64.urlsafe_b64decode(after.encode("ascii")))
    except (ValueError, binascii.Error, msgspec.MsgspecError) as error:
        raise CursorExpired("not a cursor of this engine") from error
