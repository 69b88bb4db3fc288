"""Collections: made, filled, divided into branches, judged, dated, stepped back, taken away; asked as any query."""

import csv
import io
import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from search.export.xlsx.book import Book
from search.query import parse
from search.saved.collections.model import BRANCHES
from search.saved.collections.presets import presets
from tests.machine import ROOT
from tests.service import Running, running

FILE = {"content-type": "application/octet-stream"}
TILLER, BATTERY, US = "CN110330865B", "CN11200101A", "US201501000A1"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("collections")) as started:
        yield started


@pytest.fixture(scope="module")
def agency(service: Running) -> TestClient:
    return service.as_("agency")


def made(client: TestClient, query: str = "", **more: Any) -> str:
    answer = client.post("/api/v1/collections", json={"name": "电池专题", "query": query, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def found(client: TestClient, query: str) -> set[str]:
    answer = client.post("/api/v1/search", json={"query": query, "size": 100})
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] <= 100
    return {hit["number"] for hit in answer.json()["hits"]}


def say(client: TestClient, id: str, numbers: list[str], **said: Any) -> int:  # noqa: A002
    answer = client.patch(f"/api/v1/collections/{id}/documents", json={"numbers": numbers, **said})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["deed"])


def branch(client: TestClient, id: str, code: str, **body: Any) -> Any:  # noqa: A002
    answer = client.put(f"/api/v1/collections/{id}/branches/{code}", json={"name": f"分支{code}", **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def mark(client: TestClient, path: str, kind: str, numbers: list[str], *, value: bool | None) -> None:
    sent = {"kind": kind, "numbers": numbers, "value": value}
    assert client.put(f"/api/v1/collections/{path}/marks", json=sent).status_code == 200


def test_a_collection_is_its_query_with_what_was_put_in_and_out(agency: TestClient) -> None:
    id = made(agency, "锂电池")  # noqa: A001
    by_query = found(agency, "锂电池")
    assert found(agency, f'collection:"{id}"') == by_query
    say(agency, id, [TILLER], stands="in")
    say(agency, id, [BATTERY], stands="out")
    assert found(agency, f'collection:"{id}"') == by_query - {BATTERY} | {TILLER}
    assert found(agency, f"专题库：{id} 非 国家：美国") == (by_query - {BATTERY} | {TILLER}) - found(agency, "country:US")
    say(agency, id, [BATTERY], stands="left")
    assert found(agency, f"collection:{id} AND 锂电池") == by_query
    whole = agency.get(f"/api/v1/collections/{id}").json()
    assert (whole["total"], whole["query"], whole["reference"]) == (len(by_query) + 1, "锂电池", f'collection:"{id}"')


def test_a_search_with_a_collection_is_numbered_and_saved_by_its_name(agency: TestClient) -> None:
    id = made(agency, "锂电池")  # noqa: A001
    asked = agency.post("/api/v1/search", json={"query": f"collection:{id} country:US", "record": True}).json()
    assert found(agency, f"#{asked['recorded_as']}") == found(agency, "锂电池 country:US")
    saved = agency.post("/api/v1/saved", json={"name": "美国电池", "query": f"#{asked['recorded_as']}"}).json()
    assert saved["canonical"] == f"collection:{id} AND country:US"
    nested = made(agency, f"collection:{id} NOT country:US")
    assert found(agency, f"collection:{nested}") == found(agency, "锂电池 NOT country:US")


def test_a_collection_that_names_itself_is_told(agency: TestClient) -> None:
    first = made(agency, "锂电池")
    second = made(agency, f"collection:{first}")
    agency.patch(f"/api/v1/collections/{first}", json={"query": f"collection:{second}"})
    answer = agency.post("/api/v1/search", json={"query": f"collection:{first}"})
    assert (answer.status_code, answer.json()["code"]) == (400, "collection_circle")
    whole = agency.get(f"/api/v1/collections/{first}", headers={"accept-language": "en"}).json()
    assert "names the collection itself" in whole["refused"]


def test_branches_hold_by_query_and_by_hand(agency: TestClient) -> None:
    id = made(agency, "锂电池")  # noqa: A001
    whole = found(agency, "锂电池")
    for code, body in {
        "1": {"chain": "up"},
        "1.1": {"parent": "1", "query": "country:US", "rule": "美国申请"},
        "1.2": {"parent": "1"},
        "1.2.1": {"parent": "1.2", "query": "publication_date:2012", "chain": "mid"},
    }.items():
        branch(agency, id, code, **body)
    us, year = found(agency, "锂电池 country:US"), found(agency, "锂电池 publication_date:2012")
    mark(agency, f"{id}/branches/1.2", "place", [BATTERY, TILLER], value=True)
    assert found(agency, f'collection:"{id}/1.1"') == us
    assert found(agency, f'collection:"{id}/1.2"') == year | {BATTERY}
    assert found(agency, f'collection:"{id}/1"') == us | year | {BATTERY}
    mark(agency, f"{id}/branches/1", "place", [US], value=False)
    assert found(agency, f'collection:"{id}/1.1"') == us - {US}
    shown = agency.get(f"/api/v1/collections/{id}").json()
    counts = {each["code"]: each["total"] for each in shown["branches"]}
    assert counts == {code: len(found(agency, f'collection:"{id}/{code}"')) for code in counts}
    listed = agency.get(f"/api/v1/collections/{id}/documents?branch=1.2&size=100").json()
    assert {each["number"] for each in listed["items"]} == year | {BATTERY}
    assert all("1.2" in each["branches"] and "1" in each["branches"] for each in listed["items"] if each["number"] != US)
    mark(agency, f"{id}/branches/1.2", "place", [BATTERY], value=None)
    assert found(agency, f'collection:"{id}/1.2"') == year - {US}
    assert whole >= us | year


def test_a_branch_stands_where_it_may(agency: TestClient) -> None:
    id = made(agency)  # noqa: A001
    for code, parent in (("1", None), ("1.1", "1"), ("1.1.1", "1.1")):
        branch(agency, id, code, parent=parent)
    path = f"/api/v1/collections/{id}/branches"
    for code, parent in (("1.1.1.1", "1.1.1"), ("2", "9"), ("1", "1.1")):
        refused = agency.put(f"{path}/{code}", json={"name": "不行", "parent": parent})
        assert (refused.status_code, refused.json()["code"]) == (409, "branch_misplaced")
    assert agency.post(path, json={"name": "下一个", "parent": "1"}).json()["code"] == "1.2"
    assert agency.post(path, json={"name": "又一个"}).json()["code"] == "2"
    assert agency.delete(f"{path}/1").json()["deed"] is not None
    assert [each["code"] for each in agency.get(f"/api/v1/collections/{id}").json()["branches"]] == ["2"]


def test_the_table_of_branches_goes_out_and_comes_back(agency: TestClient) -> None:
    id = made(agency, preset="integrated_circuits")  # noqa: A001
    path = f"/api/v1/collections/{id}/branches"
    table = agency.get(path, headers={"accept-language": "zh"}).content
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert rows[0] == ["代码", "一级分支", "二级分支", "三级分支", "产业链环节", "纳入规则", "检索式"]
    assert ["1.2", "上游：材料、设备与设计工具", "光刻、掩模与光刻胶", "", "上游", "", "ipc:G03F1 OR ipc:G03F7"] in rows
    other = made(agency)
    assert agency.put(f"/api/v1/collections/{other}/branches", content=table).status_code == 200
    assert agency.get(f"/api/v1/collections/{other}/branches", headers={"accept-language": "zh"}).content == table
    assert agency.put(path, content=table).json()["deed"] is None


def test_a_table_with_merged_cells_is_read(agency: TestClient) -> None:
    id = made(agency)  # noqa: A001
    table = "一级技术分支,二级技术分支,三级技术分支,检索式\n正极,,,\n,磷酸铁锂,,title:磷酸铁锂\n,,包覆,\n负极,,,\n,硅碳,,'=1+1\n"
    path = f"/api/v1/collections/{id}/branches"
    refused = agency.put(path, content=table.encode("gb18030"), headers={"accept-language": "en"})
    assert (refused.json()["code"], refused.json()["line"]) == ("branch_unreadable", 6)
    assert agency.put(path, content=table.replace("'=1+1", "title:硅碳").encode("gb18030")).status_code == 200
    shown = [(each["code"], each["parent"], each["name"]) for each in agency.get(f"/api/v1/collections/{id}").json()["branches"]]
    assert shown == [
        ("1", None, "正极"),
        ("1.1", "1", "磷酸铁锂"),
        ("1.1.1", "1.1", "包覆"),
        ("2", None, "负极"),
        ("2.1", "2", "硅碳"),
    ]
    assert agency.put(path, content=b"a,b\n1,2\n").json()["code"] == "columns_missing"
    below = "一级分支,二级分支\n别的,\n,\n".encode()
    assert agency.put(path, content=below).status_code == 200
    orphan = "一级分支,二级分支\n,没有上级\n".encode()
    assert agency.put(path, content=orphan).json()["code"] == "branch_unreadable"


def test_precision_and_recall_are_estimated(agency: TestClient) -> None:
    id = made(agency, "锂电池")  # noqa: A001
    branch(agency, id, "1", query="country:US")
    path = f"/api/v1/collections/{id}/branches/1"
    us = found(agency, "锂电池 country:US")
    drawn = agency.post(f"{path}/sample", json={"size": 10}).json()["numbers"]
    assert len(drawn) == 10
    assert set(drawn) <= us
    mark(agency, f"{id}/branches/1", "sample", drawn[:6], value=True)
    mark(agency, f"{id}/branches/1", "sample", drawn[6:8], value=False)
    mark(agency, f"{id}/branches/1", "known", [drawn[0], drawn[1], TILLER, "CN999999999A"], value=True)
    told = agency.get(f"{path}/estimate").json()
    assert (told["precision"]["hits"], told["precision"]["of"], told["precision"]["share"]) == (6, 8, 0.75)
    assert told["precision"]["low"] == pytest.approx(0.4093, abs=1e-4)
    assert told["precision"]["high"] == pytest.approx(0.9285, abs=1e-4)
    assert (told["recall"]["hits"], told["recall"]["of"]) == (2, 3)
    assert (told["unjudged"], told["missed"], told["absent"]) == (sorted(drawn[8:]), [TILLER], ["CN999999999A"])
    again = agency.post(f"{path}/sample", json={"size": 500}).json()["numbers"]
    assert set(again) == us - set(drawn)
    branch(agency, id, "1", query="country:CN")
    assert agency.get(f"{path}/estimate").json()["left"] == len(us)


def test_a_list_and_an_export_are_brought(agency: TestClient) -> None:
    id = made(agency, columns=["产线"])  # noqa: A001
    branch(agency, id, "A1", name="正极")
    path = f"/api/v1/collections/{id}"
    listed = "CN 110330865 B\nZL201910792871.4\nCN 108999999 A\n不是号码\nCN201910792871.5\n"
    told = agency.post(f"{path}/import", content=listed.encode()).json()
    assert [row["outcome"] for row in told["rows"]] == ["found", "found", "waiting", "refused", "refused"]
    assert all(row["advice"] for row in told["rows"][3:])
    assert found(agency, f"collection:{id}") == {"CN110330865A", "CN110330865B", "CN113999999A"}
    table = (
        "检索结果导出,,,,,,\n"
        "公开（公告）号,申请号,标题,申请（专利权）人,申请日,技术分支,产线,标签\n"
        f"{BATTERY},,一种锂电池,深圳锂源,2010-03-01,正极；硅碳,三号,\n"
        "CN108888888A,CN201810000001.5,未收录的电池,某厂,43160,A1,'=cmd|' /C calc'!A0,待查；重要\n"
    )
    told = agency.post(f"{path}/import", content=table.encode("utf-16"), headers=FILE).json()
    assert (told["counts"], told["unknown"]) == ({"found": 1, "waiting": 1}, ["硅碳"])
    [battery] = agency.get(f"{path}/documents?branch=A1").json()["items"]
    assert (battery["number"], battery["cells"], battery["stands"]) == (BATTERY, {"产线": "三号"}, "in")
    waiting = {each["number"]: each["record"] for each in agency.get(f"{path}/waiting").json()["items"]}
    assert set(waiting) == {"CN108888888A", "CN108999999A"}
    record = waiting["CN108888888A"]
    assert (record["title"], record["filed"], record["branches"]) == ("未收录的电池", "2018-03-01", ["A1"])
    out = agency.get(f"{path}/table", headers={"accept-language": "zh"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(out)))
    assert [row[4] for row in rows[1:]] == ["✓"] * 4 + ["未收录"] * 2
    assert {row[8] for row in rows[1:] if row[0] == "CN108888888A"} == {"待查; 重要"}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert agency.post(f"{path}/deeds/{told['deed']}", json={"undone": True}).status_code == 204
    assert {each["number"] for each in agency.get(f"{path}/waiting").json()["items"]} == {"CN108999999A"}


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"PK\x03\x04 no archive", 422, "sheet_unreadable"),
        (b"\xff\xfe\x00", 422, "sheet_unreadable"),
        (b"CN1A\x00\n", 422, "sheet_unreadable"),
        ("公开号\n".encode() + b"CN1A\n" * 10_001, 413, "sheet_too_long"),
        (b"CN1A\n" * 6_000_001, 413, "body_too_large"),
        (b"a,b\n1,2\n", 422, "columns_missing"),
        (b'"open', 422, "sheet_unreadable"),
    ],
)
def test_what_can_not_be_brought_is_refused(agency: TestClient, data: bytes, status: int, code: str) -> None:
    id = made(agency)  # noqa: A001
    answer = agency.post(f"/api/v1/collections/{id}/import", content=data, headers=FILE)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "headers", [{}, {"content-type": "application/vnd.ms-excel"}, {"content-type": "application/x-www-form-urlencoded"}]
)
def test_a_large_file_is_one_whatever_its_type_says(agency: TestClient, headers: dict[str, str]) -> None:
    """As programs name types: none, Excel's old one, and that of a form, which is what curl says of anything."""
    table = "公开号,权利要求\n" + "".join(f"US20190{place:06}A1,{'x' * 5_000}\n" for place in range(300))
    answer = agency.post(f"/api/v1/collections/{made(agency)}/import", content=table.encode(), headers=headers)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_of_several_megabytes_is_brought(agency: TestClient, kind: str) -> None:
    """Its claims, of which nothing is read, are the most of it."""
    id = made(agency)  # noqa: A001
    claims = [random.Random(place).randbytes(14_000).hex() for place in range(60)]  # what a zip can't make small
    head = ("公开（公告）号", "标题", "权利要求")
    rows = [(f"US20190{place:06}A1" if place else TILLER, "旋耕机", text) for place, text in enumerate(claims)]
    if kind == "xlsx":
        out = io.BytesIO()
        with Book(out) as book:
            book.sheet("导出", head, rows)
        data = out.getvalue()
    else:
        data = "\n".join(",".join(each) for each in (head, *rows)).encode()
    assert len(data) > 800_000
    told = agency.post(f"/api/v1/collections/{id}/import", content=data, headers=FILE)
    assert told.json()["counts"] == {"found": 1, "waiting": 59}


