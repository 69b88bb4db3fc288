"""The pages of analysis in a real browser: a mark that is clicked, a phone, a screen reader, paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Tab, sign_in

pytestmark = pytest.mark.browser


def test_a_reader_opens_a_chart_and_clicks_on_a_mark(tab: Tab) -> None:
    page = tab()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    sign_in(page)
    page.goto("/search?q=锂电池")
    with page.expect_response("**/trend/chart.svg?*") as drawn:
        page.get_by_role("link", name="分析", exact=True).click()
    assert drawn.value.ok
    picture = page.locator(".cards img").first
    expect(picture).to_have_js_property("complete", True, timeout=30_000)
    assert picture.evaluate("image => image.naturalWidth") > 0
    page.get_by_role("link", name="申请人与发明人").click()
    mark = page.locator(".chart.large a").first
    count = int((mark.locator("title").text_content() or "").rpartition("：")[2])
    mark.click()
    page.wait_for_url("**/search?*")
    expect(page.locator(".count .number").first).to_be_visible()
    assert str(count) in [number.strip() for number in page.locator(".count .number").all_inner_texts()]
    assert refused == []  # the policy let everything be as it is


@pytest.mark.parametrize("path", ["/analysis?q=锂电池", "/analysis/parties?q=锂电池", "/analysis/matrix?q=电池"])
def test_a_phone_shows_the_small_chart_and_scrolls_tables_inside_themselves(tab: Tab, path: str) -> None:
    page = tab(width=360, script=True)
    sign_in(page)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if "/analysis/" in path:
        expect(page.locator(".chart.small svg")).to_be_visible()
        expect(page.locator(".chart.large svg")).to_be_hidden()


def test_a_screen_reader_finds_names_for_everything(tab: Tab) -> None:
    page = tab(script=True)
    sign_in(page)
    page.goto("/analysis/parties?q=锂电池")
    chart = page.locator(".chart.large svg")
    assert chart.get_attribute("role") == "group"
    expect(chart).to_have_accessible_name("申请人与发明人：申请人")
    expect(chart).to_have_accessible_description(re.compile("^单位：申请，共 "))
    expect(page.locator(".chart.large a").first).to_have_accessible_name(re.compile("^深圳锂源电池有限公司：[0-9]+$"))
    assert page.evaluate(_UNNAMED) == []


_UNNAMED = """() => {
  const found = [];
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!field.labels.length && !field.getAttribute("aria-label")) found.push(field.name);
  for (const link of document.querySelectorAll("a"))
    if (!link.textContent.trim() && !link.getAttribute("aria-hidden")) found.push(link.outerHTML.slice(0, 80));
  const ids = [...document.querySelectorAll("[id]")].map(node => node.id);
  for (const id of new Set(ids)) if (ids.filter(each => each === id).length > 1) found.push(id);
  for (const node of document.querySelectorAll("[aria-labelledby], [aria-describedby]"))
    for (const name of ["aria-labelledby", "aria-describedby"])
      for (const id of (node.getAttribute(name) || "").split(" ").filter(Boolean))
        if (!document.getElementById(id)) found.push(id);
  for (const table of document.querySelectorAll("table"))
    if (!table.caption || table.querySelectorAll("thead th:not([scope])").length) found.push("table");
  return found;
}"""
"""Fields without a label, links without words, ids twice or nowhere, tables without a caption."""


def test_a_page_of_analysis_prints_its_large_chart(tab: Tab) -> None:
    page = tab(width=390)
    sign_in(page)
    page.goto("/analysis/trend?q=锂电池")
    page.emulate_media(media="print")
    expect(page.locator(".chart.large svg")).to_be_visible()
    expect(page.locator(".chart.small svg")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
