"""The number doctor: every spelling of one number, every verdict, lists as people paste them."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from search.find.doctor.model import LINES
from search.patent import numbers
from search.patent.model import Reference
from tests.builders import a_patent
from tests.service import Running, running

_FILED = Reference(number="CN201710601862.3", date="2017-07-21")
_OLD = Reference(number="CN97101765.4", date="1997-01-01")
STOCK = [
    a_patent("CN107300000A", application=_FILED, stage="published"),
    a_patent("CN107300000B", application=_FILED),
    a_patent("CN1160000C", application=_OLD),
    a_patent("US17248024B2", application=Reference(number="US15000001")),
    a_patent("US2020000001A1", application=Reference(number="US17248024")),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("numbers"), STOCK) as started:
        yield started


@pytest.fixture(scope="module")
def researcher(service: Running) -> TestClient:
    return service.as_("researcher")


def examined(client: TestClient, *lines: str, lang: str = "en") -> Any:
    answer = client.post("/api/v1/numbers", json={"lines": lines}, headers={"accept-language": lang})
    assert answer.status_code == 200, answer.text
    return answer.json()


def verdict(client: TestClient, line: str, lang: str = "en") -> Any:
    (found,) = examined(client, line, lang=lang)["verdicts"]
    return found


@pytest.mark.parametrize(
    "line",
    [
        "ZL201710601862.3",
        "201710601862.3",
        "2017106018623",
        "201710601862",
        "CN201710601862.3A",
        "CN 2017 1 0601862.3",
        "ＺＬ２０１７１０６０１８６２．３",
        "ZL201710601862.3号",
        "CN 201710601862 A",
        "CN20171601862",
        '"201710601862.3",',
        "\t201710601862.3；",
    ],
)
def test_every_spelling_of_an_application_finds_its_documents(researcher: TestClient, line: str) -> None:
    found = verdict(researcher, line)
    assert (found["verdict"], found["number"]) == ("found", "CN201710601862.3")
    assert found["held"] == ["CN107300000A", "CN107300000B"]


@pytest.mark.parametrize(("line", "held"), [("CN107300000B", 1), ("cn 107300000 b", 1), ("CN107300000", 2), ("107300000", 2)])
def test_publications_with_and_without_their_kind(researcher: TestClient, line: str, held: int) -> None:
    found = verdict(researcher, line)
    assert (found["verdict"], len(found["held"])) == ("found", held)


@pytest.mark.parametrize("line", ["97101765.4", "ZL97101765.4", "199710001765", "97101765"])
def test_numbers_of_the_old_form(researcher: TestClient, line: str) -> None:
    assert verdict(researcher, line)["held"] == ["CN1160000C"]


def test_a_wrong_check_digit_names_the_corrections_that_are_held(researcher: TestClient) -> None:
    found = verdict(researcher, "201710601862.5")
    assert found["verdict"] == "check_digit"
    assert found["candidates"] == [{"number": "CN201710601862.3", "held": ["CN107300000A", "CN107300000B"]}]
    assert "held" not in found
    swapped = verdict(researcher, "201710608162.3")
    assert [each["number"] for each in swapped["candidates"]] == ["CN201710601862.3"]


def test_a_wrong_check_digit_with_nothing_near_held_gives_the_right_one(researcher: TestClient) -> None:
    found = verdict(researcher, "201910792871.5", lang="zh")
    assert found["candidates"] == [{"number": "CN201910792871.4"}]
    assert "校验位" in found["advice"]


def test_well_formed_and_not_held(researcher: TestClient) -> None:
    found = verdict(researcher, "ZL201910792871.4")
    assert (found["verdict"], found["number"]) == ("not_held", "CN201910792871.4")


@pytest.mark.parametrize("line", ["CN101234567", "101234567", "CN 101234567 A"])
def test_a_sound_publication_number_is_no_slip_of_an_application(researcher: TestClient, line: str) -> None:
    """101234567 is 90123456.7 with two digits exchanged as well; neither is held."""
    assert verdict(researcher, line)["verdict"] == "not_held"


def test_a_number_of_two_meanings_lists_both(researcher: TestClient) -> None:
    found = verdict(researcher, "US17/248,024")
    assert found["verdict"] == "found"
    assert found["held"] == ["US2020000001A1"]
    both = verdict(researcher, "US17248024")
    assert both["verdict"] == "ambiguous"
    assert [each["held"] for each in both["candidates"]] == [["US17248024B2"], ["US2020000001A1"]]


@pytest.mark.parametrize("line", ["2.01711E+12", "2.01711e12", "２．０１７１１Ｅ＋１２"])
def test_a_figure_of_a_spreadsheet_lists_what_it_may_have_been(researcher: TestClient, line: str) -> None:
    found = verdict(researcher, line)
    assert found["verdict"] == "ambiguous"
    assert [each["number"] for each in found["candidates"]] == ["CN201710601862.3"]


def test_a_figure_stands_for_no_number_beyond_half_a_unit(researcher: TestClient) -> None:
    assert verdict(researcher, "2.01712E+12").get("candidates", []) == []
    assert verdict(researcher, "2.01710602E+12")["candidates"] == [{"number": "CN201710601862.3"}]


@pytest.mark.parametrize("line", ["电池", "hello world", "12", "=cmd|'/c calc'!A0", "x" * 5_000, "1E+99"])
def test_what_is_no_number(researcher: TestClient, line: str) -> None:
    found = verdict(researcher, line)
    assert found["verdict"] == "not_number"
    assert len(found["text"]) <= 100
    assert "CN110330865B" in found["advice"]


def test_a_list_is_answered_line_by_line_and_counted(researcher: TestClient) -> None:
    answer = examined(researcher, "CN107300000B", "", "ZL201710601862.3", "201710601862", "nothing", "CN107300000B")
    assert [each["verdict"] for each in answer["verdicts"]] == ["found", "blank", "found", "found", "not_number", "found"]
    assert [each.get("same_as") for each in answer["verdicts"]] == [None, None, None, 3, None, 1]
    assert answer["counts"] == {"found": 4, "blank": 1, "not_number": 1}
    assert answer["numbers"] == ["CN107300000A", "CN107300000B"]


def test_ten_thousand_lines_and_not_one_more(researcher: TestClient) -> None:
    lines = [f"CN{numbers_of}A" for numbers_of in range(107300000, 107300000 + LINES)]
    assert examined(researcher, *lines)["counts"] == {"found": 1, "not_held": LINES - 1}
    assert researcher.post("/api/v1/numbers", json={"lines": [*lines, "1"]}).status_code == 422


def test_any_wrong_number_is_told_from_every_right_one(researcher: TestClient) -> None:
    wrong = [f"201710601862.{check}" for check in "0123456789X" if check != numbers.check_digit("201710601862")]
    assert examined(researcher, *wrong)["counts"] == {"check_digit": 10}


def test_the_page_takes_a_pasted_list_and_gives_it_as_a_table(service: Running, researcher: TestClient) -> None:
    page = researcher.post(
        "/numbers",
        data={"csrf_token": "-", "lines": "CN107300000B\r\n\r\n201710601862.5\r\n=1+1"},
        headers={"accept-language": "zh"},
    )
    assert page.status_code == 200
    assert 'href="/patents/CN107300000B"' in page.text
    assert "校验位错误" in page.text
    kept = researcher.post("/numbers", data={"csrf_token": "-", "lines": "CN107300000B\r\nCN1160000C", "format": "set"})
    assert kept.headers["location"] == "/search?q=%231"
    assert "CN1160000C" in researcher.get("/search?q=%231").text
    table = researcher.post("/numbers", data={"csrf_token": "-", "lines": "CN107300000B\r\n=1+1", "format": "csv"})
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["1", "2"]
    assert rows[2][1] == "'=1+1"