def test_snapshots_are_compared(agency: TestClient) -> None:
    id = made(agency, "锂电池 country:US")  # noqa: A001
    branch(agency, id, "1", query="publication_date:2011")
    path = f"/api/v1/collections/{id}/snapshots"
    first = agency.post(path, json={"label": "一季度"}).json()
    us = found(agency, "锂电池 country:US")
    assert (first["total"], first["branches"]) == (len(us), {"1": len(found(agency, "锂电池 country:US publication_date:2011"))})
    say(agency, id, [TILLER], stands="in")
    say(agency, id, [US], stands="out")
    assert compared(agency, f"{path}/1") == ([TILLER], [US], len(us) - 1)
    agency.post(path, json={})
    say(agency, id, [US], stands="left")
    assert compared(agency, f"{path}/1?until=2") == ([TILLER], [US], len(us) - 1)
    assert [each["number"] for each in agency.get(path).json()["items"]] == [2, 1]
    assert agency.delete(f"{path}/1").status_code == 204
    assert agency.get(f"{path}/1").status_code == 404


def compared(agency: TestClient, path: str) -> tuple[list[str], list[str], int]:
    """What came, went and stayed; the queries find the same."""
    told = agency.get(path).json()
    assert [sorted(found(agency, told[f"{name}_query"])) for name in ("came", "went")] == [told["came"], told["went"]]
    return told["came"], told["went"], told["stayed"]


