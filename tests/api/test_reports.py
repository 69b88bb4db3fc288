"""The reports as they are asked for and opened: every number recounted, every link followed, in both languages."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from starlette.testclient import TestClient

from search.applicants.service import id_of
from search.export.reports.order import KINDS, Kind
from search.patent.model import Patent
from tests.api.reports_stock import NAMES, OWN, documents
from tests.service import running
from tests.unit.reports import pdf_text
from tests.unit.reports.samples import HARM, RARE

QUERY = "title:(电池 OR batteries)"
FOUND = [patent for patent in documents() if "Charging" in patent.titles["en"]]


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with running(tmp_path_factory.mktemp("service"), documents()) as service:
        caller = service.as_("researcher")
        caller.headers["accept-language"] = "zh"
        yield caller


def asked(kind: Kind, **more: Any) -> dict[str, Any]:
    """A sound order of each kind."""
    needed: dict[Kind, dict[str, Any]] = {
        "mining": {"applicants": [OWN]},
        "free": {"sections": [{"heading": "现状", "text": "第一段\n第二段", "tables": [{"name": "trend"}]}]},
    }
    return {"query": QUERY, "kind": kind, "keys": 3, "full_texts": False, "charts": False, **needed.get(kind, {}), **more}


def made(caller: TestClient, kind: Kind, **more: Any) -> Any:
    """The answer; the same is asked once."""
    return _asked_once(caller, kind, json.dumps(more))


@cache
def _asked_once(caller: TestClient, kind: Kind, changes: str) -> Any:
    more = json.loads(changes)
    answer = caller.post("/api/v1/reports", json=asked(kind, **more))
    assert answer.status_code == 200, answer.text
    return answer


def opened(caller: TestClient, kind: Kind, **more: Any) -> Any:
    """The DOCX, opened by another library."""
    return Document(BytesIO(made(caller, kind, **more).content))


def tables(document: Any) -> dict[str, list[list[str]]]:
    """Caption without its number -> rows; of two that are called the same the last."""
    return dict(_captioned(document))


def _captioned(document: Any) -> list[tuple[str, list[list[str]]]]:
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    rows = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return [(re.sub(r"^(表\d+　|Table \d+\. )", "", caption), each) for caption, each in zip(captions, rows, strict=True)]


@pytest.mark.parametrize("kind", KINDS)
def test_each_report_has_its_title_page_method_tables_and_key_patents(caller: TestClient, kind: Kind) -> None:
    document = opened(caller, kind)
    said = [p.text for p in document.paragraphs]
    assert f"输入的检索式：{QUERY}" in said
    chapters = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert chapters[0] == "1　数据与方法"
    assert chapters[-1].endswith("重点专利")
    assert "检索到公开文献 60 件，按申请计为 60 件。统计单位为申请。" in said
    assert len(tables(document)) >= (2 if kind == "free" else 5)
    for run in document.element.body.iter(qn("w:r")):
        assert run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia"))


def counted(key: Callable[[Patent], set[str]]) -> dict[str, int]:
    """Units (applications, all different here) by key."""
    found: dict[str, set[str]] = defaultdict(set)
    for patent in FOUND:
        for value in key(patent):
            found[value].add(patent.number)
    return {value: len(numbers) for value, numbers in found.items()}


def test_the_numbers_of_the_layout_are_those_of_the_documents(caller: TestClient) -> None:
    found = tables(opened(caller, "layout", rows=100))
    oracles: dict[str, Callable[[Patent], set[str]]] = {
        "趋势（申请年）": lambda p: {(p.application.date or "")[:4]} if p.application else set(),
        "趋势（公开（公告）年）": lambda p: {(p.publication_date or "")[:4]},
        "地域（省份）": lambda p: {each.region for each in p.applicants if each.region},
        "地域（城市）": lambda p: {each.city for each in p.applicants if each.city},
        "技术分类（IPC 小类）": lambda p: {each.symbol[:4] for each in p.ipc},
        "申请人与发明人（申请人）": lambda p: {each.name for each in p.applicants},
    }
    for caption, key in oracles.items():
        rows = {row[0].removesuffix(" *"): int(row[1]) for row in found[caption][1:]}
        assert {value: count for value, count in rows.items() if count} == counted(key), caption
    states = {"有效": "in_force", "终止": "lapsed", "审中": "pending"}
    rows = {states[row[0]]: int(row[1]) for row in found["法律状态（法律状态）"][1:]}
    assert rows == counted(lambda p: {p.legal.status} if p.legal else set())
    head, *lines = found["申请人 × IPC 小类分布"]
    crossed = {(line[0], key): int(cell) for line in lines for key, cell in zip(head[1:], line[1:], strict=True) if cell != "0"}
    assert crossed == {
        tuple(both.split("|")): count
        for both, count in counted(lambda p: {f"{a.name}|{c.symbol[:4]}" for a in p.applicants for c in p.ipc}).items()
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_in_the_text_stands_in_the_table_after_it(caller: TestClient, kind: Kind, lang: str) -> None:
    document = opened(caller, kind, lang=lang)
    looked_at = 0
    sentence = ""
    for element in document.element.body:
        text = "".join(each.text or "" for each in element.iter(qn("w:t")))
        if element.tag == qn("w:tbl"):
            cells = {cell for row in element.iter(qn("w:tr")) for cell in _cells(row)}
            rows = len(list(element.iter(qn("w:tr")))) - 1
            if told := re.search(r"(?:表中 | )(\d+) (?:行|rows?)", sentence):
                assert int(told[1]) == rows
                named = re.findall(r"[（(](\d+)(?: 件)?[）)]|，(\d+) 件。|with (\d+)\.", sentence)
                numbers = {number for groups in named for number in groups if number}
                assert numbers <= cells
                looked_at += 1
            sentence = ""
        elif re.search(r"表中 \d+ 行|\d+ rows?\.", text):
            sentence = text
    assert looked_at >= 1


def _cells(row: Any) -> list[str]:
    return ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_on_the_page_opens_just_its_documents(caller: TestClient, kind: Kind) -> None:
    page = made(caller, kind, unit="publication", format="html", rows=3, keys=1).text
    linked = re.findall(r'<a href="(/search\?[^"]+)">([\d,]+)</a>', page)
    assert len(linked) >= 10
    for address, number in linked:
        answer = caller.get("/api/v1" + unescape(address))
        assert (answer.status_code, answer.json()["total"]) == (200, int(number.replace(",", ""))), unescape(address)


def test_key_patents_are_ordered_by_the_rule_that_is_told(caller: TestClient) -> None:
    [rows] = [rows for caption, rows in tables(opened(caller, "hot", keys=10)).items() if caption == "重点专利"]
    citing: dict[str, int] = defaultdict(int)
    for patent in documents():
        for citation in patent.citations:
            citing[citation.number] += 1
    told = {row[1]: row[-1] for row in rows[1:]}
    assert len(told) == 10
    for number, why in told.items():
        cited = re.search(r"引用 (\d+) 次", why)
        assert (int(cited[1]) if cited else 0) == citing[number]
        assert why
    assert [citing[number] for number in told] == sorted((citing[number] for number in told), reverse=True)
    families = {patent.number: patent.family for patent in FOUND}
    assert len({families[number] for number in told}) == 10


def test_full_texts_stand_whole_in_the_annex(caller: TestClient) -> None:
    document = opened(caller, "latest", full_texts=True, keys=2)
    said = [p.text for p in document.paragraphs]
    assert "附录A　重点专利全文文本" in said
    assert sum(text == f"1. 一种锂电池的充电方法，{RARE}。{HARM}" for text in said) == 2
    assert sum(text == f"本发明涉及电池领域{RARE}。" for text in said) == 2


@pytest.mark.parametrize("layout", ["plain", "gb9704"])
def test_the_pdf_says_what_the_docx_says(caller: TestClient, layout: str) -> None:
    document = opened(caller, "layout", layout=layout)
    answer = made(caller, "layout", layout=layout, format="pdf")
    assert answer.headers["content-type"] == "application/pdf"
    whole = re.sub(r"\s", "", pdf_text.text(answer.content))
    for rows in tables(document).values():
        for cell in {cell for row in rows for cell in row}:
            assert re.sub(r"\s", "", cell) in whole
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert all(re.sub(r"\s", "", heading) in whole for heading in headings)


def test_gaps_are_main_groups_in_which_the_enterprise_has_nothing(caller: TestClient) -> None:
    """S3 L133."""
    found = tables(opened(caller, "mining", applicants=[NAMES[3]]))
    own = {symbol.symbol for patent in FOUND if patent.applicants[0].name == NAMES[3] for symbol in patent.ipc}
    whole = {symbol.symbol for patent in FOUND for symbol in patent.ipc}
    groups = {re.sub(r"/.*", "/00", symbol) for symbol in whole} - {re.sub(r"/.*", "/00", symbol) for symbol in own}
    listed = {row[0] for row in found.get("本企业尚无申请的技术（按主组）", [])[1:]}
    assert listed == groups


@pytest.fixture
def merged(caller: TestClient) -> Iterator[tuple[str, str]]:
    """Two names that count as one."""
    one, other = NAMES[0], NAMES[1]
    made = caller.post("/api/v1/applicants/merges", json={"one": one, "other": other, "note": "更名"})
    assert made.status_code == 201, made.text
    yield one, other
    for each in caller.get(f"/api/v1/applicants/{id_of(one)}").json()["merges"]:
        caller.delete(f"/api/v1/applicants/merges/{each['id']}")


def test_names_of_one_applicant_count_as_one_where_that_is_asked_for(caller: TestClient, merged: tuple[str, str]) -> None:
    document = opened(caller, "layout", merged=True, rows=50)
    assert any("有 1 个申请人以共 2 个名称出现" in p.text for p in document.paragraphs)
    rows = {row[0]: int(row[1]) for row in tables(document)["申请人与发明人（申请人）"][1:]}
    by_body = counted(lambda p: {NAMES[0] if each.name in merged else each.name for each in p.applicants})
    assert rows == by_body
    apart = opened(caller, "layout", merged=False, rows=50)
    assert any("同一主体的不同名称没有合并" in p.text for p in apart.paragraphs)
    assert rows[NAMES[0]] > int(dict(row[:2] for row in tables(apart)["申请人与发明人（申请人）"][1:])[NAMES[0]])
    page = made(caller, "competitors", unit="publication", format="html", merged=True, rows=3, keys=0).text
    linked = re.findall(r'<a href="(/search\?[^"]+)">([\d,]+)</a>', page)
    assert len(linked) >= 10
    for address, number in linked:
        assert caller.get("/api/v1" + unescape(address)).json()["total"] == int(number.replace(",", "")), unescape(address)


def test_the_enterprise_and_its_gaps_are_under_all_its_names(caller: TestClient, merged: tuple[str, str]) -> None:
    document = opened(caller, "mining", applicants=[merged[1]], merged=True)
    own = [patent for patent in FOUND if {each.name for each in patent.applicants} & set(merged)]
    filed = [sum(int(row[1]) for row in rows[1:]) for caption, rows in _captioned(document) if caption == "受理局分布"]
    assert filed == [len(FOUND), len(own)]
    groups = {re.sub(r"/.*", "/00", each.symbol) for patent in own for each in patent.ipc}
    gaps = {row[0] for row in tables(document).get("本企业尚无申请的技术（按主组）", [])[1:]}
    whole = {re.sub(r"/.*", "/00", each.symbol) for patent in FOUND for each in patent.ipc}
    assert gaps == whole - groups


def test_length_is_told_against_what_was_asked(caller: TestClient) -> None:
    """S3 L156: 10万字以上, 1万字以内."""
    headers = made(caller, "latest", floor=100_000, ceiling=100).headers
    body = int(headers["report-characters"])
    assert body > 500
    assert (headers["report-missing"], headers["report-over"]) == (str(100_000 - body), str(body - 100))
    same = made(caller, "latest", full_texts=True).headers
    assert (same["report-characters"], same["report-missing"], same["report-over"]) != ("0", "1", "1")
    assert f"正文 {body:,} 字" in "".join(p.text for p in opened(caller, "latest").paragraphs)


def test_everything_is_bounded_and_says_how(caller: TestClient) -> None:
    document = opened(caller, "layout", query="*", rows=2, keys=1)
    said = "".join(p.text for p in document.paragraphs)
    assert "检索式对应全部收录文献" in said
    assert "每个统计表最多列出前 2 项" in said
    assert "只列出前 2 个" in said
    for caption, rows in tables(document).items():
        assert len(rows) - 1 <= (99 if caption.startswith("趋势") or "生命周期" in caption else 2), caption


def test_nothing_found_is_a_report_that_says_so(caller: TestClient) -> None:
    document = opened(caller, "layout", query="title:没有这样的词")
    assert "没有文献符合检索式" in "".join(p.text for p in document.paragraphs)
    assert not document.tables


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"kind": "mining"}, 400, "enterprise_asked"),
        ({"kind": "free"}, 400, "sections_asked"),
        ({"query": "title:("}, 400, None),
        ({"kind": "other"}, 422, None),
        ({"rows": 10**9}, 422, None),
        ({"keys": 51}, 422, None),
        ({"applicants": ["a"] * 9}, 422, None),
        ({"sections": [{"heading": "a", "tables": [{"name": "trend", "by": ["colour"]}]}]}, 422, None),
        ({"title": "a\ud800"}, 400, None),
        ({"unknown": 1}, 422, None),
    ],
)
def test_what_can_not_be_made_is_refused(caller: TestClient, sent: dict[str, Any], status: int, code: str | None) -> None:
    raw = json.dumps({"query": QUERY, **sent}).encode()
    answer = caller.post("/api/v1/reports", content=raw, headers={"content-type": "application/json"})
    assert answer.status_code == status, answer.text
    if code:
        assert answer.json()["code"] == code


def test_the_page_shows_the_report_and_where_to_take_it_away(caller: TestClient) -> None:
    """T50: texts of documents stand escaped."""
    first = caller.get("/reports", params={"q": QUERY})
    assert "国内外最新动态" in first.text
    chosen = {"q": QUERY, "kind": "free", "table": "trend", "keys": "3", "floor": "100000", "full_texts": "false"}
    shown = caller.get("/reports", params=chosen)
    assert shown.status_code == 200
    assert "<svg" in shown.text
    assert "还差" in shown.text
    assert "<b>&amp;" not in shown.text.replace("&lt;b&gt;&amp;amp;", "")
    [address] = re.findall(r'href="(/api/v1/reports\?[^"]+format=docx[^"]*)"', shown.text)
    taken = caller.get(unescape(address))
    assert taken.status_code == 200
    assert taken.headers["content-disposition"].startswith("attachment; filename=")
    assert "引用" in "".join(cell.text for table in Document(BytesIO(taken.content)).tables for cell in table._cells)
    english = caller.get("/reports", params={"q": QUERY, "kind": "hot", "keys": "0", "charts": "false", "lang": "en"})
    assert "Data and method" in english.text


def test_the_page_keeps_what_was_typed_where_something_is_missing(caller: TestClient) -> None:
    shown = caller.get("/reports", params={"q": QUERY, "kind": "mining", "title": "我的报告", "lang": "zh"})
    assert shown.status_code == 400
    assert "本企业的全称" in shown.text
    assert 'value="我的报告"' in shown.text


def test_a_list_of_tables_and_text_of_ones_own(caller: TestClient) -> None:
    chosen = {
        "q": QUERY,
        "kind": "free",
        "heading": "我的章",
        "text": "甲\n乙",
        "table": ["trend", "custom:country,type"],
        "charts": "false",
        "lang": "zh",
    }
    shown = caller.get("/reports", params=chosen).text
    assert "我的章" in shown
    assert "受理局 × 专利类型分布" in shown
    assert caller.get("/reports", params={"q": QUERY, "table": "none"}).status_code == 422
