"""The contents of a DOCX: a field that lists the headings as links. It is marked to be updated: the numbers of the pages come with
that, from whoever lays the pages out; no one knows them before."""

from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn

from search.export.reports.layout import Face
from search.export.reports.model import CONTENTS, Heading
from search.export.reports.numbering import Numbered
from search.export.reports.word.elements import Element, element, field, paragraph, run


def contents(blocks: Sequence[Numbered], face: Face) -> Iterator[Element]:
    """The paragraphs of the field, each in the style of its level."""
    begin, code, middle, first, end = field(f'TOC \\o "1-{CONTENTS}" \\h \\z \\u', face, "")
    begin[-1].set(qn("w:dirty"), "true")
    listed = list(_listed(blocks, face))
    for number, (level, entry) in enumerate(listed):
        before = [begin, code, middle] if number == 0 else []
        after = [end] if number == len(listed) - 1 else []
        yield paragraph(f"TOC{level}", [*before, entry, *after])
    if not listed:
        yield paragraph("TOC1", [begin, code, middle, first, end])


def heading(place: int, number: str, block: Heading, face: Face) -> Element:
    """The heading itself, marked where it is listed; `place` among the blocks."""
    said = [run(number + block.text, face)]
    if block.level <= CONTENTS:
        said = [element("bookmarkStart", id=place, name=_mark(place)), *said, element("bookmarkEnd", id=place)]
    return paragraph(f"Heading{block.level}", said)


def _listed(blocks: Sequence[Numbered], face: Face) -> Iterator[tuple[int, Element]]:
    for place, each in enumerate(blocks):
        match each.block:
            case Heading(text=text, level=level) if level <= CONTENTS:
                yield level, element("hyperlink", run(each.number + text, face), anchor=_mark(place), history=1)


def _mark(place: int) -> str:
    return f"_Toc{place}"
