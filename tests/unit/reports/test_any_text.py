"""Whatever a document says: it is written, opens again, and stands as it is."""

import re
from html import unescape
from io import BytesIO

from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.export.reports import html
from search.export.reports.layout import OFFICIAL, PLAIN
from search.export.reports.model import Heading, Paragraph, Report, Table, readable
from search.export.reports.word.writer import write
from tests.unit.reports.samples import HARM, NOON, UNREADABLE

LINES = st.text(st.characters(exclude_characters="\r\n\t"), min_size=1, max_size=40).filter(lambda text: text.strip() != "")


@settings(max_examples=40, deadline=None)
@given(LINES, LINES)
@example(HARM, UNREADABLE)
@example("]]>", "<!--")
@example("{ PAGE }", '\\o "1-3"')
@example("_x000D_", "&#x0;")
def test_any_text_is_written_and_read_again(title: str, cell: str) -> None:
    blocks = (Heading(title), Paragraph(cell), Table(title, ("a", "b"), ((cell, "1"),)))
    for layout in (PLAIN, OFFICIAL):
        document = Document(BytesIO(write(Report(title, "zh", blocks), layout, now=NOON)))
        [table] = document.tables
        assert table.rows[1].cells[0].text == readable(cell)
        assert readable(cell) in [paragraph.text for paragraph in document.paragraphs]
        assert document.core_properties.title == readable(title)
    page = html.write(Report(title, "zh", blocks), PLAIN)
    [shown] = re.findall(r"<p>(.*)</p>", page, re.DOTALL)
    assert unescape(shown) == readable(cell)
