"""`/export`: files of a query or of a list, who may, what cuts them, and the page that asks how."""

import asyncio
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from search.app import create_app
from search.export.columns import COLUMNS, DEFAULT
from search.export.model import FORMATS
from search.patent.model import decode
from tests.exports import Leaving
from tests.service import Running, a_stock, running

STOCK = {patent.number: patent for patent in a_stock()}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("exports")) as started:
        yield started


@pytest.fixture(scope="module")
def researcher(service: Running) -> TestClient:
    return service.as_("researcher")


def ask(client: TestClient, **body: Any) -> Any:
    answer = client.post("/api/v1/export", json=body)
    assert answer.status_code == 200, answer.text
    return answer


def rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_an_export_is_what_a_search_finds(researcher: TestClient) -> None:
    total = researcher.post("/api/v1/search", json={"query": "锂电池", "filters": {"country": ["CN"]}}).json()["total"]
    table = rows(ask(researcher, query="锂电池", filters={"country": ["CN"]}, columns=["number", "title"]))
    assert len(table) - 1 == total > 0
    assert {row[0][:2] for row in table[1:]} == {"CN"}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_its_media_type_and_its_name(researcher: TestClient, name: str) -> None:
    answer = ask(researcher, query="title:锂电池", format=name)
    kind = answer.headers["content-type"]
    assert ("charset=utf-8" in kind) == (name != "xlsx")
    said = answer.headers["content-disposition"]
    plain, full = re.fullmatch(r"attachment; filename=\"([!-~]+)\"; filename\*=UTF-8''([!-~]+)", said).groups()  # type: ignore[union-attr]
    assert re.fullmatch(r"专利-title-锂电池-\d{4}-\d\d-\d\d\.\w+", unquote(full))
    assert plain.rpartition(".")[2] == unquote(full).rpartition(".")[2]


def test_records_come_as_they_are_answered(researcher: TestClient) -> None:
    lines = ask(researcher, query="锂电池", format="jsonl").content.splitlines()
    assert len(lines) == 37
    one = decode(lines[0])
    assert lines[0] == researcher.get(f"/api/v1/patents/{one.number}").content
    assert all(decode(line) == STOCK[decode(line).number] for line in lines)


def test_a_list_of_numbers_in_any_spelling(researcher: TestClient) -> None:
    table = rows(ask(researcher, numbers=["CN 110330865 B", "ZL201910792871.4", "CN999999999A"], columns=["number"], lang="en"))
    assert sorted(row[0] for row in table[1:-1]) == ["CN110330865A", "CN110330865B", "CN113999999A"]
    assert table[-1][0].endswith("CN999999999A")


def test_an_order_and_a_limit(researcher: TestClient) -> None:
    table = rows(ask(researcher, query="锂电池", columns=["publication_date"], sort="publication_date:desc", limit=3, lang="en"))
    days = [patent.publication_date or "" for patent in STOCK.values() if "锂电池" in patent.titles["zh"]]
    assert [row[0] for row in table[1:-1]] == sorted(days, reverse=True)[:3]
    assert table[-1][0].startswith("[CUT] Only the first 3 documents of 37, as limited")


