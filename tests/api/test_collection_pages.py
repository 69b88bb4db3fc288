"""The pages of collections: every deed by a form, without script, in both languages."""

import io
import re
from collections.abc import Iterator
from html import unescape

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from search.saved.collections import sheets
from tests.service import Running, running

TILLER, BATTERY, US = "CN110330865B", "CN11200101A", "US201501000A1"
TOKEN = {"csrf_token": "-"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("pages")) as started:
        yield started


@pytest.fixture(scope="module")
def agency(service: Running) -> TestClient:
    client = service.as_("agency")
    client.headers["accept-language"] = "zh"
    client.headers["accept"] = "text/html"
    return client


def send(client: TestClient, path: str, status: int = 303, **fields: str) -> str:
    answer = client.post(path, data=TOKEN | fields)
    assert answer.status_code == status, answer.text
    return answer.headers.get("location", answer.text)


def shown(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


@pytest.fixture
def home(agency: TestClient) -> str:
    """The page of a new collection of batteries."""
    return send(agency, "/collections", name="电池专题", query="锂电池")


def test_a_collection_is_made_by_a_form_that_keeps_what_was_typed(agency: TestClient, home: str) -> None:
    page = shown(agency, home)
    assert "电池专题" in page
    assert f"collection:&#34;{home.removeprefix('/collections/')}&#34;" in page
    assert "/collections" in shown(agency, "/")
    for way in ("search", "analysis", "export", "reports"):
        [address] = re.findall(rf'href="(/{way}\?q=collection[^"]+)"', page)
        assert "collection:" in shown(agency, address)
    wrong = send(agency, "/collections", 400, name="坏", query="(锂电池")
    assert 'value="坏"' in wrong
    assert "(锂电池</textarea>" in wrong
    assert "括号没有闭合" in wrong
    assert send(agency, "/collections", preset="aerospace").startswith("/collections/")
    assert "航空航天" in shown(agency, "/collections")
    assert "locarno:14</textarea>" in shown(agency, "/collections?q=locarno:14")


def test_a_hit_is_added_from_results_and_document(agency: TestClient, home: str) -> None:
    for page in ("/search?q=旋耕机", f"/patents/{TILLER}"):
        assert f"/collections/add?number={TILLER}" in shown(agency, page)
    id = home.rsplit("/", 1)[1]  # noqa: A001
    assert f'value="{id}"' in shown(agency, f"/collections/add?number={TILLER}")
    assert send(agency, "/collections/add", number=TILLER, collection=id) == home
    assert "人工加入" in shown(agency, f"{home}?q=旋耕机")
    fresh = send(agency, "/collections/add", number=TILLER)
    assert TILLER in shown(agency, fresh)


def test_its_own_search_stays_within_and_tells_what_is_wrong(agency: TestClient, home: str) -> None:
    found = shown(agency, f"{home}?q=国家：美国")
    assert US in found
    assert BATTERY not in found
    assert "括号没有闭合" in shown(agency, f"{home}?q=(电池")
    assert "没有符合的文献" in shown(agency, f"{home}?q=旋耕机")
    assert "<mark>" in shown(agency, f"{home}?q=锂电池")
    first, second = (set(re.findall(r'<li id="(\w+)"', shown(agency, f"{home}?page={page}"))) for page in (1, 2))
    assert len(first) == len(second) == 10
    assert not first & second


def test_documents_are_annotated(agency: TestClient, home: str) -> None:
    for fields in (
        {"deed": "key"},
        {"deed": "note", "note": "<b>核心</b>", "tags": "正极，量产"},
    ):
        back = send(agency, f"{home}/documents", numbers=US, back="q=国家：美国", **fields)
        assert back.startswith(f"{home}?q=")
    page = shown(agency, f"{home}?q=number:{US}")
    assert "★ 重点" in page
    assert "&lt;b&gt;核心&lt;/b&gt;" in page
    assert "# 正极" in page
    assert US in shown(agency, f"{home}/roadmap")
    send(agency, f"{home}/documents", numbers=US, deed="out")
    assert "没有符合的文献" in shown(agency, f"{home}?q=number:{US}")
    log = shown(agency, f"{home}/deeds")
    assert log.index("剔除文献") < log.index("标注文献")
    number = re.findall(r"/deeds/(\d+)", log)[0]
    send(agency, f"{home}/deeds/{number}", undone="yes")
    assert US in shown(agency, f"{home}?q=number:{US}")
    refused = send(agency, f"{home}/deeds/1", 409, undone="yes")
    assert "请先撤销后来的步骤" in refused


def test_branches_are_made_judged_and_taken_away(agency: TestClient, home: str) -> None:
    send(agency, f"{home}/branches", name="美国", query="country:US", chain="up", rule="美国申请")
    send(agency, f"{home}/branches", name="早期", parent="1", query="publication_date:2012")
    assert "没有闭合" in send(agency, f"{home}/branches", 400, name="坏", query="(电池")
    assert "上级分支不存在" in send(agency, f"{home}/branches", 409, name="坏", parent="9")
    tree = shown(agency, f"{home}?branch=1")
    assert "美国申请" in tree
    assert BATTERY not in tree
    send(agency, f"{home}/documents", numbers=BATTERY, deed="branch_in", branch="1.1")
    assert BATTERY in shown(agency, f"{home}?branch=1&q=number:{BATTERY}")
    send(agency, f"{home}/branches/1/sample", size="5")
    branch = shown(agency, f"{home}/branches/1")
    drawn = re.findall(r'name="number" value="(\w+)"', branch)
    assert len(drawn) == 5
    for number, value in zip(drawn[:4], ("yes", "yes", "yes", "no"), strict=True):
        send(agency, f"{home}/branches/1/judge", number=number, value=value)
    send(agency, f"{home}/branches/1/known", lines=f"{US}\n{TILLER}")
    told = shown(agency, f"{home}/branches/1")
    assert "3/4 = 75.0%，95% 区间 30.1% 至 95.4%" in told
    assert "1/2 = 50.0%" in told
    assert f"/patents/{TILLER}" in told
    send(agency, f"{home}/branches/1/known", lines=f"{US}\n CN 110330865 B \n\n")
    told = shown(agency, f"{home}/branches/1")
    assert "1/2 = 50.0%" in told
    assert "/patents/CN110330865B" in told
    taken = agency.post(f"{home}/branches", data=TOKEN | {"code": "1", "name": "另一个"})
    assert taken.status_code == 409
    assert "这个代码已有一个分支" in taken.text
    assert "另一个</" not in shown(agency, f"{home}/branches")
    send(agency, f"{home}/branches/1/known", lines=US)
    assert "1/1 = 100.0%" in shown(agency, f"{home}/branches/1")
    send(agency, f"{home}/branches/1.1", name="二〇一二", query="publication_date:2012", parent="1")
    assert "二〇一二" in shown(agency, f"{home}/branches")
    send(agency, f"{home}/branches/1/delete")
    assert "还没有技术分支" in shown(agency, f"{home}/branches")


def test_the_table_of_branches_is_a_workbook_too(agency: TestClient) -> None:
    home = send(agency, "/collections", name="航空", preset="aerospace")
    data = agency.get(f"{home}/branches/table?format=xlsx").content
    rows = [line.cells for line in sheets.rows(data)]
    assert rows[0][:4] == ["代码", "一级分支", "二级分支", "三级分支"]
    held = [["" if cell is None else str(cell) for cell in row] for row in load_workbook(io.BytesIO(data)).active.values]
    assert [[cell for cell in row if cell] for row in rows] == [[cell for cell in row if cell] for row in held]
    other = send(agency, "/collections", name="另一个")
    answer = agency.post(f"{other}/branches/table", data=TOKEN, files={"file": ("branches.xlsx", data)})
    assert answer.status_code == 303
    csv = [agency.get(f"{each}/branches/table").content for each in (home, other)]
    assert csv[0] == csv[1]


def test_a_list_is_pasted_or_sent_as_a_file(agency: TestClient, home: str) -> None:
    told = send(agency, f"{home}/import", 200, lines=f"{TILLER}\nCN 108999999 A\n不是号码")
    assert all(word in told for word in ("已加入", "未收录，留作记录", "未识别"))
    assert "CN108999999A" in shown(agency, f"{home}/waiting")
    answer = agency.post(f"{home}/import", data=TOKEN, files={"file": ("list.csv", f"公开号\n{TILLER}\n".encode("utf-16"))})
    assert "已加入" in answer.text
    assert "请粘贴号码或选择文件" in send(agency, f"{home}/import", 422)
    assert "表格中没有可识别的列" in send(agency, f"{home}/import", 422, lines="a,b\nc,d")
    assert TILLER in agency.get(f"{home}/table").content.decode("utf-8-sig")


def test_snapshots_settings_and_sharing(service: Running, agency: TestClient, home: str) -> None:
    send(agency, f"{home}/snapshots", label="一季度")
    send(agency, f"{home}/documents", numbers=TILLER, deed="in")
    compared = shown(agency, f"{home}/snapshots?since=1")
    assert "新增 1 件" in compared
    assert f"/patents/{TILLER}" in compared
    links = [unescape(link) for link in re.findall(r'href="(/(?:search|analysis|export)\?dialect=native[^"]*)"', compared)]
    assert len(links) == 4, "what came, and the snapshot in three ways"
    assert all(agency.get(link).status_code == 200 for link in links)
    send(agency, f"{home}/snapshots/1/delete")
    assert "还没有快照" in shown(agency, f"{home}/snapshots")
    send(agency, f"{home}/settings", name="储能专题", query="锂电池", columns="产线\n产线\n工艺", need="区域规划", filing="DH-1")
    settings = shown(agency, f"{home}/settings")
    assert all(text in settings for text in ("储能专题", "产线\n工艺", "区域规划", "DH-1", "贵州精工（a）机械有限公司"))
    assert "贵州精工（b）" not in settings
    assert "没有闭合" in send(agency, f"{home}/settings", 400, name="储能专题", query="(电池")
    send(agency, f"{home}/sharing", organisation="yes", enterprise="enterprise-a")
    assert "单位共享" in shown(agency, "/collections")
    bureau = service.as_("bureau")
    assert bureau.get(home).status_code == 404
    assert send(agency, f"{home}/delete") == f"{home}/settings"
    assert send(agency, f"{home}/delete", sure="yes") == "/collections"
    assert shown(agency, home, 404)


@pytest.mark.parametrize(
    "path", ["", "/branches", "/branches/1", "/roadmap", "/snapshots", "/deeds", "/settings", "/import", "/waiting"]
)
def test_pages_speak_english_and_stay_light(agency: TestClient, path: str) -> None:
    home = send(agency, "/collections", preset="light_industry")
    answer = agency.get(f"{home}{path}", headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert answer.headers["content-language"] == "en"
    assert len(answer.content) < 100_000
    assert "<script" not in answer.text
