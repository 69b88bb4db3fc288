"""The form of inventions in force: lists of enterprises, pasted and as files, and people by place."""

import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from starlette.testclient import TestClient

from search.analysis import people
from search.analysis.errors import PeopleUnreadable
from search.export.xlsx.book import Book
from search.patent.model import Legal, Party, Patent, Reference
from tests.builders import a_patent
from tests.service import Running, running

PARK = "贵阳阀门有限公司"
OTHER = "遵义仪表有限公司"


def _grant(number: int) -> Patent:
    return a_patent(
        f"CN11{number:07}B",
        stage="granted",
        type="invention",
        publication_date="2020-03-03",
        application=Reference(number=f"CN2009{number:08}.X", date="2009-05-05"),
        titles={"zh": "一种阀门"},
        applicants=(Party(name=(PARK, OTHER)[number % 2], country="CN", region="贵州省", city="贵阳市"),),
        legal=Legal(status="in_force", since="2020-03-03", version=1),
    )


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("service"), map(_grant, range(5))) as made:
        yield made


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


def sent(caller: TestClient, *, file: bytes = b"", **fields: str | list[str]) -> str:
    """Sends the form and follows it to its page."""
    answer = caller.post(
        "/analysis/density",
        data={"q": "阀门", "csrf_token": "-"} | fields,
        files={"file": ("names", file)} if file else {"file": ("", b"")},
        headers={"accept": "text/html"},
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def shown(caller: TestClient, address: str, lang: str = "zh") -> str:
    answer = caller.get(f"{address}&lang={lang}", headers={"accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def refused(caller: TestClient, fields: dict[str, Any], question: str = "density") -> str:
    """The page of a form that is not taken."""
    given = {"q": "阀门", "csrf_token": "-"} | fields
    answer = caller.post(f"/analysis/{question}", data=given, headers={"accept": "text/html"})
    assert answer.status_code in (400, 422)
    return unescape(answer.text)


def test_a_name_beside_a_kept_list_joins_it(caller: TestClient) -> None:
    """On the page and in the API: neither is dropped for the other."""
    [number] = parse_qs(urlsplit(sent(caller, names="\n".join([PARK, *(f"园区{each}公司" for each in range(70))]))).query)["listed"]
    address = sent(caller, listed=number, keep="yes", names=OTHER)
    page = shown(caller, address)
    assert (row(page, PARK)[0], row(page, OTHER)[0]) == ("3", "2")
    for told in (f"listed={number}&applicant={OTHER}", urlsplit(address).query.partition("&")[2]):
        table = caller.get(f"/api/v1/analysis/density?q=*&{told}").json()
        assert {cell["keys"][0]: cell["count"] for cell in table["cells"]} == {PARK: 3, OTHER: 2}
        assert table["figures"]["named"] == 72
    body = {"query": "*", "listed": int(number), "applicants": [OTHER]}
    table = caller.post("/api/v1/analysis/density", json=body).json()
    assert {cell["keys"][0]: cell["count"] for cell in table["cells"]} == {PARK: 3, OTHER: 2}
    assert sum(caller.get("/api/v1/search", params={"q": cell["query"]}).json()["total"] for cell in table["cells"]) == 5
    assert caller.get("/api/v1/search", params={"q": table["population"]}).json()["total"] == 5


def test_all_that_was_typed_stays_in_a_form_that_is_refused(caller: TestClient) -> None:
    fields = {
        "unit": "family",
        "at": "2024-01-01",
        "strategic": "title:阀门",
        "merged": "true",
        "size": "77",
        "filter": "country:CN",
        "names": f"{PARK}\n{OTHER}",
        "people_lines": "四川省 很多",
        "place": ["", "贵州省"],
        "persons": ["5万", "12345"],
    }
    page = refused(caller, fields)
    form = page[page.index('action="/analysis/density"') :]
    for kept in ('value="family" selected', 'value="2024-01-01"', 'value="title:阀门"', 'name="merged" value="true" checked'):
        assert kept in form
    for kept in (
        'value="77"',
        'name="filter" value="country:CN"',
        f">{PARK}\n{OTHER}<",
        ">四川省 很多<",
        'value="5万"',
        'value="12345"',
    ):
        assert kept in form


def test_inventions_in_force_of_each_branch_take_a_long_list(caller: TestClient) -> None:
    held = caller.post("/api/v1/collections", json={"name": "阀门", "query": "阀门"}).json()["id"]
    assert caller.put(f"/api/v1/collections/{held}/branches/1", json={"name": "全部"}).status_code == 200
    asked = {"q": f'collection:"{held}"', "each": "density", "csrf_token": "-"}
    form = shown(caller, f"/analysis/branches?{urlencode(asked | {'csrf_token': ''})}".replace("&csrf_token=", ""))
    assert 'method="post" enctype="multipart/form-data" action="/analysis/branches"' in form
    names = "\n".join([*(f"园区第{number}公司" for number in range(1_000)), PARK])
    answer = caller.post("/analysis/branches", data=asked | {"names": names, "place": "", "persons": "3万"})
    assert answer.status_code == 303, answer.text
    address = urlsplit(answer.headers["location"])
    assert address.path == "/analysis/branches"
    assert {"listed", "each", "people", "q"} == set(parse_qs(address.query))
    assert f"{PARK}" in shown(caller, answer.headers["location"])
    assert "人口表第 1 行" in refused(caller, asked | {"people_lines": "贵州省 很多"}, "branches")


def row(page: str, name: str) -> list[str]:
    """The cells of a row of a table."""
    line = re.search(rf'<tr[^>]*><th scope="row">{name}.*?</tr>', page)
    assert line, name
    return [re.sub("<.*?>", "", cell) for cell in re.findall(r"<td.*?</td>", line[0])]


def test_enterprises_that_are_pasted_and_people_of_the_park(caller: TestClient) -> None:
    address = sent(caller, names=f"{PARK}\n{OTHER}\t备注\n写错的公司\n\n{PARK}", persons=["3万"], place=[""])
    assert parse_qs(urlsplit(address).query)["applicant"] == [PARK, OTHER, "写错的公司"]
    for lang in ("zh", "en"):
        page = shown(caller, address, lang)
        assert row(page, PARK)[:2] == ["3", "–"]
        assert row(page, OTHER)[0] == "2"
        assert row(page, "写错的公司")[0] == "0", "named so that the misspelling is seen"
        assert "1.667" in page, "5 of 30,000 people, for 10,000"
    assert 'name="merged"' in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_list_from_a_file_is_kept_and_named_by_its_number(caller: TestClient, kind: str) -> None:
    names = [f"园区第{number}公司" for number in range(4_998)]
    rows = [("序号", "企业名称"), *((str(place), name) for place, name in enumerate((*names, PARK)))]
    if kind == "xlsx":
        out = io.BytesIO()
        with Book(out) as book:
            book.sheet("名单", rows[0], rows[1:])
        file = out.getvalue()
    else:
        file = "\r\n".join(",".join(each) for each in rows).encode("gb18030")
    address = sent(caller, file=file, names=OTHER)
    asked = parse_qs(urlsplit(address).query)
    assert "applicant" not in asked
    page = shown(caller, address)
    assert row(page, PARK)[0] == "3"
    assert "4\u2009998" in page, "those without a document"
    [number] = asked["listed"]
    assert f"名单 #{number}" in page
    opened = re.findall(r'href="(/search\?q=[^"]*)"', page)
    totals = [re.search(r'class="count"><span class="number">(\d+)', shown(caller, link)) for link in opened]
    assert all(totals), "each number leads to its documents"
    again = sent(caller, listed=number, keep="yes", strategic="阀门")
    assert parse_qs(urlsplit(again).query)["listed"] == [number]
    assert row(shown(caller, again), "战略性新兴产业")[0] == "5"
    assert parse_qs(urlsplit(sent(caller, listed=number, keep="yes", names=OTHER)).query)["listed"] == [number], "it has it"
    assert "5000" in refused(caller, {"listed": number, "keep": "yes", "names": "又一公司\n再一公司"})
    dropped = sent(caller, listed=number)
    assert "listed" not in parse_qs(urlsplit(dropped).query)


def test_people_by_place(caller: TestClient) -> None:
    address = sent(caller, place=["", "贵州省"], persons=["", "10,000"], people_lines="地区\t人口\n江苏省\t8526万")
    page = shown(caller, address)
    assert row(page, "贵州省")[:3] == ["5", "10\u2009000", "5"]
    assert "江苏省" in page
    assert re.search(r'id="persons\d+" name="persons" inputmode="decimal" value="10000"', page), "filled in again"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贵州省 3865万\n江苏省：8,526.0万人", {"贵州省": 38_650_000, "江苏省": 85_260_000}),
        ("地区\t人口\n贵州省\t38650000", {"贵州省": 38_650_000}),
        ("1.2亿", {"": 120_000_000}),
        ("", {}),
    ],
)
def test_how_people_are_written(text: str, expected: dict[str, float]) -> None:
    assert people.read(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("贵州省 12\n江苏省 多", 2),
        ("贵州省 0", 1),
        ("12 贵州省", 1),
        ("贵州省 -5x", 1),
        ("贵州省 -5", 1),
        ("-5", 1),
        ("贵州省 1\n四川省 2\n贵州省 3", 3),
    ],
)
def test_people_that_can_not_be_read(text: str, line: int) -> None:
    with pytest.raises(PeopleUnreadable) as refused:
        people.read(text)
    assert refused.value.extra == {"line": line}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"people_lines": "贵州省 很多"}, "人口表第 1 行"),
        ({"people_lines": "江苏省 1\n贵州省 2", "place": "贵州省", "persons": "3"}, "人口表第 2 行"),
        ({"names": "\n".join(map(str, range(5_001)))}, "5000"),
    ],
)
def test_what_is_refused_stays_in_the_form(caller: TestClient, fields: dict[str, str], said: str) -> None:
    answer = caller.post("/analysis/density", data={"q": "阀门", "csrf_token": "-"} | fields, headers={"accept": "text/html"})
    assert answer.status_code in (400, 422)
    assert said in answer.text
    assert next(iter(fields.values()))[:20] in answer.text


def test_an_industry_that_can_not_be_read_and_a_list_that_is_gone(caller: TestClient) -> None:
    for asked, said in (("strategic=((", "界定战略性新兴产业的检索式有误"), ("listed=9999", "没有编号 #9999")):
        answer = caller.get(f"/analysis/density?q=阀门&{asked}&lang=zh", headers={"accept": "text/html"})
        assert answer.status_code == 400
        assert said in answer.text
