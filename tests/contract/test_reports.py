"""Reports over either engine: their numbers recounted document by document, every link followed, and both engines' the same."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from urllib.parse import parse_qs, urlsplit

import pytest

from search.analysis import labels
from search.analysis.service import Analyst
from search.engine.model import Question as Counted
from search.export.reports.maker import Reporter
from search.export.reports.model import Heading, Report, Table
from search.export.reports.order import Kind, Order
from search.find.question import Question
from search.find.service import Read
from search.loads.ordinals import DatabaseOrdinals
from search.query import parse
from tests.api.reports_stock import OWN, documents
from tests.contract import recount
from tests.contract.conftest import Place
from tests.contract.shelf import Shelf

KINDS: tuple[Kind, ...] = ("latest", "layout", "competitors", "hot", "mining")
READ = [recount.read(patent) for patent in documents()]
NAMED: Mapping[str, tuple[str, ...]] = {
    "趋势（申请年）": ("application_year",),
    "趋势（公开（公告）年）": ("publication_year",),
    "受理局分布": ("country",),
    "来源国分布": ("origin",),
    "地域（省份）": ("region",),
    "地域（城市）": ("city",),
    "技术分类（IPC 小类）": ("subclass",),
    "技术分类（IPC 大组）": ("group",),
    "申请人与发明人（申请人）": ("applicant",),
    "法律状态（法律状态）": ("legal",),
    "法律状态（专利类型）": ("type",),
    "受理局 × 公开（公告）年分布": ("country", "publication_year"),
    "IPC 小类 × 申请年分布": ("subclass", "application_year"),
    "申请人 × IPC 小类分布": ("applicant", "subclass"),
    "申请人 × 受理局分布": ("applicant", "country"),
    "IPC 大组 × 申请年分布": ("group", "application_year"),
    "申请人 × IPC 大组分布": ("applicant", "group"),
}
"""Tables of every document, and of an enterprise's own, by what they count by."""

MADE: dict[Kind, list[Report]] = {}
"""Of each engine that has made it."""


@pytest.fixture(scope="module")
def shelf(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    opened = Shelf.open(place(), ordinals)
    opened.put(*documents())
    yield opened
    opened.index.close()


def made(shelf: Shelf, kind: Kind) -> Report:
    said = parse("*")
    read = Read(Question(text="*"), said, said.tree)
    order = Order(kind=kind, rows=100, keys=5, full_texts=False, charts=False, applicants=(OWN,) if kind == "mining" else ())
    reporter = Reporter(shelf.index, Analyst(shelf.index))
    return reporter.made(order, read, user="", today=date(2026, 11, 24), draw=lambda *_: None).report


@cache
def oracle(by: tuple[str, ...], *, own: bool) -> dict[tuple[str, ...], int]:
    """Applications by the keys in words; of the enterprise's own or of all."""
    counted = [each for each in READ if OWN in each.keys["applicant"]] if own else READ
    table = recount.table(counted, Counted(by, unit="application"))
    return {
        tuple(labels.label(name, key, "zh") for name, key in zip(by, cell.keys, strict=True)): cell.count for cell in table.cells
    }


def shown(table: Table, by: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """The numbers of a table by its keys, but for those that are nothing."""
    named = [[text.removesuffix(" *") for text in texts] for texts in (table.head, *table.rows)]
    if len(by) == 1:
        return {(row[0],): int(row[1]) for row in named[1:] if row[1] != "0"}
    return {(row[0], key): int(cell) for row in named[1:] for key, cell in zip(named[0][1:], row[1:], strict=True) if cell != "0"}


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_reports_are_those_of_the_documents_and_open_them(shelf: Shelf, kind: Kind) -> None:
    report = made(shelf, kind)
    recounted, links, chapter = 0, 0, ""
    for table in report.blocks:
        chapter = table.text if isinstance(table, Heading) else chapter
        if not isinstance(table, Table):
            continue
        if table.caption in NAMED:
            by = NAMED[table.caption]
            expected = oracle(by, own=chapter == "本企业专利")
            found = shown(table, by)
            keys = {key[-1] for key in found}
            assert found == {key: count for key, count in expected.items() if key[-1] in keys}, table.caption
            assert len(by) == 2 or keys == {key[-1] for key in expected}
            recounted += 1
        asked = [
            (text, parse_qs(urlsplit(link).query)["q"][0])
            for texts, addresses in zip(table.rows, table.links or [()] * len(table.rows), strict=False)
            for text, link in zip(texts, addresses, strict=False)
            if link.startswith("/search") and re.fullmatch(r"[\d,]+", text)
        ]
        for text, query in asked:
            [counted] = shelf.index.aggregate(parse(query, "native").tree, [Counted(unit="application")])
            assert counted.total == int(text.replace(",", "")), (table.caption, query)
        links += len(asked)
    assert recounted >= 2
    assert links >= 20


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_the_same_over_either_engine(shelf: Shelf, kind: Kind) -> None:
    MADE.setdefault(kind, []).append(made(shelf, kind))
    assert all(report == MADE[kind][0] for report in MADE[kind])