def test_a_snapshot_is_searched_analysed_and_exported_as_it_was(agency: TestClient) -> None:
    id = made(agency, "锂电池")  # noqa: A001
    taken = agency.post(f"/api/v1/collections/{id}/snapshots", json={}).json()
    before = found(agency, f"collection:{id}")
    assert taken["query"] == f'collection:"{id}@1"'
    say(agency, id, [TILLER], stands="in")
    say(agency, id, sorted(before)[:3], stands="out")
    for text in (taken["query"], f"collection:{id}@1", f"专题库:{id}@1"):
        assert found(agency, text) == before
    us = {number for number in before if number.startswith("US")}
    assert found(agency, f"{taken['query']} AND country:US") == us
    table = agency.post("/api/v1/analysis/regions", json={"query": taken["query"], "unit": "publication"}).json()
    assert table["total"] == len(before)
    assert taken["query"].replace('"', "") in table["population"].replace('"', "")
    listed = agency.get("/api/v1/export", params={"q": taken["query"], "format": "numbers"}).text.split()
    assert sorted(listed) == sorted(before)
    for text, code in (
        (f"collection:{id}@2", "no_collection"),
        (f"collection:{id}@0", "collection"),
        (f"collection:{id}@1/1", "collection"),
    ):
        assert agency.post("/api/v1/search", json={"query": text}).json()["code"] == code
    answer = agency.post("/api/v1/analysis/branches", json={"query": taken["query"]})
    assert answer.json()["code"] == "branches_asked"


