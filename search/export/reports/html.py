"""`write`: a report as a part of a page. Rows that open documents are links; every text is escaped."""

import re
from collections.abc import Iterator
from html import escape

from search.export.reports.layout import Layout
from search.export.reports.model import CONTENTS, Heading, Listing, PageBreak, Paragraph, Picture, Report, Table, readable
from search.export.reports.numbering import Numbered, numbered

_ID = re.compile(r'\sid="([^"]+)"')
_NUMBER = ' class="number"'


def write(report: Report, layout: Layout) -> str:
    """HTML that stands under the page's own h1. Pictures are SVG and come from our own painter: they stand in it as they are."""
    blocks = list(numbered(report.blocks, layout.numbering, report.lang))
    return "\n".join(_parts(report, blocks))


def _parts(report: Report, blocks: list[Numbered]) -> Iterator[str]:
    label = "目录" if report.lang == "zh" else "Contents"
    if report.facts:
        yield (
            '<dl class="facts">'
            + "".join(f"<dt>{_said(name)}</dt><dd>{_said(value)}</dd>" for name, value in report.facts)
            + "</dl>"
        )
    yield f'<nav class="contents" aria-label="{label}"><h2>{label}</h2><ul>'
    for place, each in enumerate(blocks):
        if isinstance(each.block, Heading) and each.block.level <= CONTENTS:
            text = _said(each.number + each.block.text)
            yield f'<li class="level-{each.block.level}"><a href="#part-{place}">{text}</a></li>'
    yield "</ul></nav>"
    for place, each in enumerate(blocks):
        yield from _block(each, place)


def _block(each: Numbered, place: int) -> Iterator[str]:
    match each.block:
        case Heading(text=text, level=level):
            tag = f"h{min(level + 1, 6)}"
            yield f'<{tag} id="part-{place}">{_said(each.number + text)}</{tag}>'
        case Paragraph(text=text, quiet=quiet):
            yield f'<p class="quiet">{_said(text)}</p>' if quiet else f"<p>{_said(text)}</p>"
        case Listing(items=items):
            yield "<ul>" + "".join(f"<li>{_said(item)}</li>" for item in items) + "</ul>"
        case Table() as table:
            yield from _table(table, each.number)
        case Picture() as picture:
            drawn = _apart(picture.data.decode(), place) if picture.format == "svg" else ""
            yield f'<figure class="chart">{drawn}<figcaption>{_said(each.number + picture.caption)}</figcaption></figure>'
        case PageBreak():
            yield '<hr class="page">'


def _apart(svg: str, place: int) -> str:
    """The picture with ids of its own: two of one kind have the same, and what is said of the first would be read for both."""
    ids = _ID.findall(svg)
    return re.sub(rf"(?<![\w-])({'|'.join(map(re.escape, ids))})(?![\w-])", rf"\1-{place}", svg) if ids else svg


def _table(table: Table, number: str) -> Iterator[str]:
    yield f'<div class="wide"><table class="rows"><caption>{_said(number + table.caption)}</caption><thead><tr>'
    for column, text in enumerate(table.head):
        yield f'<th scope="col"{_NUMBER if column in table.figures else ""}>{_said(text)}</th>'
    yield "</tr></thead>"
    for place, row in enumerate(table.rows):
        pale = ' class="pale"' if place in table.pale else ""
        links = table.links[place] if table.links else ("",) * len(row)
        yield f"<tr{pale}>" + "".join(_cell(text, column, links[column], table) for column, text in enumerate(row)) + "</tr>"
    yield "</table></div>"
    if table.note:
        yield f'<p class="quiet">{_said(table.note)}</p>'


def _cell(text: str, column: int, link: str, table: Table) -> str:
    said = _said(text)
    if link:
        said = f'<a href="{escape(link)}">{said}</a>'
    if column == 0:
        return f'<th scope="row">{said}</th>'
    return f"<td{_NUMBER if column in table.figures else ''}>{said}</td>"


def _said(text: str) -> str:
    return escape(readable(text)).replace("\n", "<br>")
