"""Means by effects as CSV, or as a workbook with a chart of its own: the table, and the sentences behind each number of it.

Both end with how it was counted (`search.analysis.effects.caveats`).
"""

import io
from collections.abc import Iterator, Sequence
from itertools import islice

from search.analysis import labels
from search.analysis.effects.asking import Crossed
from search.analysis.effects.service import Matrix
from search.analysis.effects.table import EFFECT, MEANS
from search.analysis.effects.words import effects
from search.api import spreadsheet
from search.export.tables import about, crossed

SENTENCES = 10_000
"""Of a file: those of the first cells."""

_WORDS: dict[str, tuple[str, str]] = {
    "documents": ("文献数", "documents"),
    "sheet": ("句子", "Sentences"),
    "number": ("公开（公告）号", "publication number"),
    "place": ("位置", "place"),
    "sentence": ("句子", "sentence"),
    "said": ("表述", "as it is said"),
    "written": ("手段原文", "means as written"),
    "found": ("规则判定的功效", "effect as found"),
    "corrected": ("已更正", "corrected"),
    "yes": ("是", "yes"),
    "abstract": ("摘要", "abstract"),
    "claim": ("权利要求 {number}", "claim {number}"),
    "about": ("说明", "About"),
    "caveat": ("说明", "to know"),
    "cut": ("（未完）", " (cut)"),
    "first": ("只列出前 {shown} 句，共 {of} 句。", "Only the first {shown} of {of} sentences are listed."),
}

Line = list[str | int]


def csv(found: Crossed, lang: str) -> bytes:
    """The table, its sentences below it, and how it was counted."""
    lines: list[Sequence[object]] = [*cells(found.matrix, lang), [], *sentences(found.matrix, lang), [], *told(found, lang)]
    return spreadsheet.MARK + spreadsheet.text([str(value) for value in line] for line in lines).encode()


def xlsx(found: Crossed, lang: str) -> bytes:
    """A sheet for the table, one for it as it is read with a chart, one for the sentences, and one that tells about them."""
    from search.export.xlsx.book import Book  # noqa: PLC0415  not for every start

    out = io.BytesIO()
    with Book(out) as book:
        name = f"{labels.named(MEANS, lang)} × {labels.named(EFFECT, lang)}"
        head, *rows = cells(found.matrix, lang)
        book.sheet(name, head, rows)
        if rows:
            across, *down = crossed(found.table, lang)
            book.sheet(f"{name} #", across, down).stack(title=name)
        head, *rows = sentences(found.matrix, lang)
        book.sheet(_word("sheet", lang), head, rows)
        book.about(_word("about", lang), told(found, lang))
    return out.getvalue()


def cells(matrix: Matrix, lang: str) -> Iterator[Line]:
    """A head, then a line for each cell that counts something."""
    yield [labels.named(MEANS, lang), labels.named(EFFECT, lang), _word("documents", lang), labels.column("sentences", lang)]
    for cell in matrix.cells:
        yield [*_keys(cell.means, cell.effect, lang), cell.count, cell.sentences]


def sentences(matrix: Matrix, lang: str) -> Iterator[Line]:
    """A head, then a line for each effect that a sentence says: its cell, where it stands, whether it was corrected."""
    head = ("number", "place", "sentence", "said", "written", "found", "corrected")
    yield [labels.named(MEANS, lang), labels.named(EFFECT, lang), *(_word(name, lang) for name in head)]
    every = ((cell, each) for cell in matrix.cells for each in cell.findings)
    for of, each in islice(every, SENTENCES):
        yield [
            *_keys(of.means, of.effect, lang),
            each.number,
            place(each.field, lang),
            spreadsheet.fitted(each.text, _word("cut", lang)),
            each.text[slice(*each.words)],
            each.means,
            effects()[each.found].label(lang),
            _word("yes", lang) if each.corrected else "",
        ]


def told(found: Crossed, lang: str) -> list[list[str]]:
    """How it was counted, a label and a text a row."""
    of = sum(len(cell.findings) for cell in found.matrix.cells)
    rows = about(found.table, lang)
    return [*rows, [_word("caveat", lang), _word("first", lang).format(shown=SENTENCES, of=of)]] if of > SENTENCES else rows


def place(field: str, lang: str) -> str:
    """Where a sentence stands, in words."""
    name, _, number = field.partition("/")
    return _word("claim", lang).format(number=number) if name == "claims" else _word("abstract", lang)


def _keys(means: str, effect: str, lang: str) -> tuple[str, str]:
    return labels.label(MEANS, means, lang), labels.label(EFFECT, effect, lang)


def _word(name: str, lang: str) -> str:
    return _WORDS[name][lang != "zh"]
