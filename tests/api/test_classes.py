"""Classes with memory: schemes loaded by the command, the way down them with counts, what a class in a query reaches, what was
reclassified. The schemes here are small ones written by hand; `tests/unit/classes` reads the real ones."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from search.patent.model import Patent, Symbol
from tests.builders import a_patent
from tests.command import patentry
from tests.service import Running, running

CPC = """<class-scheme scheme-type="cpc">
<classification-item level="2"><classification-symbol>A</classification-symbol>
<class-title><title-part><text>HUMAN NECESSITIES</text></title-part></class-title>
<classification-item level="4"><classification-symbol>A01</classification-symbol>
<classification-item level="5"><classification-symbol>A01B</classification-symbol>
<classification-item level="6"><classification-symbol>A01B1/00</classification-symbol>
<classification-item level="7"><classification-symbol>A01B1/00</classification-symbol>
<class-title><title-part><text>Hand tools </text><reference><text>trimmers A01G3/06</text></reference></title-part></class-title>
<notes-and-warnings><note><note-paragraph>Tools moved by hand.</note-paragraph></note></notes-and-warnings>
<classification-item level="8"><classification-symbol>A01B1/02</classification-symbol>
<class-title><title-part><text>Spades</text></title-part><title-part><text>Shovels </text></title-part></class-title>
<classification-item level="9"><classification-symbol>A01B1/022</classification-symbol>
<class-title><title-part><text>Collapsible spades</text></title-part></class-title></classification-item>
<classification-item level="9"><classification-symbol>A01B1/04</classification-symbol>
<class-title><title-part><text>with teeth</text></title-part></class-title></classification-item>
</classification-item>
<classification-item level="8"><classification-symbol>A01B1/06</classification-symbol>
<class-title><title-part><text>Hoes</text></title-part></class-title></classification-item>
</classification-item></classification-item></classification-item></classification-item></classification-item></class-scheme>"""

IPC_EN = """A\tHUMAN NECESSITIES
A01\tAGRICULTURE
A01B\tSOIL WORKING (mowers A01D0042040000)
A01B0001000000\tHand tools
A01B0001020000\tSpades; Shovels
A01B0001040000\twith teeth
H\tELECTRICITY
H01\tELECTRIC ELEMENTS
H01L\tSEMICONDUCTOR DEVICES
H01L0027000000\tDevices of several components
H01L0027140000\twith components sensitive to radiation
"""

IPC_ZH = """{"code": "A", "level": "section", "title_zh": "人类生活必需"}
{"code": "A01B1/00", "level": "maingroup", "title_zh": "手动工具（草坪修整机入A01G3/06）"}
{"code": "A01B1/02", "level": "subgroup", "title_zh": "锹；铲", "notes_zh": "附注"}
{"code": "H01L27/14", "level": "subgroup", "title_zh": "对 红外辐射敏感的半导体组件"}
{"code": "H10F", "level": "subclass", "title_zh": "对辐射敏感的无机半导体器件"}
"""

MOVES = """old,new,kind,date
H01L 27/14,H10F 39/00,transferred,2025-01-01
H10F 39/00,H10F 99/00,transferred,2026-01-01
H01L 31/00,H10F 30/00,transferred,2025-01-01
"""

FIELDS = """\ufeffField_number,Sector_en,Field_en,IPC_code
8,Electrical engineering,Semiconductors,H01L%
8,Electrical engineering,Semiconductors,H10F  39/%
29,Mechanical engineering,Other special machines,A01B%
"""

INDUSTRIES = """{"code": "C", "level": 1, "section": "C", "name_zh": "制造业", "remark_zh": ""}
{"code": "35", "level": 2, "section": "C", "name_zh": "专用设备制造业", "remark_zh": ""}
{"code": "357", "level": 3, "section": "C", "name_zh": "农林牧渔专用机械制造", "remark_zh": ""}
"""

TIES = "gbt4754,ipc\n357,A01B\n"


def _held(number: int, *symbols: str) -> Patent:
    marks = tuple(Symbol(symbol=symbol) for symbol in symbols)
    return a_patent(f"CN1000000{number:02}A", ipc=marks, cpc=marks)


STOCK = [
    _held(1, "A01B 1/02"),
    _held(2, "A01B 1/022"),
    _held(3, "A01B 1/04"),
    _held(4, "A01B 1/06"),
    _held(5, "A01B 1/00"),
    _held(6, "H01L 27/14"),
    _held(7, "H10F 39/00"),
    _held(8, "H10F 99/00"),
    _held(9, "G06F 9/00"),
]


def _load(started: Running, **files: str) -> None:
    """The command over the files, each under a name that says nothing of what it is."""
    paths = []
    for name, text in files.items():
        path = started.settings.data / name
        path.write_text(text, "utf-8")
        paths.append(str(path))
    ran = patentry("classes", "load", *paths, data=started.settings.data, **started.environment)
    assert ran.returncode == 0, ran.stderr


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service without any scheme."""
    with running(tmp_path_factory.mktemp("bare"), STOCK) as started:
        yield started.as_("researcher")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, places: dict[str, str]) -> Iterator[Running]:
    """All schemes, no reclassification."""
    with running(tmp_path_factory.mktemp("classes"), STOCK, **places) as started:
        _load(started, a=CPC, b=IPC_EN, c=IPC_ZH, d=FIELDS, e=INDUSTRIES, f=TIES)
        yield started


