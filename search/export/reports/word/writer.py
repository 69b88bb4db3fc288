"""`write`: a report as DOCX. Numbers of headings are text, so that they are the same in every format."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import chain

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Emu, Mm

from search.export.reports.columns import fit
from search.export.reports.layout import MM_PT, Face, Layout
from search.export.reports.model import Heading, Listing, PageBreak, Paragraph, Picture, Report, Table, readable
from search.export.reports.numbering import Numbered, numbered
from search.export.reports.word.contents import contents, heading
from search.export.reports.word.elements import Element, element, off_grid, paragraph, run
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
        text = (made for place, each in enumerate(self._blocks) for made in self._block(place, each))
        for made in _paged(chain(self._title_page(), self._contents(), text)):
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

    def _title_page(self) -> Iterator[Element | None]:
        layout, report = self._layout, self._report
        yield paragraph("Title", [run(report.title, layout.title)])
        yield paragraph("Subtitle", [run(report.subtitle, layout.headings[0])])
        for label, value in report.facts:
            yield paragraph("Fact", [run(f"{label}：{value}" if report.lang == "zh" else f"{label}: {value}", layout.body)])
        yield None

    def _contents(self) -> Iterator[Element | None]:
        yield paragraph("ContentsHeading", [run("目录" if self._report.lang == "zh" else "Contents", self._layout.headings[0])])
        yield from contents(self._blocks, self._layout.body)
        yield None

    def _block(self, place: int, each: Numbered) -> Iterator[Element | None]:
        number, layout = each.number, self._layout
        match each.block:
            case Heading(level=level) as opening:
                yield heading(place, number, opening, layout.headings[level - 1])
            case Paragraph(text=text, quiet=quiet):
                yield self._quiet(text) if quiet else paragraph("BodyText", [run(text, layout.body)])
            case Listing(items=items):
                for item in items:
                    yield paragraph("Item", [run(f"•\t{item}", layout.body)])
            case Table() as table:
                yield paragraph("Caption", [run(number + table.caption, layout.caption)])
                yield self._table(table)
                yield self._quiet(table.note)
            case Picture() as picture:
                yield self._picture(picture)
                yield paragraph("PictureCaption", [run(number + picture.caption, layout.caption)])
            case PageBreak():
                yield None

    def _quiet(self, text: str) -> Element:
        said = run(text, Face(self._layout.body.east, self._layout.table.size), colour="595959")
        return paragraph("Quiet", [said], grid=off_grid())

    def _table(self, table: Table) -> Element:
        """Its first row is repeated on each page, and no row is cut by a page's end."""
        fitted = fit(table, self._layout)
        widths = [round(share * self._layout.width * MM_PT * 20) for share in fitted.shares]
        whole = element("tblPr", element("tblStyle", val="ReportTable"), element("tblW", w=sum(widths), type="dxa"))
        whole.append(element("tblLayout", type="fixed"))
        made = element("tbl", whole, element("tblGrid", *(element("gridCol", w=width) for width in widths)))
        plain, bold = (Face(face.east, fitted.size) for face in (self._layout.table, self._layout.caption))
        made.append(
            _row([_cell(text, width, "CellHead", bold, fill=_HEAD) for text, width in zip(table.head, widths, strict=True)])
        )
        made[-1].insert(0, element("trPr", element("cantSplit"), element("tblHeader")))
        for place, row in enumerate(table.rows):
            fill = _PALE if place in table.pale else ""
            with_next = fitted.whole and place < len(table.rows) - 1
            cells = [
                _cell(text, width, "Cell", plain, fill=fill, right=column in table.figures, with_next=with_next)
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


def _paged(parts: Iterable[Element | None]) -> Iterator[Element]:
    """The parts; that after a None begins a page. A paragraph that held nothing but the break could have a page to itself."""
    begins = False
    for part in parts:
        if begins and part is not None:
            part.pPr.insert(1, element("pageBreakBefore"))
        if part is not None:
            yield part
        begins = part is None


def _row(cells: Sequence[Element]) -> Element:
    return element("tr", *cells)


def _cell(
    text: str, width: int, style: str, face: Face, *, fill: str = "", right: bool = False, with_next: bool = False
) -> Element:
    shape = element("tcPr", element("tcW", w=width, type="dxa"))
    if fill:
        shape.append(element("shd", val="clear", color="auto", fill=fill))
    kept = {"kept": element("keepNext")} if with_next else {}
    side = {"side": element("jc", val="right")} if right else {}
    return element("tc", shape, paragraph(style, [run(text, face)], **kept, grid=off_grid(), **side))
