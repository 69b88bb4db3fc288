"""Records of a collection whose documents are not held: counted, marked and listed by cell, handed on with documents."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from auth.credentials.passwords import Passwords
from auth.users.service import Users
from search.api.cursors import Cursors
from search.find.classes.service import Classes
from search.find.service import Finder
from search.patent.model import Party, Reference, Shown, Symbol
from search.saved.collections.contents import Contents
from search.saved.collections.model import Record
from search.saved.collections.service import Collections
from search.saved.collections.standing import patent
from search.saved.history import History
from tests.api.test_collections import BATTERY, FILE, branch, found, made
from tests.builders import a_patent
from tests.service import PEOPLE, Running, running


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("waiting")) as started:
        yield started


@pytest.fixture(scope="module")
def agency(service: Running) -> TestClient:
    return service.as_("agency")


def test_what_is_not_held_is_counted_marked_and_listed(service: Running, agency: TestClient) -> None:
    id = made(agency, "锂电池 country:US")  # noqa: A001
    branch(agency, id, "1", query="title:电解液")
    table = (
        "公开号,申请号,标题,申请人,申请日,公开日,IPC,技术分支\n"
        f"{BATTERY},,,,,,,\n"
        "CN102888001A,,锂电池的电解液,远方电池厂;某大学,2019-03-01,2020-09-01,H01M 10/0525,\n"
        "CN102888001B,CN201810000001.4,锂电池隔膜,远方电池厂,2018-03-01,2021-09-01,H01M 50/40,1\n"
        "CN102888002A,CN201810000001.4,锂电池隔膜,远方电池厂,2018-03-01,2019-09-01,H01M 50/40,\n"
    )
    path = f"/api/v1/collections/{id}"
    assert agency.post(f"{path}/import", content=table.encode(), headers=FILE).json()["counts"] == {"found": 1, "waiting": 3}
    documents = len(found(agency, f'collection:"{id}"'))
    for unit, waiting in (("publication", 3), ("application", 2)):
        told = agency.post("/api/v1/analysis/parties", json={"query": f'collection:"{id}"', "unit": unit, "size": 50}).json()
        assert (told["total"] - told["waiting"], told["waiting"]) == (documents, waiting)
        assert "records" in {caveat["code"] for caveat in told["caveats"]}
        cells = {cell["keys"][0]: cell for cell in told["cells"]}
        assert (cells["远方电池厂"]["count"], cells["远方电池厂"]["waiting"]) == (waiting, waiting)
        assert found(agency, cells["远方电池厂"]["query"]) == set()
        listed = agency.get(f"{path}/waiting", params={"q": cells["某大学"]["query"], "unit": unit}).json()["items"]
        assert [each["number"] for each in listed] == ["CN102888001A"]
        for name, cell in cells.items():
            listed = agency.get(f"{path}/waiting", params={"q": cell["query"], "unit": unit}).json()["items"]
            assert bool(listed) == bool(cell.get("waiting")), name
    alone = agency.post("/api/v1/analysis/parties", json={"query": f'collection:"{id}"', "records": False}).json()
    assert (alone["total"], "waiting" in alone) == (documents, False)
    of_branch = agency.get("/api/v1/analysis/trend", params={"q": f'collection:"{id}/1"', "unit": "publication"}).json()
    assert of_branch["waiting"] == 2
    assert agency.get(f"{path}/waiting", params={"q": "title:(("}).status_code == 400
    stranger = service.as_("researcher")
    assert stranger.get(f"{path}/waiting", params={"q": "*"}).status_code == 404
    assert stranger.post("/api/v1/analysis/parties", json={"query": f'collection:"{id}"'}).status_code == 400
    asked = {"q": f'collection:"{id}"', "size": 50}
    file = agency.get("/api/v1/analysis/parties/table", params={**asked, "format": "csv"}).content.decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(file))
    assert next(line for line in lines if line[:1] == ["远方电池厂"])[head.index("其中未收录")] == "2"
    page = agency.get("/analysis/parties", params=asked).text
    chart = agency.get("/api/v1/analysis/parties/chart.svg", params=asked).text
    assert 'name="records"' in page
    assert f"/collections/{id}/waiting?q=" in page
    assert f"/collections/{id}/waiting?q=" in chart
    report = agency.post("/api/v1/reports", json={"query": f'collection:"{id}"', "kind": "latest", "format": "html"}).text
    assert "另有 2 件申请只有导入的记录而未收录文献，本报告没有计入" in report
    rows = agency.get(f"{path}/table", params={"branch": "1"}, headers={"accept-language": "en"}).content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(rows)) if row[4] == "not held"] == ["CN102888001A", "CN102888001B"]


def test_documents_and_records_are_handed_on_together(service: Running, agency: TestClient) -> None:
    id = made(agency)  # noqa: A001
    table = f"公开号,标题,申请人\n{BATTERY},,\nCN102888003A,锂电池极片,远方电池厂\n"
    agency.post(f"/api/v1/collections/{id}/import", content=table.encode(), headers=FILE)
    stand = service.services
    collections = Collections(stand.database, lambda _user, _number: None, stand.reader)
    classes = Classes(stand.database, stand.reader)
    finder = Finder(stand.reader, Cursors(b""), History(stand.database), classes, collections=collections.tree)
    contents = Contents(collections, finder, stand.reader)
    user = next(user.id for user in Users(stand.database, Passwords()).list() if user.email == PEOPLE["agency"])
    held, waits = list(contents.everything(user, id))
    assert (held.number, held.held, waits.number, waits.held) == (BATTERY, True, "CN102888003A", False)
    one, other = (msgspec.json.decode(each.shown, type=Shown) for each in (held, waits))
    assert (one.number, other.titles, other.applicants) == (BATTERY, {"zh": "锂电池极片"}, (Party(name="远方电池厂"),))


def test_a_record_says_what_its_import_said() -> None:
    said = {
        "title": "Battery electrode",
        "abstract": "一种电极。",
        "applicant": "甲公司；Acme, Inc.; 甲公司",
        "inventor": "王一|李二",
        "filed": "2018-03-01",
        "published": "2019-09-01",
        "application": "201810000001.4",
        "ipc": ["H01M 4/02", "H01M 10/0525"],
    }
    told = patent(Record("CN108888888A", "publication", said))
    assert (told.country, told.doc_number, told.kind, told.stage, told.type) == ("CN", "108888888", "A", "published", "invention")
    assert told.application == Reference(number="CN201810000001.4", date="2018-03-01")
    assert (told.publication_date, told.titles, told.abstracts) == ("2019-09-01", {"en": "Battery electrode"}, {"zh": "一种电极。"})
    assert [party.name for party in told.applicants] == ["甲公司", "Acme, Inc."]
    assert [party.name for party in told.inventors] == ["王一", "李二"]
    assert told.ipc == (Symbol(symbol="H01M 4/02", first=True), Symbol(symbol="H01M 10/0525"))
    alone = patent(Record("PCT/CN2019/100001", "application", {}))
    assert (alone.country, alone.stage, alone.application) == ("WO", "application", Reference(number="PCT/CN2019/100001"))
    assert (alone.titles, alone.applicants, alone.publication_date) == ({}, (), None)


@pytest.mark.parametrize(
    ("applicants", "addresses", "cities"),
    [
        ("甲公司;甲公司;乙公司", "贵州省贵阳市;贵州省贵阳市;江苏省苏州市", {"甲公司": "贵阳市", "乙公司": "苏州市"}),
        ("甲公司、乙公司", ";江苏省苏州市", {"甲公司": None, "乙公司": "苏州市"}),
        ("甲公司;乙公司;丙公司", "贵州省贵阳市;江苏省苏州市", {"甲公司": "贵阳市", "乙公司": None, "丙公司": None}),
        ("甲公司；\n乙公司；", "贵州省贵阳市；\n江苏省苏州市；", {"甲公司": "贵阳市", "乙公司": "苏州市"}),
        ("甲公司;乙公司;甲公司", ";江苏省苏州市;贵州省贵阳市", {"甲公司": "贵阳市", "乙公司": "苏州市"}),
        ("甲公司;乙公司;丙公司", "贵州省贵阳市;江苏省苏州市;", {"甲公司": "贵阳市", "乙公司": None, "丙公司": None}),
    ],
)
def test_addresses_are_those_of_the_names_in_their_places(applicants: str, addresses: str, cities: dict[str, str | None]) -> None:
    told = patent(Record("CN108888888A", "publication", {"applicant": applicants, "address": addresses}))
    assert {party.name: party.city for party in told.applicants} == cities


def test_what_an_import_brings_is_bounded() -> None:
    """A cell of any length stays a few seconds' work for ten thousand records."""
    huge = {"title": "电" * 30_000, "abstract": "池" * 30_000, "applicant": "甲;" * 15_000, "inventor": "乙" * 30_000}
    told = patent(Record("CN108888888A", "publication", huge))
    assert [len(text) for text in (told.titles["zh"], told.abstracts["zh"], told.inventors[0].name)] == [500, 3_000, 500]
    assert told.applicants == (Party(name="甲"),)


