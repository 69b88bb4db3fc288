"""Technology and effect in a report: which means come with which effects in its documents, and the sentences that say so."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from search.analysis import labels
from search.analysis.effects.asking import opening
from search.analysis.effects.finding import Finding
from search.analysis.effects.service import Cell, Effects, Matrix
from search.analysis.effects.table import EFFECT, MEANS, table
from search.export.effects import place
from search.export.reports.model import Block, Heading, Paragraph, Table
from search.export.reports.telling import told
from search.export.reports.wording import Wording
from search.query.tree import both

if TYPE_CHECKING:
    from search.export.reports.maker import Chapters, Making

DOCUMENTS = 1_000
"""Documents that are read for a report, the first ones as they were loaded; its table says of how many they are."""

CELLS, EACH = 5, 3
"""Cells whose sentences are listed, those with the most documents, and sentences of each."""

_AROUND = 120
"""Characters of a sentence that are shown on either side of the words that say the effect."""


def chapter(effects: Effects) -> "Chapters":
    """Writes the chapter; raises what `Effects.matrix` raises."""

    def written(making: "Making") -> Iterator[Block]:
        t, question = making.t, making.read.question
        whole = both(making.read.tree, *question.filters.values())
        matrix = effects.matrix(whole, user=making.user, lang=t.lang, size=making.order.rows, documents=DOCUMENTS)
        read = {"q": making.basis.population, "dialect": "native", "size": making.order.rows, "documents": DOCUMENTS}
        narrow = {} if question.expand else {"expand": "false"}
        opened = opening([(name, str(value)) for name, value in (read | narrow).items()], t.lang)
        yield Paragraph(t("effects_read", most=DOCUMENTS))
        yield from told(table(matrix, making.basis.population), t, draw=making.draw, opened=opened)
        if matrix.cells:
            yield from _sentences(matrix, t)

    return written


def _sentences(matrix: Matrix, t: Wording) -> Iterator[Block]:
    cells = sorted(matrix.cells, key=lambda cell: -cell.count)[:CELLS]
    listed = [(cell, found) for cell in cells for found in _first(cell)]
    yield Heading(t("effects_sentences"), 2)
    yield Paragraph(t("effects_listed", cells=len(cells), each=EACH))
    yield Table(
        t("effects_sentences"),
        tuple(map(t, ("effects_cell", "effects_sentence", "number", "effects_place"))),
        tuple((_named(cell, t), _passage(found), found.number, place(found.field, t.lang)) for cell, found in listed),
        links=tuple(("", "", f"/patents/{found.number}", "") for _, found in listed),
    )


def _first(cell: Cell) -> list[Finding]:
    """A sentence each of the first documents."""
    return list({found.number: found for found in reversed(cell.findings)}.values())[::-1][:EACH]


def _named(cell: Cell, t: Wording) -> str:
    return f"{labels.label(MEANS, cell.means, t.lang)} × {labels.label(EFFECT, cell.effect, t.lang)}"


def _passage(found: Finding) -> str:
    start, end = max(0, found.words[0] - _AROUND), found.words[1] + _AROUND
    return f"{'…' if start else ''}{found.text[start:end].strip()}{'…' if end < len(found.text) else ''}"
