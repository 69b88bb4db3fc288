"""A report as a person makes one in a real browser, without script: chosen, made, read as a page, taken away."""

import re
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.unit.reports import pdf_text
from tests.web.conftest import Tab, sign_in

pytestmark = pytest.mark.browser

SAID = {
    "zh-CN": {
        "link": "报告",
        "kind": "国内外最新动态",
        "official": "公文版式",
        "names": "同一申请人的不同名称合并计数",
        "more": "更多选项",
        "floor": "字数不少于",
        "make": "编制",
        "short": "还差",
        "docx": "下载 DOCX",
        "pdf": "下载 PDF",
        "contents": "目录",
        "method": "数据与方法",
        "whole": "有电池的文献",
    },
    "en-GB": {
        "link": "Report",
        "kind": "Latest developments at home and abroad",
        "official": "as official papers",
        "names": "Count an applicant's names as one",
        "more": "More",
        "floor": "Characters at least",
        "make": "Make",
        "short": "are missing",
        "docx": "DOCX",
        "pdf": "PDF",
        "contents": "Contents",
        "method": "Data and method",
        "whole": "documents on batteries",
    },
}


def _choose(page: Page, said: dict[str, str], title: str) -> None:
    """From the results to the report's form, which is filled in."""
    page.goto("/search?q=锂电池")
    page.get_by_role("link", name=said["link"], exact=True).click()
    page.get_by_role("radio", name=re.compile(said["kind"])).check()
    page.get_by_role("radio", name=re.compile(said["official"])).check()
    page.get_by_role("checkbox", name=said["names"]).check()
    page.locator("#title").fill(title)
    page.get_by_text(said["more"], exact=True).click()
    page.get_by_label(said["floor"]).fill("100000")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_report_is_chosen_made_read_and_taken_away(tab: Tab, tmp_path: Path, locale: str) -> None:
    said, page = SAID[locale], tab(locale=locale)
    sign_in(page)
    _choose(page, said, said["whole"])
    page.get_by_role("button", name=said["make"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said["whole"])
    expect(page.locator(".underway")).to_be_hidden()
    expect(page.get_by_text(said["short"])).to_be_visible()
    page.locator(".contents").get_by_role("link", name=re.compile(said["method"])).click()
    expect(page.get_by_role("heading", name=re.compile(said["method"]))).to_be_in_viewport()
    for kind, name in ((said["docx"], "docx"), (said["pdf"], "pdf")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=kind, exact=True).click()
        taken.value.save_as(tmp_path / f"report.{name}")
        assert taken.value.suggested_filename.endswith(f".{name}")
    words = [p.text for p in Document(BytesIO((tmp_path / "report.docx").read_bytes())).paragraphs]
    assert words[0] == said["whole"]
    assert re.sub(r"\s", "", said["whole"]) in re.sub(r"\s", "", pdf_text.pages((tmp_path / "report.pdf").read_bytes())[0])
    number = page.locator(".report td a").first
    count = number.inner_text()
    number.click()
    page.wait_for_url("**/search?*")
    assert count in [each.strip() for each in page.locator(".count .number").all_inner_texts()]


def test_the_form_is_kept_where_something_is_missing(tab: Tab) -> None:
    page = tab()
    sign_in(page)
    page.goto("/reports?q=锂电池")
    page.get_by_role("radio", name=re.compile("挖掘与布局")).check()
    page.locator("#title").fill("我的报告")
    page.get_by_role("button", name="编制", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("本企业的全称")
    expect(page.locator("#title")).to_have_value("我的报告")
    expect(page.get_by_role("radio", name=re.compile("挖掘与布局"))).to_be_checked()


def test_what_is_under_way_is_said_before_it_is_done(tab: Tab) -> None:
    """The page's first piece says so, and the report comes after it."""
    page = tab()
    sign_in(page)
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    site = urlsplit(page.url)
    connection = HTTPConnection(site.hostname or "", site.port, timeout=60)
    connection.request(
        "GET", f"/reports?q={quote('锂电池')}&kind=layout&keys=0", headers={"Cookie": cookies, "Accept-Language": "zh"}
    )
    answer = connection.getresponse()
    assert answer.status == 200
    first = answer.read1().decode()
    rest = answer.read().decode()
    connection.close()
    assert "正在编制报告" in first
    assert "<article" not in first
    assert "<article" in rest


@pytest.mark.parametrize("width", [390, 1100])
def test_a_report_fits_the_screen(tab: Tab, width: int) -> None:
    page = tab(width=width, script=True)
    sign_in(page)
    for path in ("/reports?q=锂电池", "/reports?q=锂电池&kind=layout&keys=2&floor=100000"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