def test_an_application_number_that_is_none_is_told(agency: TestClient) -> None:
    id = made(agency, "锂电池 country:US")  # noqa: A001
    table = "公开号,申请号\nCN102888005A,CN201810000001.5\nCN102888006A,CN201810000001.4\nCN102888007A,\n"
    rows = agency.post(f"/api/v1/collections/{id}/import", content=table.encode(), headers=FILE).json()["rows"]
    assert [(row["outcome"], row["advice"][:5]) for row in rows] == [("waiting", "申请号有误"), ("waiting", ""), ("waiting", "")]


def test_a_record_stands_where_its_address_says_and_in_its_classes(agency: TestClient) -> None:
    id = made(agency, "锂电池 country:US")  # noqa: A001
    table = (
        "公开号,申请人,申请人地址,CPC分类号\n"
        "CN102888003A,远方电池厂;某大学,550001 贵州省贵阳市云岩区1号; 广东省深圳市南山区2号,H01M 10/0525; Y02E 60/10\n"
        "CN102888004A,东京电池株式会社,日本东京都,H01M 50/40\n"
    )
    agency.post(f"/api/v1/collections/{id}/import", content=table.encode(), headers=FILE)

    def keys(by: str) -> dict[str, int]:
        asked = {"query": f'collection:"{id}" NOT country:US', "by": [by], "unit": "publication"}
        return {cell["keys"][0]: cell["waiting"] for cell in agency.post("/api/v1/analysis/custom", json=asked).json()["cells"]}

    assert keys("region") == {"贵州省": 1, "广东省": 1}
    assert keys("city") == {"贵阳市": 1, "深圳市": 1}
    assert keys("origin") == {"CN": 1, "JP": 1}
    assert keys("cpc_subclass") == {"H01M": 2, "Y02E": 1}


