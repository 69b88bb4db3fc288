"""A chart as a file of its own: it takes the colours of the night by itself, where the reader's screen is dark."""

from base64 import b64encode
from hashlib import sha256

from search.analysis.charts.drawing import ACCENT, INK, LINE, PAPER, QUIET

NIGHT = {INK: "#e8e6e0", QUIET: "#a7adb3", LINE: "#3a4147", ACCENT: "#7cc5e3", PAPER: "#16191c"}
"""The house's colours by day and by night, as `patentry.css` has them."""

_RULES = "".join(f'[{paint}="{day}"]{{{paint}:{night}}}' for day, night in NIGHT.items() for paint in ("fill", "stroke"))
_STYLE = f"@media(prefers-color-scheme:dark){{{_RULES}}}"

POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}';"
    " frame-ancestors 'none'; base-uri 'none'"
)
"""What the file may do: nothing but this style."""


def file(chart: str) -> str:
    """The chart with its style, which a page that takes it in has already."""
    at = chart.index(">") + 1
    return f"{chart[:at]}<style>{_STYLE}</style>{chart[at:]}"