def test_deeds_are_stepped_back_in_order(agency: TestClient) -> None:
    id = made(agency, "锂电池")  # noqa: A001
    before = found(agency, f"collection:{id}")
    out = say(agency, id, [US, BATTERY], stands="out")
    noted = say(agency, id, [US], note="误检", tags=["噪声"])
    path = f"/api/v1/collections/{id}/deeds"
    assert agency.post(f"{path}/{out}", json={"undone": True}).json()["code"] == "deed_overlaid"
    for number in (noted, out):
        assert agency.post(f"{path}/{number}", json={"undone": True}).status_code == 204
    assert found(agency, f"collection:{id}") == before
    told = agency.get(path).json()["items"]
    assert [(each["deed"], each["rows"], each["undone_at"] is None) for each in told] == [
        ("documents", 1, False),
        ("documents_out", 2, False),
    ]
    assert agency.get(f"{path}?size=1").json()["next"] == noted
    assert agency.post(f"{path}/99", json={"undone": True}).status_code == 404


def test_a_branch_that_others_stand_below_is_not_stepped_back_from_under_them(agency: TestClient) -> None:
    id = made(agency, "锂电池")  # noqa: A001
    path = f"/api/v1/collections/{id}"
    first, second = (branch(agency, id, code, name=code, parent=parent)["deed"] for code, parent in (("1", None), ("1.1", "1")))
    refused = agency.post(f"{path}/deeds/{first}", json={"undone": True})
    assert (refused.status_code, refused.json()["code"]) == (409, "deed_overlaid")
    gone = agency.delete(f"{path}/branches/1").json()["deed"]
    assert agency.post(f"{path}/deeds/{gone}", json={"undone": True}).status_code == 204
    assert [each["code"] for each in agency.get(path).json()["branches"]] == ["1", "1.1"]
    for number in (second, first):
        assert agency.post(f"{path}/deeds/{number}", json={"undone": True}).status_code == 204
    refused = agency.post(f"{path}/deeds/{second}", json={"undone": False})
    assert refused.json()["code"] == "deed_overlaid", "what it stood below is gone"
    assert agency.get(path).json()["branches"] == []