@pytest.mark.parametrize("kin", [{"family": "F1"}, {"priorities": (Reference(number="US62000001", date="2017-03-01"),)}])
def test_a_record_is_of_the_family_of_its_application(tmp_path: Path, kin: dict[str, Any]) -> None:
    filed = Reference(number="CN201810000001.4", date="2018-03-01")
    held = a_patent("CN102888001A", application=filed, titles={"zh": "锂电池"}, **{"priorities": (), **kin})
    abroad = a_patent("US2020100001A1", application=Reference(number="US16100001"), **{"priorities": (), **kin})
    with running(tmp_path, [held, abroad]) as service:
        agency = service.as_("agency")
        for query, total in (("title:锂电池", 1), ("country:US", 1), ("country:GB", 1)):
            id = made(agency, query)  # noqa: A001
            table = "公开号,申请号\nCN102888001B,CN201810000001.4\n"
            agency.post(f"/api/v1/collections/{id}/import", content=table.encode(), headers=FILE)
            told = agency.post("/api/v1/analysis/legal", json={"query": f'collection:"{id}"', "unit": "family"}).json()
            assert (told["total"], told.get("waiting", 0)) == (total, int(query == "country:GB"))


def test_a_number_is_read_as_its_column_says(tmp_path: Path) -> None:
    """An application of one number is another patent than the publication of the same; a list has numbers of any kind."""
    held = a_patent("JP2019123456A", application=Reference(number="JP2018000001"))
    filed = ("JP2019-123456", "KR10-2019-0012345", "DE102019123456.7")
    with running(tmp_path, [held]) as service:
        agency = service.as_("agency")

        def brought(table: str) -> tuple[list[str], list[tuple[str, str]]]:
            path = f"/api/v1/collections/{made(agency, 'country:GB')}"
            rows = agency.post(f"{path}/import", content=table.encode(), headers=FILE).json()["rows"]
            waiting = agency.get(f"{path}/waiting").json()["items"]
            return [row["outcome"] for row in rows], [(each["number"], each["kind"]) for each in waiting]

        outcomes, waiting = brought("\n".join(("申请号", *filed)))
        assert outcomes == ["waiting"] * 3
        assert waiting == [(n, "application") for n in ("DE102019123456.7", "JP2019123456", "KR20190012345")]
        assert brought("公开号,申请号\n,JP2019-123456\nJP2019-123456,JP2018-000001\n")[0] == ["waiting", "found"]
        assert brought("公开号\nJP2019-123456\n201810000001.4\n")[0] == ["found", "refused"]
        assert brought("号码\nJP2019-123456\n201810000001.4\n")[0] == ["found", "waiting"]
        assert brought("JP2019-123456\n201810000001.4\n")[0] == ["found", "waiting"]


