"""The pages of analysis: what each says, where its counts lead, and that nothing of a document becomes a part of them."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from search.analysis.charts import night
from search.web import static
from tests.service import Running, running

NAMES = ("trend", "parties", "classes", "regions", "legal", "matrix", "citations", "lifecycle")
OTHERS = ("network", "competitors", "hot", "density", "custom", "grants")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("service")) as made:
        yield made


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


def shown(caller: TestClient, path: str, *, status: int = 200, lang: str = "zh") -> str:
    answer = caller.get(f"{path}{'&' if '?' in path else '?'}lang={lang}", headers={"accept": "text/html"})
    assert answer.status_code == status, answer.text
    return answer.text


def links(text: str, beginning: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'(?:href|src)="([^"]*)"', text) if link.startswith(beginning)]


def test_eight_small_charts_open_into_one_each(caller: TestClient) -> None:
    page = shown(caller, "/analysis?q=锂电池")
    assert len(page.encode()) < 100_000
    cards = page[page.index('<ul class="cards">') :]
    opened = links(cards, "/analysis/")
    assert [urlsplit(link).path for link in dict.fromkeys(opened)] == [f"/analysis/{name}" for name in NAMES]
    pictures = links(cards, "/api/v1/analysis/")
    assert len(pictures) == len(NAMES) - 2  # nothing is cited, and no status was reckoned
    for picture in pictures:
        answer = caller.get(picture)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "image/svg+xml"
        assert answer.text.startswith("<svg ")


def test_a_table_without_rows_says_why_instead_of_a_chart(caller: TestClient) -> None:
    page = shown(caller, "/analysis?q=锂电池", lang="en")
    assert "None of the documents has a value of “cited document”" in page
    none = shown(caller, "/analysis?q=锂电池 AND nosuchword")
    assert "各部分：锂电池 单独有 37 件；nosuchword 单独有 0 件" in none
    assert "<img" not in none
    alone = shown(caller, "/analysis/trend?q=锂电池 AND nosuchword")
    assert "<svg" not in alone
    assert "表是空的" in alone


@pytest.mark.parametrize(("name", "lang"), [*zip((*NAMES, *OTHERS), ("zh", "en") * 7, strict=True)])
def test_every_question_has_a_page(caller: TestClient, name: str, lang: str) -> None:
    page = shown(caller, f"/analysis/{name}?q=锂电池", lang=lang)
    assert page.count("<h1") == 1
    said = " ".join(re.findall(r'<(?:h[123]|dt|li|label|option|th scope="col")[^>]*>([^<]*)', page))
    assert said
    assert lang == "zh" or not re.search("[\u4e00-\u9fff]", said)


@pytest.mark.parametrize(
    ("name", "unit"),
    [("trend", "publication"), ("parties", "application"), ("parties", "family"), ("matrix", "family"), ("network", "application")],
)
def test_every_count_opens_as_many_and_every_mark_is_one_of_the_counts(caller: TestClient, name: str, unit: str) -> None:
    page = shown(caller, f"/analysis/{name}?q=电池 OR 旋耕机&unit={unit}&by=" + ("applicant" if name == "network" else ""))
    start = page.index('<div class="charts">')
    drawn, below = page[start : page.index('<div class="about">')], page[page.index('<div class="about">') :]
    counts = {unescape(link): int(count) for link, count in re.findall(r'<a href="(/search\?[^"]*)">(\d+)</a>', below)}
    marks = set(links(drawn, "/search?"))
    assert marks
    assert marks <= set(counts)
    assert set(links(drawn, "")) == marks
    for link, count in counts.items():
        asked = parse_qs(urlsplit(link).query)
        answer = caller.get(f"/api/v1{link}&size=1").json()
        told = {"publication": "total", "application": "applications", "family": "families"}[unit]
        assert answer[told] == count, asked


def test_two_dimensions_are_a_grid_whose_file_has_all(caller: TestClient) -> None:
    page = shown(caller, "/analysis/matrix?q=锂电池&by=applicant&by=publication_year&unit=publication", lang="en")
    grid = page[page.index('<table class="rows grid">') : page.index("</table>")]
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)', grid)
    assert heads == ["applicant × year of publication", *(str(year) for year in range(2011, 2021))]
    lines = dict(re.findall(r'<th scope="row">([^<]*)</th>(.*)</tr>', grid))
    assert list(lines) == ["深圳锂源电池有限公司", "Volta Cells, Inc."]
    assert [sum(map(int, re.findall(r">(\d+)</a>", cells))) for cells in lines.values()] == [24, 13]
    assert all(cells.count("<td") == 10 for cells in lines.values())


def test_a_page_tells_how_it_was_counted(caller: TestClient) -> None:
    page = re.sub(r"\s+", " ", shown(caller, "/analysis/trend?q=锂电池&filter=country:CN", lang="en"))
    assert "<code>锂电池 AND country:CN</code>" in page
    assert "<dt>Unit</dt><dd>applications</dd>" in page
    assert "<dt>Years by</dt><dd>date of filing</dd>" in page
    assert "“year of filing” is known of 100.0% of the applications" in page
    kinds = {"chart.png": b"\x89PNG", "chart.svg": b"<svg", "table?format=csv": b"\xef\xbb\xbf", "table?format=xlsx": b"PK"}
    for kind, beginning in kinds.items():
        [link] = links(page, f"/api/v1/analysis/trend/{kind}")
        assert caller.get(link).content.startswith(beginning)


def test_a_form_keeps_what_was_asked_and_asks_otherwise(caller: TestClient) -> None:
    page = shown(caller, "/analysis/custom?q=锂电池&filter=country:CN&unit=family&by=applicant&by=region&by=&size=5&names=&first=")
    form = page[page.index('action="/analysis/custom"') :]
    assert '<input type="hidden" name="filter" value="country:CN">' in form
    assert re.findall(r'<option value="(\w*)" selected>', form) == ["family", "applicant", "region", ""]
    assert 'name="size" min="1" max="1000" value="5"' in form


def test_what_is_not_told_how_to_count_is_asked_for(caller: TestClient) -> None:
    for name in ("custom", "grants"):
        page = shown(caller, f"/analysis/{name}?q=锂电池")
        assert "请在下面选择怎么统计" in page
        assert "<svg" not in page
    page = shown(caller, "/analysis/grants?q=*&names=" + "深圳锂源电池有限公司%0A不存在的公司")
    assert "深圳锂源电池有限公司\n不存在的公司</textarea>" in page


def test_a_wrong_question_is_told_on_its_form(caller: TestClient) -> None:
    page = shown(caller, "/analysis/matrix?q=锂电池&by=applicant&by=applicant", status=400)
    assert 'role="alert"' in page
    assert re.findall(r'<option value="(\w*)" selected>', page) == ["application", "applicant", "applicant"]
    shown(caller, "/analysis/trend?q=锂电池&size=99999999", status=400)
    assert "query-error" in shown(caller, "/analysis/trend?q=(a", status=400)
    assert "query-error" in shown(caller, "/analysis?q=(a", status=400)
    shown(caller, "/analysis/nosuch?q=a", status=422)
    assert caller.get("/analysis?q=").headers["location"] == "/"


@pytest.mark.parametrize("names", ["%0A".join(f"公司{number}" for number in range(101)), "长" * 3_000])
@pytest.mark.parametrize("asked", ["competitors?", "grants?", "density?", "branches?each=density&"])
def test_names_that_no_question_takes_are_told(caller: TestClient, asked: str, names: str) -> None:
    page = shown(caller, f"/analysis/{asked}q=*&names={names}", status=422)
    assert "applicant" in page


def test_names_that_mean_harm_are_texts(caller: TestClient) -> None:
    """T50: in the chart, in the table, in the links."""
    page = shown(caller, "/analysis/parties?q=陷阱")
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4
    picture = caller.get("/api/v1/analysis/parties/chart.svg?q=陷阱").text
    assert "<script" not in picture


def test_a_chart_as_a_file_may_do_nothing_but_be_looked_at(caller: TestClient) -> None:
    answer = caller.get("/api/v1/analysis/trend/chart.svg?q=锂电池")
    assert answer.headers["content-security-policy"] == night.POLICY
    assert "script-src" not in night.POLICY
    assert answer.text.count("<style>") == 1
    assert caller.get("/api/v1/analysis/citations/chart.svg?q=锂电池").json()["code"] == "nothing_to_draw"


def test_charts_have_the_colours_of_the_house_by_day_and_by_night() -> None:
    sheet = (Path(static.__file__).parent / "static" / "patentry.css").read_text("utf-8")
    day, dark = (part.split("}")[0] for part in sheet.split("prefers-color-scheme: dark", 1))
    by_day = {value: name for name, value in reversed(re.findall(r"--(\w[\w-]*): (#\w{6})", day))}
    by_night = dict(re.findall(r"--(\w[\w-]*): (#\w{6})", dark))
    for colour, other in night.NIGHT.items():
        assert by_night[by_day[colour]] == other
        assert re.search(rf'\.chart \[(fill|stroke)="{colour}"\] {{ \1: var\(--{by_day[colour]}\); }}', sheet), colour


def test_a_table_stands_without_its_chart(tmp_path: Path) -> None:
    """Where no process draws, the page says so, and a chart alone is a 503."""
    with running(tmp_path) as service:
        service.services.painter.close()
        caller = service.as_("researcher")
        page = shown(caller, "/analysis/trend?q=锂电池")
        assert "图表暂时画不出来" in page
        assert "<svg" not in page
        assert links(page, "/search?q=%E9")
        answer = caller.get("/api/v1/analysis/trend/chart.svg?q=锂电池")
        assert (answer.status_code, answer.json()["code"]) == (503, "chart_unavailable")
        assert answer.headers["retry-after"]


@pytest.mark.parametrize(
    ("asked", "status"), [("box=huge", 422), ("lang=fr", 422), ("unit=claim", 422), ("by=nothing", 422), ("size=100000", 400)]
)
def test_a_chart_that_cannot_be_asked_for_is_told(caller: TestClient, asked: str, status: int) -> None:
    for file in ("chart.svg", "chart.png"):
        assert caller.get(f"/api/v1/analysis/parties/{file}?q=*&{asked}").status_code == status
