"""How a table shares a page's width: no word is printed over the next column, however many columns and long words there are."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from search.export.reports import pdf
from search.export.reports.columns import fit
from search.export.reports.layout import LAYOUTS, MM_PT
from search.export.reports.model import Report, Table
from tests.unit.reports import pdf_text
from tests.unit.reports.samples import NOON

NAMES = ("Mitsubishi Electric Corporation", "Schaeffler Technologies AG", "QUALCOMM INCORPORATED", "海川大学")
HALF = re.compile(r"[!-~]+")
"""Runs that no line ends in by itself: each of their letters is about a half-width character."""


def wide(columns: int) -> Table:
    heads = tuple(NAMES[place % len(NAMES)] for place in range(columns))
    return Table("表", ("技术分支", *heads), (("1 余热", *["1,234"] * columns),), figures=frozenset(range(1, columns + 1)))


@given(
    st.lists(st.text("aiW1,余 ", max_size=40), min_size=1, max_size=14),
    st.sampled_from(sorted(LAYOUTS)),
)
@settings(max_examples=200, deadline=None)
def test_what_no_line_ends_in_has_room_in_its_column(head: list[str], name: str) -> None:
    layout = LAYOUTS[name]
    fitted = fit(Table("", tuple(head), ()), layout)
    broken = fitted.broken(head)
    assert [text.replace("\u200b", "") for text in broken] == head
    assert abs(sum(fitted.shares) - 1) < 1e-9
    for text, share in zip(broken, fitted.shares, strict=True):
        room = share * layout.width * MM_PT / (fitted.size / 2)
        assert all(len(run) <= room for run in HALF.findall(text)), (text, room)


def test_words_that_have_room_are_not_broken_and_numbers_never_are() -> None:
    for layout in LAYOUTS.values():
        narrow, full = wide(3), wide(12)
        assert fit(narrow, layout).broken(narrow.head) == list(narrow.head)
        fitted = fit(full, layout)
        assert fitted.size == 7.5
        assert any("\u200b" in head for head in fitted.broken(full.head))
        assert fitted.broken(full.rows[0]) == list(full.rows[0])


def test_a_head_that_is_broken_reads_in_the_pdf_as_it_is() -> None:
    made = pdf.write(Report("宽", "zh", (wide(12),)), LAYOUTS["plain"], now=NOON)
    assert "QUALCOMMINCORPORATED海川大学" in re.sub(r"[\s\u200b]", "", pdf_text.text(made))
