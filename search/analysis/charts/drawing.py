"""A chart before it is drawn, and the sheet on which its texts and marks are collected.

The renderer is given neither a name out of a document nor an address: a text stands in the specification as the place `~3`, the
address of a mark as `BASE/3`, and `svg.finish` puts in what belongs there. So nothing that stands in a document is read as a part
of a specification, and the renderer needs a fifth of the time: it would draw every character of a name to find out its width.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from search.analysis.model import Row

Lang = Literal["zh", "en"]
Size = Literal["small", "large"]
Grammar = Literal["vega-lite", "vega"]

BASE = "http://l.invalid"
"""Where marks point to before their addresses are put in: a name that never exists (RFC 6761, 6.4)."""
PLACE = "~"
"""What the place of a text begins with; an axis's own figures never do."""

INK, QUIET, LINE, ACCENT, PAPER = "#1d2125", "#5b6269", "#d9d8d0", "#0b5d7a", "#fdfdfb"
"""The house's colours, by day; `patentry.css` exchanges them for those of the night."""
HATCH = "url(#hatch)"
"""The fill of what is not complete yet."""

WIDTH: Mapping[Size, int] = {"small": 340, "large": 700}
FONT: Mapping[Size, int] = {"small": 12, "large": 13}

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold (XML 1.0, 2.2)."""
_BREAKS = re.compile("[\t-\r\x85\u2028\u2029 ]+")


@dataclass(frozen=True, slots=True)
class Drawing:
    """`spec` is a specification of `grammar`; `texts[3]` stands at its place `~3`, `marks[3]` is opened by the mark that points to
    `BASE/3`, and is called `names[3]`. `title` and `description` are read out instead of the picture."""

    grammar: Grammar
    spec: Mapping[str, Any]
    texts: tuple[str, ...]
    marks: tuple[Row, ...]
    names: tuple[str, ...]
    title: str
    description: str


@dataclass(slots=True)
class Sheet:
    """Takes texts and marks and gives the places that stand for them."""

    lang: Lang
    size: Size
    texts: list[str] = field(default_factory=list)
    marks: list[Row] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return WIDTH[self.size]

    @property
    def font(self) -> int:
        return FONT[self.size]

    @property
    def large(self) -> bool:
        return self.size == "large"

    def text(self, text: str, *, within: float = float("inf")) -> str:
        """The place of the text, cut to so many pixels."""
        self.texts.append(fit(text, within, font=self.font))
        return f"{PLACE}{len(self.texts) - 1}"

    def mark(self, row: Row, name: str) -> str:
        """The address of a mark that opens the row."""
        self.marks.append(row)
        self.names.append(f"{legible(name)}{'：' if self.lang == 'zh' else ': '}{row.count}")
        return f"{BASE}/{len(self.marks) - 1}"

    def either(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def done(self, grammar: Grammar, spec: Mapping[str, Any], *, title: str, description: str) -> Drawing:
        texts = tuple(self.texts), tuple(self.marks), tuple(self.names)
        return Drawing(grammar, spec, *texts, legible(title), legible(description))

    def view(self, *, width: int, height: int, left: int, right: int, top: int, bottom: int, **rest: Any) -> dict[str, Any]:
        """A Vega-Lite view of so many pixels inside its margins; the renderer measures nothing."""
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "width": width,
            "height": height,
            "padding": {"left": left, "right": right, "top": top, "bottom": bottom},
            "autosize": "none",
            "background": None,
            "config": {
                "aria": False,
                "view": {"stroke": None},
                "text": {"color": INK, "fontSize": self.font, "baseline": "middle"},
                "axis": {
                    "labelColor": QUIET,
                    "labelFontSize": self.font - 1,
                    "gridColor": LINE,
                    "domainColor": LINE,
                    "title": None,
                },
            },
            **rest,
        }


def values(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows as the data of a specification."""
    return {"values": list(rows)}


def legible(text: str) -> str:
    """The text as XML can hold it, on one line."""
    return _BREAKS.sub(" ", _UNFIT.sub("\ufffd", text)).strip(" ")


def breadth(text: str, *, font: float) -> float:
    """Pixels of the text, reckoned by the width of its characters (Unicode, UAX 11): near enough to cut by."""
    return font * sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.55 for sign in text)


def fit(text: str, within: float, *, font: float) -> str:
    """The text, cut with an ellipsis where it is wider than so many pixels."""
    shown = legible(text)
    if breadth(shown, font=font) <= within:
        return shown
    room = within - font
    while shown and breadth(shown, font=font) > room:
        shown = shown[:-1]
    return f"{shown.rstrip()}…"
