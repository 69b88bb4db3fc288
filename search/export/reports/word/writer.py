"""`write`: a report as DOCX. The contents are a field, which Word fills with page numbers when they are updated; until then they
list the headings. Numbers of headings are text, so that they are the same in every format."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Emu, Mm

from search.export.reports.columns import shares
from search.export.reports.layout import MM_PT, Face, Layout
from search.export.reports.model import CONTENTS, Heading, Listing, PageBreak, Paragraph, Picture, Report, Table, readable
from search.export.reports.numbering import Numbered, numbered
from search.export.reports.word.elements import Element, element, field, paragraph, run
from search.export.reports.word.page import set_page
from search.export.reports.word.styles import font_table, styles

_PALE = "F2F2F2"
_HEAD = "E7ECF2"


def write(report: Report, layout: Layout, *, now: datetime) -> bytes:
    """The file. `now` is the day it says it was made."""
    return _Writer(report, layout).written(now)


class _Writer:
    """One report under way."""

    def __init__(self, report: Report, layout: Layout) -> None:
        self._report = report
        self._layout = layout
        self._document = Document()
        self._blocks = list(numbered(report.blocks, layout.numbering, report.lang))

    def written(self, now: datetime) -> bytes:
        self._settle(now)
        body = self._document.element.body
        end = body.sectPr
        for made in (*self._title_page(), *self._contents(), *(part for block in self._blocks for part in self._block(block))):
            end.addprevious(made)
        out = BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _settle(self, now: datetime) -> None:
        kept = self._document.styles.element
        kept[:] = styles(self._layout)
        for relation in self._document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
                relation.target_part._blob = font_table(self._layout)
        set_page(self._document, self._layout, self._report)
        said = self._document.core_properties
        said.title, said.author, said.comments, said.language = (
            readable(self._report.title)[:255],
            "Patentry",
            "",
            self._report.lang,
        )
        said.created = said.modified = now
        said.last_modified_by = "Patentry"

    def _title_page(self) -> Iterator[Element]:
        layout, report = self._layout, self._report
        yield paragraph("Title", [run(report.title, layout.title)])
        yield paragraph("Subtitle", [run(report.subtitle, layout.headings[0])])
        for label, value in report.facts:
            yield paragraph("Fact", [run(f"{label}：{value}" if report.lang == "zh" else f"{label}: {value}", layout.body)])
        yield self._page_break()

    def _contents(self) -> Iterator[Element]:
        """The headings as the field's result, each with the style of its level."""
        face = self._layout.body
        listed = [
            (each.block.level, each.number + each.block.text)
            for each in self._blocks
            if isinstance(each.block, Heading) and each.block.level <= CONTENTS
        ]
        begin, code, middle, first, end = field(f'TOC \\o "1-{CONTENTS}" \\h \\z \\u', face, "")
        begin[-1].set(qn("w:dirty"), "true")  # to be filled when it is opened
        yield paragraph("ContentsHeading", [run("目录" if self._report.lang == "zh" else "Contents", self._layout.headings[0])])
        for number, (level, text) in enumerate(listed):
            before = [begin, code, middle] if number == 0 else []
            after = [end] if number == len(listed) - 1 else []
            yield paragraph(f"TOC{level}", [*before, run(text, face), *after])
        if not listed:
            yield paragraph("TOC1", [begin, code, middle, first, end])
        yield self._page_break()

    def _block(self, numbered_block: Numbered) -> Iterator[Element]:
        number, layout = numbered_block.number, self._layout
        match numbered_block.block:
            case Heading(text=text, level=level):
                yield paragraph(f"Heading{level}", [run(number + text, layout.headings[level - 1])])
            case Paragraph(text=text, quiet=quiet):
                yield self._quiet(text) if quiet else paragraph("BodyText", [run(text, layout.body)])
            case Listing(items=items):
                for item in items:
                    yield paragraph("Item", [run(f"•\u2002{item}", layout.body)])
            case Table() as table:
                yield paragraph("Caption", [run(number + table.caption, layout.caption)])
                yield self._table(table)
                yield self._quiet(table.note)
            case Picture() as picture:
                yield self._picture(picture)
                yield paragraph("PictureCaption", [run(number + picture.caption, layout.caption)])
            case PageBreak():
                yield self._page_break()

    def _page_break(self) -> Element:
        holder = run("", self._layout.body)
        holder[-1:] = [element("br", type="page")]
        return paragraph("BodyText", [holder])

    def _quiet(self, text: str) -> Element:
        return paragraph("Quiet", [run(text, Face(self._layout.body.east, self._layout.table.size), colour="595959")])

    def _table(self, table: Table) -> Element:
        """Its first row is repeated on each page, and no row is cut by a page's end."""
        widths = [round(share * self._layout.width * MM_PT * 20) for share in shares(table, self._layout)]
        whole = element("tblPr", element("tblStyle", val="ReportTable"), element("tblW", w=sum(widths), type="dxa"))
        whole.append(element("tblLayout", type="fixed"))
        made = element("tbl", whole, element("tblGrid", *(element("gridCol", w=width) for width in widths)))
        bold = Face(self._layout.caption.east, self._layout.table.size)
        made.append(
            _row([_cell(text, width, "CellHead", bold, fill=_HEAD) for text, width in zip(table.head, widths, strict=True)])
        )
        made[-1].insert(0, element("trPr", element("cantSplit"), element("tblHeader")))
        for place, row in enumerate(table.rows):
            fill = _PALE if place in table.pale else ""
            cells = [
                _cell(text, width, "Cell", self._layout.table, fill=fill, right=column in table.figures)
                for column, (text, width) in enumerate(zip(row, widths, strict=True))
            ]
            made.append(_row(cells))
            made[-1].insert(0, element("trPr", element("cantSplit")))
        return made

    def _picture(self, picture: Picture) -> Element:
        """As wide as the type area at the most, and as high as two thirds of it."""
        inline = self._document.part.new_pic_inline(BytesIO(picture.data), width=None, height=None)
        wide, high = inline.extent.cx, inline.extent.cy
        scale = min(Mm(self._layout.width) / wide, Mm(150) / high, 1.0)
        inline.extent.cx, inline.extent.cy = Emu(int(wide * scale)), Emu(int(high * scale))
        shape = inline.graphic.graphicData.pic.spPr
        shape.cx, shape.cy = inline.extent.cx, inline.extent.cy
        inline.docPr.set("descr", readable(picture.alt))
        inline.docPr.set("title", readable(picture.caption))
        holder = run("", self._layout.body)
        holder[-1:] = [element("drawing", inline)]
        return paragraph("Picture", [holder])


def _row(cells: Sequence[Element]) -> Element:
    return element("tr", *cells)


def _cell(text: str, width: int, style: str, face: Face, *, fill: str = "", right: bool = False) -> Element:
    shape = element("tcPr", element("tcW", w=width, type="dxa"))
    if fill:
        shape.append(element("shd", val="clear", color="auto", fill=fill))
    side = {"side": element("jc", val="right")} if right else {}
    return element("tc", shape, paragraph(style, [run(text, face)], **side))
