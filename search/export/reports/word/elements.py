"""WordprocessingML (ISO/IEC 29500-1, 17), element by element. Every run says its East Asian font: a run that leaves it to the
styles is shown in a Latin font's idea of Chinese on machines whose defaults differ."""

import re
from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from search.export.reports.layout import Face
from search.export.reports.model import readable

Element = Any
"""lxml's; its classes of python-docx have no types of use here."""


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """`w:tag` with attributes of the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def font(face: Face) -> list[Element]:
    """The properties of a face, in the order the schema asks for (17.3.2.28)."""
    fonts = element("rFonts", ascii=face.latin, hAnsi=face.latin, eastAsia=face.east, cs=face.latin)
    bold = [element("b")] if face.bold else []
    return [fonts, *bold, element("sz", val=round(face.size * 2)), element("szCs", val=round(face.size * 2))]


def run(text: str, face: Face, *, colour: str = "") -> Element:
    """Text; a line feed in it begins a line, a tabulator goes to the next stop."""
    said = _run(face, colour)
    for part in re.split("([\n\t])", readable(text)):
        said.append(element("br") if part == "\n" else element("tab") if part == "\t" else _text("t", part))
    return said


def _run(face: Face, colour: str = "") -> Element:
    fonts, *rest = font(face)
    fonts.set(qn("w:hint"), "eastAsia")  # or “ ” … would be Latin (17.3.2.26)
    sizes = rest[-2:]
    tint = [element("color", val=colour)] if colour else []
    return element("r", element("rPr", fonts, *rest[:-2], *tint, *sizes))


def _text(tag: str, text: str) -> Element:
    made = element(tag)
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made


def field(instruction: str, face: Face, shown: str) -> list[Element]:
    """A complex field (17.16.18) that shows `shown` until it is updated."""
    begin, code, middle, end = (_run(face) for _ in range(4))
    begin.append(element("fldChar", fldCharType="begin"))
    code.append(_text("instrText", f" {instruction} "))
    middle.append(element("fldChar", fldCharType="separate"))
    end.append(element("fldChar", fldCharType="end"))
    return [begin, code, middle, run(shown, face), end]


def paragraph(style: str, runs: Iterable[Element], **properties: Element) -> Element:
    """A paragraph of a style; `properties` are further ones, by name, in the schema's order."""
    return element("p", element("pPr", element("pStyle", val=style), *properties.values()), *runs)


def off_grid() -> Element:
    """Of a paragraph whose lines follow its own type (17.3.1.32); some word processors don't take it from a style."""
    return element("snapToGrid", val=0)