def test_a_branch_that_goes_leaves_no_records_to_the_next_of_its_code(agency: TestClient) -> None:
    id = made(agency, "country:GB")  # noqa: A001
    path = f"/api/v1/collections/{id}"
    for code, parent in (("1", None), ("1.1", "1"), ("2", None)):
        branch(agency, id, code, parent=parent)
    table = "公开号,技术分支\nCN102888001A,1\nCN102888002A,1.1;2\nCN102888003A,2\n"
    agency.post(f"{path}/import", content=table.encode(), headers=FILE)

    def counted(code: str) -> int:
        asked = {"query": f'collection:"{id}/{code}"', "unit": "publication"}
        return int(agency.post("/api/v1/analysis/legal", json=asked).json()["total"])

    assert (counted("1"), counted("1.1"), counted("2"), counted("_")) == (2, 1, 2, 0)
    deed = agency.delete(f"{path}/branches/1").json()["deed"]
    assert (counted("2"), counted("_")) == (2, 1)
    branch(agency, id, "1")
    assert (counted("1"), counted("_")) == (0, 1)
    assert agency.delete(f"{path}/branches/1").status_code == 200
    assert agency.post(f"{path}/deeds/{deed}", json={"undone": True}).status_code == 204
    assert (counted("1"), counted("1.1"), counted("2"), counted("_")) == (2, 1, 2, 0)


def test_records_are_not_counted_among_inventions_in_force_and_that_is_told(agency: TestClient) -> None:
    id = made(agency, "country:GB")  # noqa: A001
    table = "公开号,申请人,申请日,公开日\nCN102888001B,远方电池厂,2015-03-01,2018-09-01\n"
    agency.post(f"/api/v1/collections/{id}/import", content=table.encode(), headers=FILE)
    asked = {"query": f'collection:"{id}"', "applicants": ["远方电池厂", "深圳锂源电池有限公司"]}
    told = agency.post("/api/v1/analysis/density", json=asked).json()
    assert (told["figures"]["owned"], told["figures"]["unknown"]) == (0, 1)
    unknown = next(part for part in told["parts"] if part["name"] == "density.unknown")
    assert [cell["keys"] for cell in unknown["cells"]] == [["远方电池厂"]]
    (caveat,) = (each for each in told["caveats"] if each["code"] == "records_without_status")
    assert "1 件申请未收录" in caveat["message"]
    alone = agency.post("/api/v1/analysis/density", json={**asked, "records": False}).json()
    assert "records_without_status" not in {each["code"] for each in alone["caveats"]}
