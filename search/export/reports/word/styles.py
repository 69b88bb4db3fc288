"""The styles, fonts and settings of a DOCX, made from a layout; nothing of the library's own template stays."""

from copy import deepcopy
from math import floor

from lxml import etree

from search.export.reports.layout import ALSO, LATIN, MM_PT, Face, Layout
from search.export.reports.model import CONTENTS
from search.export.reports.word.elements import Element, element, font

_GREY = "595959"
_HANGING = 420
"""Of an item's lines behind its mark, and of each level of the contents, in twentieths of a point."""

_KNOWN = frozenset({"Normal", "Body Text", "List", "Title", "Subtitle", "TOC Heading"})
"""Names of Word's own styles among those that begin with a capital."""


def styles(layout: Layout) -> list[Element]:
    """The children of w:styles. Every style names its fonts; names are those that Word shows translated (heading 1: 标题 1)."""
    line, apart = _spacing(line=_twips(layout.pitch)), _spacing(after=0 if layout.indent else 60, line=_twips(layout.pitch))
    indent = [element("ind", firstLineChars=100 * layout.indent, firstLine=_twips(layout.indent * layout.body.size))]
    small = _spacing(line=_twips(layout.table.size * 1.3))
    aside = _spacing(after=120, line=_twips(layout.table.size * 1.5))
    close = floor(layout.tracking * 20)
    made = [
        _defaults(layout.body),
        _style("Normal", "Normal", layout.body, [*line], default="1"),
        _style("BodyText", "Body Text", layout.body, [*apart, *(indent if layout.indent else []), _across("both")], close=close),
        _style("Quiet", "Quiet", Face(layout.body.east, layout.table.size), [*aside, _across("both")], colour=_GREY),
        _style("Item", "List", layout.body, [*apart, element("ind", left=_HANGING, hanging=_HANGING)], close=close),
        _style("Title", "Title", layout.title, [*_spacing(before=2400, after=480), _across("center")]),
        _style("Subtitle", "Subtitle", layout.headings[0], [*_spacing(after=1200), _across("center")]),
        _style("Fact", "Fact", layout.body, [*_spacing(after=160), _across("center")]),
        _style("ContentsHeading", "TOC Heading", layout.headings[0], [*_spacing(after=240), _across("center")]),
        _style("Caption", "caption", layout.caption, [element("keepNext"), *_spacing(before=200, after=80), _across("center")]),
        _style("PictureCaption", "Picture Caption", layout.caption, [*_spacing(before=80, after=240), _across("center")]),
        _style("Picture", "Picture", layout.body, [element("keepNext"), *_spacing(before=160), _across("center")]),
        _style("Cell", "Cell", layout.table, small),
        _style("CellHead", "Cell Head", Face(layout.caption.east, layout.table.size), [*small, _across("center")]),
        _style("header", "header", layout.foot, [*_spacing(line=_twips(12)), _across("right")], colour=_GREY),
        _style("footer", "footer", layout.foot, [_across("center")]),
        _table(layout),
    ]
    for level, face in enumerate(layout.headings, 1):
        shape = [element("keepNext"), *_spacing(before=0 if layout.indent else 240, after=0 if layout.indent else 120), *indent]
        shape.append(element("outlineLvl", val=level - 1))
        made.append(_style(f"Heading{level}", f"heading {level}", face, shape, close=close))
    for level in range(1, CONTENTS + 1):
        shape = [_page_numbers(layout), *line, element("ind", left=_HANGING * (level - 1))]
        made.append(_style(f"TOC{level}", f"toc {level}", layout.body, shape, close=close))
    return made


def font_table(layout: Layout) -> bytes:
    """The part that tells other names for a font that a machine may not have, divided by commas (17.8.3.1)."""
    faces = (layout.body, layout.title, layout.table, layout.caption, layout.foot, *layout.headings)
    names = {LATIN, *(face.east for face in faces)}
    fonts = [
        element("font", *([element("altName", val=",".join(ALSO[name]))] if name in ALSO else []), name=name)
        for name in sorted(names)
    ]
    return bytes(etree.tostring(element("fonts", *fonts), xml_declaration=True, encoding="UTF-8", standalone=True))


def _defaults(face: Face) -> Element:
    plain = element("rPr", *font(face), element("lang", val="en-US", eastAsia="zh-CN"))
    return element("docDefaults", element("rPrDefault", plain), element("pPrDefault", element("pPr")))


def _page_numbers(layout: Layout) -> Element:
    """At the right end of a line of dots."""
    return element("tabs", element("tab", val="right", leader="dot", pos=_twips(layout.width * MM_PT)))


def _style(
    id_: str, name: str, face: Face, shape: list[Element], *, colour: str = "", close: int = 0, default: str = ""
) -> Element:
    """A style of paragraphs; `close` is put between two characters, in twentieths of a point."""
    marks = {"type": "paragraph", "styleId": id_} | ({"default": default} if default else {})
    if name[0].isupper() and name not in _KNOWN:
        marks["customStyle"] = "1"
    fonts, *rest = font(face)
    tint = [*([element("color", val=colour)] if colour else []), *([element("spacing", val=close)] if close else [])]
    letters = element("rPr", fonts, *rest[:-2], *tint, *rest[-2:])
    based = [] if default else [element("basedOn", val="Normal")]
    said = element("pPr", *map(deepcopy, shape))  # an element of lxml stands in one place: a shape that styles share would move
    return element("style", element("name", val=name), *based, element("qFormat"), said, letters, **marks)


def _table(layout: Layout) -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = element("tblBorders", *(element(side, val="single", sz=4, space=0, color="808080") for side in sides))
    margins = {"top": 30, "left": 80, "bottom": 30, "right": 80}
    shape = element("tblPr", lines, element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in margins.items())))
    letters = element("rPr", *font(layout.table))
    return element("style", element("name", val="Report Table"), letters, shape, type="table", styleId="ReportTable")


def _spacing(**lengths: int) -> list[Element]:
    """Space before and after, and from line to line, in twentieths of a point; a line grows with what is in it."""
    rule = {"lineRule": "atLeast"} if "line" in lengths else {}
    return [element("spacing", **lengths, **rule)]


def _across(how: str) -> Element:
    return element("jc", val=how)


def _twips(points: float) -> int:
    return int(points * 20)