def test_what_an_operator_allows_is_told_in_the_file(service: Running) -> None:
    app = create_app(service.settings.model_copy(update={"export_rows": 2}), service.services)
    caller = replace(service, app=app).as_("researcher")
    book = load_workbook(io.BytesIO(ask(caller, query="*", format="xlsx", limit=30, columns=["number"]).content))
    assert [row[0] for row in book.worksheets[0].iter_rows(values_only=True)][-1].startswith("【未完】")
    assert any("【未完】" in str(row[1]) for row in book.worksheets[1].iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"query": "("}, 400),
        ({"query": "#9"}, 400),
        ({"query": "*", "numbers": ["CN1A"]}, 422),
        ({}, 422),
        ({"query": "*", "columns": []}, 422),
        ({"query": "*", "columns": ["nothing"]}, 422),
        ({"query": "*", "columns": ["__class__"]}, 422),
        ({"query": "*", "format": "../csv"}, 422),
        ({"query": "*", "format": "cells"}, 422),
        ({"query": "*", "limit": 0}, 422),
        ({"query": "*", "encoding": "utf-7"}, 422),
        ({"numbers": ["x"] * 10_001}, 422),
    ],
)
def test_what_cannot_be_exported_is_refused_before_there_is_a_file(
    researcher: TestClient, body: dict[str, Any], status: int
) -> None:
    answer = researcher.post("/api/v1/export", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_an_address_asks_the_same(researcher: TestClient) -> None:
    address = "/api/v1/export?q=锂电池&filter=country:US&format=numbers&columns=number&inid=true&limit="
    assert sorted(researcher.get(address).text.split()) == sorted(number for number in STOCK if number.startswith("US"))
    assert researcher.get("/api/v1/export?q=锂电池&filter=nothing").status_code == 422


def test_a_connection_is_broken_off_where_the_engine_goes_away(service: Running) -> None:
    """Over ASGI, where it can be seen that the answer never ends: a server then closes the connection, and what receives it says
    that the transfer is incomplete."""
    leaving = replace(service.services, reader=Leaving(service.services.reader, after=7))  # type: ignore[arg-type]
    log = io.StringIO()
    app = create_app(service.settings, leaving, log=log)
    token = service.as_("researcher").headers["Authorization"]
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        await asyncio.sleep(3600)

    scope = {"type": "http", "method": "GET", "path": "/api/v1/export", "query_string": b"q=*&format=numbers", "headers": []}
    scope |= {"headers": [(b"authorization", token.encode())], "http_version": "1.1", "scheme": "http", "server": ("here", 80)}
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 200
    assert all(message["more_body"] for message in sent[1:])
    body = b"".join(message["body"] for message in sent[1:]).decode()
    assert len(body.splitlines()) == 8
    assert body.splitlines()[-1].startswith("# 【未完】")
    assert "Interrupted" in log.getvalue()


def test_an_engine_that_is_away_is_told_instead_of_a_file(service: Running) -> None:
    leaving = replace(service.services, reader=Leaving(service.services.reader, after=0))  # type: ignore[arg-type]
    caller = replace(service, app=create_app(service.settings, leaving)).as_("researcher")
    assert caller.get("/api/v1/export?q=*").status_code == 503


def test_two_exports_at_a_time(service: Running, researcher: TestClient) -> None:
    from search.api.limits import TooManyAtOnce
    from search.export.service import Exports, Wanted
    from search.find.doctor.service import Doctor

    exports = Exports(None, service.services.reader, Doctor(service.services.reader))  # type: ignore[arg-type]  # lists only
    wanted = Wanted(numbers=("CN110330865B",))
    first, second = exports.export(wanted, user="a"), exports.export(wanted, user="a")
    with pytest.raises(TooManyAtOnce):
        exports.export(wanted, user="a")
    exports.export(wanted, user="b")
    assert b"".join(first.chunks)
    third = exports.export(wanted, user="a")
    del second, third
    exports.export(wanted, user="a")


def test_the_page_asks_how_and_its_form_gives_the_file(researcher: TestClient) -> None:
    results = researcher.get("/search?q=锂电池&filter=country:CN&lang=zh")
    (link,) = re.findall(r'href="(/export\?[^"]+)"', results.text)
    page = researcher.get(unescape(link))
    assert page.status_code == 200
    assert 'action="/api/v1/export"' in page.text
    hidden = [
        (unescape(n), unescape(v))
        for n, v in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
        if n != "csrf_token"
    ]
    assert sorted(hidden) == [("filter", "country:CN"), ("q", "锂电池")]
    assert re.findall(r'name="columns" value="(\w+)" checked', page.text) == [name for name in COLUMNS if name in DEFAULT]
    chosen = [
        ("format", "csv"),
        ("columns", "number"),
        ("inid", "true"),
        ("lang", "en"),
        ("sort", "loaded"),
        ("encoding", "utf-8"),
        ("limit", ""),
    ]
    table = rows(researcher.get("/api/v1/export", params=[*hidden, *chosen]))
    assert table[0] == ["(11) Publication number"]
    assert len(table) - 1 == sum(number.startswith("CN112") for number in STOCK)


def test_the_page_of_nothing(researcher: TestClient) -> None:
    assert researcher.get("/export?q=").headers["location"] == "/"
    assert 'action="/api/v1/export"' not in researcher.get("/export?q=title:绝无此词").text
    assert researcher.get("/export?q=(").status_code == 400


@pytest.mark.parametrize(("lang", "label"), [("zh", "申请年"), ("en", "year of filing")])
def test_a_table_of_analysis_is_a_file(researcher: TestClient, lang: str, label: str) -> None:
    address = f"/api/v1/analysis/trend/table?q=锂电池&lang={lang}"
    book = load_workbook(io.BytesIO(researcher.get(address).content))
    first = list(book.worksheets[0].iter_rows(values_only=True))
    assert first[0][0] == label
    counted = researcher.post("/api/v1/analysis/trend", json={"query": "锂电池"}).json()
    assert [(row[0], row[1]) for row in first[1:]] == [(cell["keys"][0], cell["count"]) for cell in counted["cells"]]
    table = rows(researcher.get(f"{address}&format=csv"))
    assert [row[:2] for row in table[1 : len(first)]] == [[str(row[0]), str(row[1])] for row in first[1:]]
    assert researcher.get("/api/v1/analysis/nothing/table?q=锂电池").status_code == 422