def test_key_patents_stand_on_the_roadmap(agency: TestClient) -> None:
    id = made(agency, "锂电池")  # noqa: A001
    branch(agency, id, "1")
    branch(agency, id, "1.1", parent="1", query="country:US")
    say(agency, id, [US, BATTERY], key=True)
    told = agency.get(f"/api/v1/collections/{id}/roadmap").json()
    assert {(each["branch"], each["year"]): each["numbers"] for each in told["cells"]} == {
        ("1.1", 2010): [US],
        ("", 2011): [BATTERY],
    }
    assert told["years"] == [2010, 2011]
    say(agency, id, [BATTERY], stands="out")
    say(agency, id, [TILLER], key=True)
    assert [each["numbers"] for each in agency.get(f"/api/v1/collections/{id}/roadmap").json()["cells"]] == [[US]]


def test_a_navigation_project_is_recorded(agency: TestClient) -> None:
    id = made(agency)  # noqa: A001
    project = {"need": "区域产业规划", "scene": "招商引资", "filing": "DH-2026-001"}
    assert agency.patch(f"/api/v1/collections/{id}", json={"project": project}).status_code == 200
    assert agency.get(f"/api/v1/collections/{id}").json()["project"] == project


def test_who_a_collection_is_shared_with(service: Running, agency: TestClient) -> None:
    id = made(agency, "锂电池")  # noqa: A001
    bureau = service.as_("bureau")
    refused = bureau.post("/api/v1/search", json={"query": f"石墨 collection:{id}"}).json()
    assert (refused["code"], refused["position"]) == ("no_collection", 14)
    shared = agency.put(f"/api/v1/collections/{id}/sharing", json={"organisation": True, "enterprise": "enterprise-a"}).json()
    assert (shared["organisation"], shared["enterprise"]) == ("agency-a", "enterprise-a")
    assert (
        agency.put(f"/api/v1/collections/{id}/sharing", json={"organisation": True, "enterprise": "enterprise-b"}).status_code
        == 404
    )
    assert bureau.get(f"/api/v1/collections/{id}").status_code == 404
    assert id not in {each["id"] for each in bureau.get("/api/v1/collections").json()["items"]}


