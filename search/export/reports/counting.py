"""字数 as word processors count it, and whether a report keeps to what was asked of it.

The rule, of "Words"/字数 in Word and WPS with a Chinese text: each Chinese character and each full-width sign counts one; each
run of other signs without a blank counts one, be it a word, a number or a date. A character outside the BMP is one. Counted are
the title page, headings with their numbers, paragraphs, lists, tables and pictures with captions and notes; left out are the
contents (they repeat the headings), headers, footers, and what stands in a picture. Annexes are counted apart: full texts are
no report of 10万字 (S3 L156).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.export.reports.model import Block, Heading, Listing, Paragraph, Picture, Report, Table
from search.export.reports.numbering import Numbering, numbered

_EAST_ASIAN = (
    "\u2e80-\u2fff\u3001-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff‘’“”…—·"
)
_COUNTED = re.compile(rf"[{_EAST_ASIAN}]|[^\s{_EAST_ASIAN}]+")


@dataclass(frozen=True, slots=True)
class Count:
    """字数 of the report's own text and of its annexes."""

    body: int
    annexes: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was asked, what there is, and by how much it misses: `missing` characters or `over`, one of them 0."""

    count: Count
    floor: int | None
    ceiling: int | None

    @property
    def missing(self) -> int:
        return max(0, (self.floor or 0) - self.count.body)

    @property
    def over(self) -> int:
        return 0 if self.ceiling is None else max(0, self.count.body - self.ceiling)

    @property
    def kept(self) -> bool:
        """Whether both bounds are kept, each included (以上, 以内)."""
        return not self.missing and not self.over


def characters(text: str) -> int:
    """字数 of a text."""
    return sum(1 for _ in _COUNTED.finditer(text))


def count(report: Report, numbering: Numbering) -> Count:
    """字数 of a report."""
    body = sum(map(characters, (report.title, report.subtitle, *(part for fact in report.facts for part in fact))))
    annexes = 0
    beyond = False
    for each in numbered(report.blocks, numbering, report.lang):
        beyond = beyond or (isinstance(each.block, Heading) and each.block.annex)
        here = sum(map(characters, _texts(each.number, each.block)))
        body, annexes = (body, annexes + here) if beyond else (body + here, annexes)
    return Count(body, annexes)


def _texts(number: str, block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield number + text
        case Paragraph(text=text):
            yield text
        case Listing(items=items):
            yield from items
        case Table(caption=caption, head=head, rows=rows, note=note):
            yield number + caption
            yield from head
            for row in rows:
                yield from row
            yield note
        case Picture(caption=caption):
            yield number + caption
        case _:
            pass
