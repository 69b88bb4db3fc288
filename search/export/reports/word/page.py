"""The page of a DOCX: margins, the grid of lines and characters, header and page numbers."""

from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm

from search.export.reports.layout import Face, Layout
from search.export.reports.model import Report
from search.export.reports.word.elements import Element, element, field, paragraph, run

_HEAD_MM, _FOOT_MM = 15, 12
_OFFICIAL_FOOT_MM = 25
"""The foot's own lower edge: its dashes stand 7 mm below the type area, 28 mm above the paper's edge (GB/T 9704-2012, 7.5)."""


def set_page(document: Any, layout: Layout, report: Report) -> None:
    """The one section, its header and footers; the title page has none."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(layout.above), Mm(layout.below)
    section.left_margin, section.right_margin = Mm(layout.left), Mm(layout.right)
    section.header_distance, section.footer_distance = Mm(_HEAD_MM), Mm(_OFFICIAL_FOOT_MM if layout.dashes else _FOOT_MM)
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = layout.dashes
    _settle(document.settings.element)
    _grid(section._sectPr, layout)
    small = Face(layout.foot.east, 9)
    said = "　".join(text for text in (report.title, report.as_of) if text)
    _put(section.header, paragraph("header", [run(said, small, colour="595959")]))
    if layout.dashes:
        _put(section.even_page_header, paragraph("header", [run(said, small, colour="595959")]))
        _put(section.footer, _dashed(layout.foot, "right"))
        _put(section.even_page_footer, _dashed(layout.foot, "left"))
    else:
        pages = [*field("PAGE", layout.foot, "1"), run(" / ", layout.foot), *field("NUMPAGES", layout.foot, "1")]
        _put(section.footer, paragraph("footer", pages))


def _settle(settings: Element) -> None:
    """East Asian text is Chinese, whatever the machine is (17.15.1.88); punctuation at a line's end takes half (17.15.1.18); a line
    that ends before its paragraph is not spread over its width (17.15.3.15); the file is of Word's newest form."""
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    settings.find(qn("w:characterSpacingControl")).set(qn("w:val"), "compressPunctuation")
    compat = settings.find(qn("w:compat"))
    compat.insert(0, element("doNotExpandShiftReturn"))
    for setting in compat.findall(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _grid(section: Element, layout: Layout) -> None:
    """The lines of a page (17.6.5): twentieths of a point from line to line. What a line holds is the type's own affair
    (`Layout.tracking`): a grid of characters narrower than the type, as the standard's 28 of 三号 are, is set by some word
    processors with every second place empty."""
    for old in section.findall(qn("w:docGrid")):
        section.remove(old)
    if layout.characters:
        section.append(element("docGrid", type="lines", linePitch=int(layout.pitch * 20)))


def _dashed(face: Face, side: str) -> Element:
    """— 1 —, one character in from the outer edge."""
    inside = element("ind", **{f"{side}Chars": 100, side: round(face.size * 20)})
    runs = [run("— ", face), *field("PAGE", face, "1"), run(" —", face)]
    return paragraph("footer", runs, indent=inside, side=element("jc", val=side))


def _put(part: Any, made: Element) -> None:
    part.is_linked_to_previous = False
    for old in part._element.findall(qn("w:p")):
        part._element.remove(old)
    part._element.append(made)