@pytest.mark.parametrize("preset", presets())
def test_presets_are_whole_and_can_be_asked(agency: TestClient, preset: str) -> None:
    chain = presets()[preset]
    assert {part.chain for part in chain.parts} == {"up", "mid", "down"}
    assert len(chain.parts) <= BRANCHES
    for part in chain.parts:
        assert not part.query or not parse(part.query, "native").warnings, part.code
    id = made(agency, preset=preset)  # noqa: A001
    whole = agency.get(f"/api/v1/collections/{id}").json()
    assert whole["query"]
    assert [each["refused"] for each in whole["branches"]] == [None] * len(chain.parts)
    assert whole["total"] >= max(each["total"] for each in whole["branches"])


def test_what_is_kept_is_given_out(agency: TestClient) -> None:
    id = made(agency, "锂电池")  # noqa: A001
    say(agency, id, [TILLER], stands="in", note="人工加入")
    data = agency.get("/api/v1/me/data").json()["collections"]
    [mine] = [each for each in data["collections"] if each["id"] == id]
    assert mine["documents"][0]["note"] == "人工加入"
    assert json.dumps(data, ensure_ascii=False).count(id) >= 2


def test_the_requests_of_the_documentation_are_answered(agency: TestClient) -> None:
    page = (ROOT / "docs" / "collections.md").read_text("utf-8")
    requests = re.findall(r"```http\n(\w+) (\S+)\n(.*?)\n```", page, re.DOTALL)
    assert len(requests) == 6
    id = ""  # noqa: A001
    for method, path, body in requests:
        answer = agency.request(method, path.replace("{id}", id), json=json.loads(body.replace("{id}", id)))
        assert answer.is_success, (path, answer.text)
        id = id or answer.json()["id"]  # noqa: A001
    assert answer.json()["branches"] == {"1": len(found(agency, f'collection:"{id}/1"'))}


def test_analysis_and_export_work_on_a_branch(agency: TestClient) -> None:
    id = made(agency, "锂电池")  # noqa: A001
    branch(agency, id, "1", query="country:US")
    numbers = found(agency, f'collection:"{id}/1"')
    asked = {"query": f'collection:"{id}/1"'}
    told = agency.post("/api/v1/analysis/parties", json={**asked, "unit": "publication"}).json()
    assert told["total"] == len(numbers)
    assert [found(agency, row["query"]) for row in told["cells"]] == [numbers]
    taken = agency.post("/api/v1/export", json={**asked, "format": "numbers"}).text
    assert numbers <= set(taken.split())
