"""The QR code of a link, as a drawing that prints at any size or as dots (ISO/IEC 18004)."""

import io
from typing import Literal

Format = Literal["svg", "png"]
MEDIA_TYPES: dict[Format, str] = {"svg": "image/svg+xml", "png": "image/png"}
_QUIET = 4  # modules of white around, as the standard wants
_DOTS = 16  # pixels a module: some 600 in all, sharp on paper at 5 cm


def draw(address: str, form: Format) -> bytes:
    """The file. A seventh of the sign may be soiled (level M), which a sheet in a training room needs."""
    import segno  # noqa: PLC0415 - for the first sheet that is printed, not for a start

    code = segno.make_qr(address, error="m", boost_error=False)
    written = io.BytesIO()
    if form == "svg":
        code.save(written, kind="svg", border=_QUIET, scale=4, xmldecl=True, svgns=True, nl=True)
    else:
        code.save(written, kind="png", border=_QUIET, scale=_DOTS)
    return written.getvalue()