@pytest.fixture(scope="module")
def researcher(service: Running) -> TestClient:
    return service.as_("researcher")


@pytest.fixture(scope="module")
def mover(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A table of reclassifications, no scheme."""
    with running(tmp_path_factory.mktemp("moves"), STOCK) as started:
        _load(started, moves=MOVES)
        yield started.as_("researcher")


def looked(client: TestClient, lang: str = "en", **asked: str) -> Any:
    answer = client.get("/api/v1/classes", params=asked, headers={"accept-language": lang})
    assert answer.status_code == 200, answer.text
    return answer.json()


def searched(client: TestClient, query: str, lang: str = "en", **more: Any) -> Any:
    answer = client.post("/api/v1/search", json={"query": query, "size": 50, **more}, headers={"accept-language": lang})
    assert answer.status_code == 200, answer.text
    return answer.json()


def numbers(client: TestClient, query: str, **more: Any) -> set[int]:
    return {int(hit["number"][-3:-1]) for hit in searched(client, query, **more)["hits"]}


def test_a_class_includes_what_the_scheme_has_below_it_and_nothing_else(researcher: TestClient) -> None:
    assert numbers(researcher, "cpc:A01B1/02") == {1, 2, 3}
    assert numbers(researcher, "cpc:A01B1/04") == {3}
    assert numbers(researcher, "cpc:A01B1/00") == {1, 2, 3, 4, 5}
    assert numbers(researcher, "A01B1/02", filters={"cpc": ["A01B1/02"]}) == set()
    assert numbers(researcher, "*", filters={"cpc": ["A01B1/02"]}) == {1, 2, 3}
    assert numbers(researcher, "NOT cpc:A01B1/02") == {4, 5, 6, 7, 8, 9}


def test_the_answer_says_what_was_added_and_how_to_do_without(researcher: TestClient) -> None:
    found = searched(researcher, "cpc:A01B1/02")["query"]
    assert found["canonical"] == "cpc:A01B1/02"
    [note] = found["warnings"]
    assert "2 subgroups" in note
    assert "expand=false" in note
    assert numbers(researcher, "cpc:A01B1/02", expand=False) == {1}
    assert "warnings" not in searched(researcher, "cpc:A01B1/02", expand=False)["query"]
    assert "分类表" in searched(researcher, "cpc:A01B1/02", lang="zh")["query"]["warnings"][0]


@pytest.mark.parametrize(
    ("asked", "total"), [("q=cpc:A01B1/02", 3), ("q=cpc:A01B1/02&expand=false", 1), ("q=*&filter=cpc:A01B1/02", 3)]
)
def test_a_table_of_a_class_and_its_chart_open_what_they_count(researcher: TestClient, asked: str, total: int) -> None:
    page = researcher.get(f"/analysis/classes?{asked}&by=group&unit=publication").text
    counts = re.findall(r'<a href="(/search\?[^"]*)">(\d+)</a>', page)
    marks = re.findall(r'<a href="(/search\?[^"]*)"><title>', page)
    assert {link for link, _ in counts} == set(marks)
    assert counts == [(counts[0][0], str(total))]
    assert researcher.get("/api/v1" + html.unescape(counts[0][0])).json()["total"] == total


def test_a_table_of_classes_has_their_titles(researcher: TestClient) -> None:
    sent = {"query": "*", "by": ["cpc_group", "subclass"], "unit": "publication"}
    table = researcher.post("/api/v1/analysis/matrix", json=sent, headers={"accept-language": "en"}).json()
    assert table["titles"]["A01B1"].startswith("Hand tools")
    assert table["titles"]["A01B"].startswith("SOIL WORKING")
    assert [part["titles"].keys() <= table["titles"].keys() for part in table["parts"]] == [True, True]


def test_a_scheme_without_levels_says_so(researcher: TestClient) -> None:
    assert numbers(researcher, "ipc:A01B1/02") == {1}
    [note] = searched(researcher, "ipc:A01B1/02")["query"]["warnings"]
    assert "no levels" in note
    assert "warnings" not in searched(researcher, "ipc:A01B1")["query"]


def test_the_history_keeps_that_a_class_was_asked_for_alone(researcher: TestClient) -> None:
    alone = searched(researcher, "cpc:A01B1/02", expand=False, record=True, filters={"ipc": ["A01B"]})
    assert alone["total"] == 1
    [kept] = researcher.get("/api/v1/history").json()["items"][:1]
    assert kept["canonical"] == "cpc_is:A01B1/02 AND ipc_is:A01B"
    assert numbers(researcher, kept["canonical"]) == numbers(researcher, f"#{kept['number']}") == {1}
    whole = searched(researcher, "NOT cpc:A01B1/02", record=True)
    assert researcher.get("/api/v1/history").json()["items"][0]["canonical"] == "NOT cpc:A01B1/02"
    assert whole["total"] == 6


def test_a_cursor_goes_on_in_what_was_expanded(researcher: TestClient) -> None:
    first = searched(researcher, "cpc:A01B1/02", size=2, cursor="", sort="number:asc")
    second = searched(researcher, "cpc:A01B1/02", size=2, cursor=first["cursor"], sort="number:asc")
    assert [hit["number"] for hit in (*first["hits"], *second["hits"])] == ["CN100000001A", "CN100000002A", "CN100000003A"]


def test_symbols_work_without_any_scheme(bare: TestClient) -> None:
    assert numbers(bare, "cpc:A01B1/02") == {1}
    assert "warnings" not in searched(bare, "ipc:A01B1/02")["query"]
    root = looked(bare)
    assert [(each["symbol"], each["count"]) for each in root["children"]] == [("A", 5), ("G", 1), ("H", 3)]
    assert "loaded" not in root
    below = looked(bare, symbol="H")
    assert [(each["symbol"], each["count"]) for each in below["children"]] == [("H01", 1), ("H10", 2)]
    assert [(each["symbol"], each["count"]) for each in looked(bare, symbol="A01B")["children"]] == [("A01B 1/00", 5)]
    groups = [("A01B 1/02", 1), ("A01B 1/022", 1), ("A01B 1/04", 1), ("A01B 1/06", 1)]
    assert [(each["symbol"], each["count"]) for each in looked(bare, symbol="A01B 1/00")["children"]] == groups
    assert [each["symbol"] for each in looked(bare, scheme="cpc", symbol="H10F")["children"]] == ["H10F 39/00", "H10F 99/00"]
    assert looked(bare, symbol="A01B1/02") == {
        "scheme": "ipc",
        "symbol": "A01B 1/02",
        "path": [{"symbol": symbol} for symbol in ("A", "A01", "A01B", "A01B 1/00")],
        "count": 1,
        "query": "ipc:A01B1/02",
    }


@pytest.mark.parametrize("spelling", ["A01B1/02", "a01b 1/02", "A01B0001020000", "Ａ０１Ｂ１／０２"])
def test_a_class_by_any_spelling_with_path_titles_children_and_counts(researcher: TestClient, spelling: str) -> None:
    found = looked(researcher, scheme="cpc", symbol=spelling)
    assert found["symbol"] == "A01B 1/02"
    assert found["titles"] == {"en": "Spades; Shovels"}
    assert [step["symbol"] for step in found["path"]] == ["A", "A01", "A01B", "A01B 1/00"]
    assert [(each["symbol"], each["count"]) for each in found["children"]] == [("A01B 1/022", 1), ("A01B 1/04", 1)]
    assert (found["count"], found["loaded"], found["levels"]) == (3, True, True)


def test_languages_of_one_scheme_merge(researcher: TestClient) -> None:
    assert looked(researcher, symbol="A01B0001020000")["titles"] == {"zh": "锹；铲", "en": "Spades; Shovels"}
    assert looked(researcher, symbol="A01B0001020000")["notes"] == {"zh": "附注"}
    assert looked(researcher, symbol="A01B")["titles"] == {"en": "SOIL WORKING (mowers A01D 42/04)"}
    assert looked(researcher, symbol="H01L27/14")["titles"]["zh"] == "对红外辐射敏感的半导体组件"
    assert researcher.get("/api/v1/classes/A01B").json()["titles"] == {"en": "SOIL WORKING (mowers A01D 42/04)"}
    assert looked(researcher, scheme="cpc", symbol="A01B1/00")["notes"] == {"en": "Tools moved by hand."}


@pytest.mark.parametrize("scheme", ["ipc", "cpc", "wipo35", "gbt4754"])
def test_every_node_counts_what_its_query_finds(researcher: TestClient, scheme: str) -> None:
    todo: list[str | None] = [None]
    seen = 0
    while todo:
        symbol = todo.pop()
        found = looked(researcher, scheme=scheme, **({"symbol": symbol} if symbol else {}))
        for node in (found, *found.get("children", ())):
            if "query" in node:
                assert node["count"] == searched(researcher, node["query"])["total"]
                seen += 1
        todo += [child["symbol"] for child in found.get("children", ())]
    assert seen >= 4


def test_classes_are_found_by_words_of_their_titles(researcher: TestClient) -> None:
    assert [each["symbol"] for each in looked(researcher, scheme="cpc", q="spade")["found"]] == ["A01B 1/02", "A01B 1/022"]
    assert "found" not in looked(researcher, scheme="cpc", q="collapsible shovel")
    assert [each["symbol"] for each in looked(researcher, q="手动工具")["found"]] == ["A01B 1/00"]
    assert [each["symbol"] for each in looked(researcher, q="手動工具 tool")["found"]] == ["A01B 1/00"]
    assert "found" not in looked(researcher, q="草坪")
    assert "found" not in looked(researcher, q="%")


@pytest.mark.parametrize(
    ("scheme", "typed", "suggested"),
    [
        ("cpc", "a01b 1/0", [("A01B1/00", 5), ("A01B1/02", 3), ("A01B1/022", 1), ("A01B1/04", 1), ("A01B1/06", 1)]),
        ("cpc", "spa", [("A01B1/02", 3), ("A01B1/022", 1)]),
        ("cpc", "collapsible spa", [("A01B1/022", 1)]),
        ("ipc", "手动", [("A01B1", 5)]),
        ("ipc", "A01B1/02 ", [("A01B1/02", 1), ("A01B1/022", 1)]),
        ("ipc", "锂", []),
    ],
)
def test_classes_are_suggested_by_symbol_or_by_words_of_titles(
    researcher: TestClient, scheme: str, typed: str, suggested: list[tuple[str, int]]
) -> None:
    found = researcher.get("/api/v1/suggest", params={"field": scheme, "prefix": typed}).json()["suggestions"]
    assert sorted((each["value"], each["count"]) for each in found) == sorted(suggested)
    for each in found:
        assert each["count"] == searched(researcher, each["query"])["total"]
    if suggested:
        assert "titles" in found[0]


def test_fields_of_technology_and_industries_hold_classes(researcher: TestClient) -> None:
    [sector, _] = looked(researcher, scheme="wipo35")["children"]
    assert (sector["symbol"], sector["titles"], sector["count"]) == ("S1", {"en": "Electrical engineering"}, 2)
    field = looked(researcher, scheme="wipo35", symbol="8")
    assert (field["query"], field["count"]) == ("ipc:H01L OR ipc:H10F39", 2)
    assert [(each["symbol"], each["count"]) for each in field["holds"]] == [("H01L", 1), ("H10F 39/00", 1)]
    industry = looked(researcher, scheme="gbt4754", symbol="C")
    assert (industry["query"], industry["count"]) == ("ipc:A01B", 5)
    assert researcher.get("/api/v1/classes?scheme=wipo35&symbol=77").status_code == 404


def test_a_reclassification_is_honoured_both_ways_and_said(mover: TestClient) -> None:
    assert numbers(mover, "ipc:H01L27/14") == {6, 7, 8}
    assert numbers(mover, "ipc:H10F39/00") == {6, 7, 8}
    assert numbers(mover, "ipc:H10F") == {6, 7, 8}
    assert numbers(mover, "ipc:H01L") == {6, 7, 8}
    assert numbers(mover, "ipc:H01L27/14", expand=False) == {6}
    assert numbers(mover, "cpc:H01L27/14") == {6}
    [note] = searched(mover, "ipc:H01L27/14")["query"]["warnings"]
    assert "H01L 27/14 → H10F 39/00 since 2025-01-01" in note
    assert "expand=false" in note
    assert looked(mover, symbol="H01L27/14")["moves"] == [
        {"old": "H01L 27/14", "new": "H10F 39/00", "kind": "transferred", "date": "2025-01-01"}
    ]


def test_a_class_that_finds_nothing_wherever_it_went_is_answered_with_a_broader_one(mover: TestClient) -> None:
    [clause] = searched(mover, "ipc:H01L31/00")["why"]
    assert {"query": "ipc:H01L", "count": 3} in [{name: each[name] for name in ("query", "count")} for each in clause["instead"]]


def test_loading_again_changes_nothing_and_refused_rows_are_named(service: Running, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.write_text(IPC_EN, "utf-8")
    ran = patentry("classes", "load", str(again), data=service.settings.data, **service.environment)
    assert "11 读取 read\t0 新增 new" in ran.stdout
    odd = tmp_path / "odd"
    odd.write_text("old,new,kind,date\nH01L 27/14,H10F,,\nX,H10F,,\nH01L,H10F,,soon\n", "utf-8")
    fresh = tmp_path / "data"
    patentry("migrate", data=fresh)
    ran = patentry("classes", "load", str(odd), data=fresh)
    assert (ran.returncode, ran.stdout.count("1 读取")) == (1, 1)
    assert "odd:3: 'X' is no class" in ran.stderr
    assert "odd:4:" in ran.stderr


@pytest.mark.parametrize("text", ["", "hello", "<class-scheme scheme-type='ipc'/>", "<a><b>", "PK\x03\x04 nothing", '{"code": 1}'])
def test_what_is_no_scheme_is_refused_in_a_line(service: Running, tmp_path: Path, text: str) -> None:
    file = tmp_path / "file"
    file.write_text(text, "utf-8")
    ran = patentry("classes", "load", str(file), data=service.settings.data, **service.environment)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("symbol", ["hello", "09-03", "'; --", "%", "A01B1/02/03", "9" * 60])
def test_what_is_no_symbol_is_not_found(researcher: TestClient, symbol: str) -> None:
    answer = researcher.get("/api/v1/classes", params={"symbol": symbol})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_class")


def test_the_page_shows_the_way_and_links_counts_to_searches(researcher: TestClient) -> None:
    page = researcher.get("/classes?scheme=cpc&symbol=A01B1/02", headers={"accept-language": "zh"}).text
    assert "Spades; Shovels" in page
    assert "/search?dialect=native&q=cpc%3AA01B1/022" in page
    assert "分类" in page
    assert "HUMAN NECESSITIES" in researcher.get("/classes").text
    assert "Collapsible spades" in researcher.get("/classes?scheme=cpc&q=spades").text
    assert "A01B" in researcher.get("/classes/A01B").text
    assert researcher.get("/classes/hello").status_code == 404


def test_the_page_of_results_offers_the_symbol_alone(researcher: TestClient) -> None:
    page = researcher.get("/search?q=cpc:A01B1/02", headers={"accept-language": "en"}).text
    assert "2 subgroups below it" in page
    assert 'href="?q=cpc%3AA01B1%2F02&amp;expand=false"' in page
    alone = researcher.get("/search?q=cpc:A01B1/02&expand=false").text
    assert "expand=false" in alone
    assert "CN100000001A" in alone
    assert "CN100000002A" not in alone
