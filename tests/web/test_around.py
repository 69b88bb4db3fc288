"""A document's page with what stands around it: status and its log, family, citations both ways."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from search.patent.model import Citation, Legal, LegalEvent, Patent
from search.web.around import SHOWN
from tests.builders import a_patent
from tests.service import running

LAPSED = Legal(status="lapsed", log=(LegalEvent(date="2024-12-01", event="专利权终止<b>"),))


def documents() -> list[Patent]:
    cited = (Citation(number="CN100000001A", category="X", phase="examiner"), Citation(number="EP9A1", category="A"))
    tiller = a_patent(citations=cited)
    published = a_patent("CN110330865A", stage="published", publication_date="2019-10-15", legal=LAPSED)
    older = a_patent("CN100000001A", application=None, family=None)
    later = [
        a_patent(
            f"US2021{1000000 + n}A1", application=None, family="many", citations=(Citation(number="CN110330865B", category="Y"),)
        )
        for n in range(SHOWN + 10)
    ]
    return [tiller, published, older, *later]


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with running(tmp_path_factory.mktemp("service"), documents()) as service:
        yield service.as_("researcher")


def page(caller: TestClient, number: str, lang: str = "zh") -> str:
    answer = caller.get(f"/patents/{number}?lang={lang}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def test_the_status_has_its_light_and_its_log_behind_why(caller: TestClient) -> None:
    shown = page(caller, "CN110330865A")
    details = shown[shown.index('<details class="status"') : shown.index("</details>")]
    assert '<span class="state bad">✕ 终止</span>' in details
    assert "自 2024-12-01 起" in details
    assert "为什么？" in details
    assert "专利权终止&lt;b&gt;" in details
    assert "来源数据中的法律事件（置信度高）" in details
    assert "CN110330865A" in details
    assert "CN110330865B" in details
    assert "不是官方结论" in details
    assert "来源数据，见 CN110330865A" in page(caller, "CN110330865B")


def test_the_family_lists_its_members_and_marks_the_page_itself(caller: TestClient) -> None:
    shown = page(caller, "CN110330865B")
    section = shown[shown.index('<section id="family">') : shown.index('<section id="citations">')]
    assert "已收录 2 件" in section
    assert '<b class="number">CN110330865B</b>' in section
    assert '<a class="number" href="/patents/CN110330865A">' in section
    assert "同族号相同" in section


def test_a_cited_document_is_a_link_where_it_is_held(caller: TestClient) -> None:
    shown = page(caller, "CN110330865B")
    assert "共 2 件，已收录 1 件" in shown
    assert '<a href="/patents/CN100000001A">CN100000001A</a>' in shown
    assert 'EP9A1 <span class="quiet">未收录</span>' in shown


def test_what_cites_it_is_counted_exactly_listed_in_part_and_opened_whole(caller: TestClient) -> None:
    shown = page(caller, "CN110330865B", "en")
    section = shown[shown.index('<section id="citing">') :]
    assert f"{SHOWN + 10} held" in section
    assert section.count("/patents/US2021") == SHOWN
    [address] = re.findall(r'href="(/search\?q=cites[^"]*)"', section)
    assert caller.get("/api/v1" + address).json()["total"] == SHOWN + 10


def test_every_part_is_reached_from_the_list_at_the_top(caller: TestClient) -> None:
    shown = page(caller, "CN110330865B")
    jump = shown[shown.index('<ul class="jump">') : shown.index('<table class="inid"')]
    for place in re.findall(r'href="#([^"]+)"', jump):
        assert f'id="{place}"' in shown, place
    assert {"family", "citations", "citing"} <= set(re.findall(r'href="#([^"]+)"', jump))


def test_a_document_alone_says_so(caller: TestClient) -> None:
    shown = page(caller, "CN100000001A", "en")
    assert "no family, priority or application to compare by" in shown
    assert "1 held" in shown


def test_results_are_collapsed_by_family_by_a_tick_that_keeps_the_question(caller: TestClient) -> None:
    every = caller.get("/search?q=tiller&lang=en").text
    [tick] = re.findall(r'href="\?([^"]*collapse=family)"', every)
    shown = caller.get("/search?" + tick.replace("&amp;", "&")).text
    assert "☑ one a family" in shown
    assert re.search(r"63</span> documents · <span class=\"number\">3</span> families", shown)
    assert shown.count("<h3") == 3
    assert "page 1 of 1" in shown.lower()


def test_results_are_collapsed_by_application_instead(caller: TestClient) -> None:
    by_family = caller.get("/search?q=tiller&lang=en&collapse=family").text
    [tick] = re.findall(r'href="\?([^"]*collapse=application)"', by_family)
    shown = caller.get("/search?" + tick.replace("&amp;", "&")).text
    assert "☑ one an application" in shown
    assert "☐ one a family" in shown
    applications = re.search(r'63</span> documents · <span class="number">(\d+)</span> applications', shown)
    assert applications
    assert shown.count("<h3") == min(int(applications[1]), 10)
    assert "families" not in shown.split("</h1>")[0]
