"""A table of analysis as CSV, or as a workbook with charts of its own that a spreadsheet draws and that follow its cells.

Both end with how it was counted: population, unit, date, coverage, caveats (`search.analysis.model.Analysis`).
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from search.analysis import labels
from search.analysis.caveats import UNITS
from search.analysis.model import Analysis, Number, Row
from search.api import spreadsheet

if TYPE_CHECKING:
    from search.export.xlsx.book import Book

_WORDS: dict[str, tuple[str, str]] = {
    "query": ("检索式", "query"),
    "waiting": ("其中未收录", "of these not held"),
    "incomplete": ("公开尚不完整", "not all published yet"),
    "population": ("统计范围", "population"),
    "unit": ("计数单位", "unit"),
    "total": ("总数", "total"),
    "date": ("年份依据", "year of"),
    "left_out": ("合并的其他公布文本", "further publications of units counted"),
    "coverage": ("覆盖率", "coverage"),
    "caveat": ("说明", "to know"),
    "about": ("说明", "About"),
    **{str(unit): named for unit, named in UNITS.items()},
}


def csv(analysis: Analysis, lang: str) -> bytes:
    """The table and its parts one below the other, each under its head."""
    lines: list[Iterable[str]] = []
    for part in (analysis, *analysis.parts):
        lines += [head(part, lang), *(map(_text, cells(part, row, lang)) for row in part.rows), ()]
    return spreadsheet.MARK + spreadsheet.text([*lines, *about(analysis, lang)]).encode()


def xlsx(analysis: Analysis, lang: str) -> bytes:
    """A sheet each for the table and its parts, with a chart where one says something; a last one tells about them."""
    from search.export.xlsx.book import Book  # noqa: PLC0415  not for every start

    out = io.BytesIO()
    with Book(out) as book:
        for part in (analysis, *analysis.parts):
            _sheet(book, part, lang)
        book.about(_word("about", lang), about(analysis, lang))
    return out.getvalue()


def head(analysis: Analysis, lang: str) -> list[str]:
    """The labels of the columns."""
    dimensions = [labels.named(name, lang) for name in analysis.by]
    values = [labels.column(name, lang) for name in ("count", *analysis.columns)]
    waiting = [_word("waiting", lang)] if analysis.waiting else []
    return [*dimensions, *values, *waiting, _word("incomplete", lang), _word("query", lang)]


def cells(analysis: Analysis, row: Row, lang: str) -> list[Number]:
    """A row under them; numbers stay numbers."""
    keys = [analysis.label(name, key, lang) for name, key in zip(analysis.by, row.keys, strict=True)]
    values = [_value(name, row.values.get(name), lang) for name in analysis.columns]
    waiting: list[Number] = [row.waiting] if analysis.waiting else []
    return [*keys, row.count, *values, *waiting, _word("incomplete", lang) if row.incomplete else "", row.query]


def about(analysis: Analysis, lang: str) -> list[list[str]]:
    """How it was counted, a label and a text a row."""
    told = [
        ("population", analysis.population),
        ("unit", _word(analysis.unit, lang)),
        ("total", str(analysis.total)),
        ("waiting", str(analysis.waiting) if analysis.waiting else ""),
        ("date", labels.named(analysis.date, lang) if analysis.date in labels.DIMENSIONS else analysis.date or ""),
        ("left_out", str(analysis.left_out) if analysis.left_out else ""),
    ]
    rows = [[_word(name, lang), text] for name, text in told if text]
    for name, share in analysis.coverage.items():
        rows.append([f"{_word('coverage', lang)} {labels.named(name, lang)}", f"{share:.1%}"])
    rows += [[labels.column(name, lang), _text(_value(name, value, lang))] for name, value in analysis.figures.items()]
    return rows + [[_word("caveat", lang), caveat.zh if lang == "zh" else caveat.en] for caveat in analysis.caveats]


def _sheet(book: "Book", analysis: Analysis, lang: str) -> None:
    name = " × ".join(labels.named(dimension, lang) for dimension in analysis.by)
    shares = {len(analysis.by) + 1 + place for place, column in enumerate(analysis.columns) if column in labels.SHARES}
    sheet = book.sheet(name, head(analysis, lang), [cells(analysis, row, lang) for row in analysis.rows], shares=shares)
    if len(analysis.by) == 1:
        sheet.chart("column" if analysis.by[0].endswith("_year") else "bar", title=name, keys=0, values=1)
    elif analysis.crossed:
        grid = list(crossed(analysis, lang))
        book.sheet(f"{name} #", grid[0], grid[1:]).stack(title=name)


def crossed(analysis: Analysis, lang: str) -> Iterator[Sequence[Number]]:
    """The crossing as it is read: the keys of one dimension across, of the other down; what has no row is 0."""
    first, second = analysis.by
    down, across = (list(dict.fromkeys(row.keys[place] for row in analysis.rows)) for place in (0, 1))
    counts = {row.keys: row.count for row in analysis.rows}
    yield [f"{labels.named(first, lang)} \\ {labels.named(second, lang)}", *(analysis.label(second, key, lang) for key in across)]
    for key in down:
        yield [analysis.label(first, key, lang), *(counts.get((key, other), 0) for other in across)]


def _value(name: str, value: Number, lang: str) -> Number:
    return labels.state(value, lang) if name in labels.STATES and isinstance(value, str) else value


def _text(value: Number) -> str:
    return "" if value is None else str(value)


def _word(name: str, lang: str) -> str:
    return _WORDS[name][lang != "zh"]
