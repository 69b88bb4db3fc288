"""The pages in a real browser, as a person uses them; without script unless the test says otherwise."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Tab, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def page(tab: Tab) -> Page:
    """A Chinese reader's tab, signed in."""
    opened = tab()
    sign_in(opened)
    return opened


def search(page: Page, query: str) -> None:
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("search").get_by_role("button").click()
    page.wait_for_url("**/search?q=*")


def total(page: Page) -> int:
    return int(page.locator(".count .number").first.inner_text().replace("\u2009", ""))


def test_a_researcher_signs_in_searches_narrows_and_reads(page: Page) -> None:
    search(page, "锂电池")
    assert total(page) == 37
    expect(page.locator(".hits mark").first).to_have_text("锂电池")
    page.get_by_role("link", name=re.compile("美国")).click()
    assert total(page) == 13
    page.get_by_role("link", name=re.compile("取消筛选")).click()
    assert total(page) == 37
    page.get_by_role("link", name="最早公开").click()
    dates = page.locator(".hits .meta").all_inner_texts()
    assert "2011-" in dates[0]
    page.get_by_role("link", name=re.compile("下一页")).click()
    expect(page.locator(".hits > li").first).to_be_visible()
    page.locator(".hits h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("锂电池的充电方法")
    expect(page.locator(".inid")).to_contain_text("公开（公告）号")
    expect(page.locator("#claims")).to_contain_text("先恒流充电")


def test_an_english_reader_has_every_word_in_english(tab: Tab) -> None:
    page = tab(locale="en-GB")
    sign_in(page)
    search(page, "charge")
    assert total(page) == 37
    expect(page.locator(".hits mark").first).to_have_text("charging")
    for path in ("/", "/search?q=tiller", "/search?q=a AND nosuchword", "/search?q=(a", "/docs", "/login"):
        page.goto(path)
        frame = page.locator("header, .facets h2, .bar, h2, footer, label").all_inner_texts()
        assert not re.search("[\u4e00-\u9fff]", " ".join(frame).replace("中文", ""))


def test_the_language_is_changed_by_a_link_and_stays(page: Page) -> None:
    search(page, "tiller")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".count")).to_contain_text("documents")
    page.goto("/patents/CN110330865B")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rotary tiller")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("一种旋耕机")


def test_a_wrong_password_is_said_beside_the_form_and_focus_is_on_it(tab: Tab) -> None:
    page = tab()
    page.goto("/login")
    page.locator("#username").fill("nobody@example.com")
    page.locator("#password").fill("wrong")
    page.locator(".form button").click()
    expect(page.get_by_role("alert")).to_contain_text("手机号或密码不正确")
    expect(page.locator("#username")).to_have_value("nobody@example.com")
    expect(page.locator("#password")).to_be_focused()


def test_signing_out(page: Page) -> None:
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("status")).to_have_text("您已退出。")
    page.goto("/search?q=a")
    expect(page).to_have_url(re.compile(r"/login\?next="))


def test_zero_hits_show_the_clause_that_kills_the_query(page: Page) -> None:
    search(page, "锂电池 AND nosuchword")
    rows = page.locator(".why tr").all_inner_texts()
    assert [re.split(r"\s+", row.strip()) for row in rows] == [["锂电池", "37"], ["nosuchword", "✕", "0"]]


def test_harmful_texts_run_nothing_even_where_scripts_may_run(tab: Tab) -> None:
    page = tab(script=True)
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    sign_in(page)
    search(page, "陷阱")
    expect(page.locator(".hits mark").first).to_have_text("陷阱")
    page.goto("/patents/CN113999999A")
    page.goto('/search?q="<img src=x onerror=alert(1)>')
    assert page.locator("img").count() == 0
    assert alerts == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/login",
        "/search?q=锂电池",
        "/search?q=kind:B/TI&dialect=native",
        "/patents/CN110330865B",
        "/help",
        "/docs",
        "/docs?room=collections",
        "/docs?room=analysis",
        "/search?q=(a",
        "/nothing",
    ],
)
def test_a_phone_shows_every_page_without_scrolling_sideways(tab: Tab, path: str) -> None:
    page = tab(width=360, script=True)
    sign_in(page)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_facets_are_folded_on_a_phone_and_open_without_script(tab: Tab) -> None:
    page = tab(width=390)
    sign_in(page)
    search(page, "锂电池")
    expect(page.locator(".facets")).to_be_hidden()
    page.locator(".fold-label").click()
    expect(page.locator(".facets")).to_be_visible()


def test_paper_has_the_hits_and_no_navigation(page: Page) -> None:
    search(page, "锂电池")
    page.emulate_media(media="print")
    expect(page.locator(".hits > li").first).to_be_visible()
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator(".facets")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["/", "/login", "/search?q=锂电池", "/search?q=a AND nosuchword", "/patents/CN110330865B", "/docs", "/analysis/trend?q=锂电池"],
)
def test_every_text_has_a_contrast_of_four_and_a_half(tab: Tab, path: str, dark: bool) -> None:
    page = tab(script=True, dark=dark)
    sign_in(page)
    page.goto(path)
    assert page.evaluate(_FAINT) == []


_FAINT = """() => {
  const light = c => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 };
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const colour = parts(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), node = walker.currentNode.parentElement;
    if (!text || !node.offsetParent) continue;
    const [a, b] = [luminance(parts(getComputedStyle(node).color)), luminance(behind(node))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(text.slice(0, 40));
  }
  return faint;
}"""
"""The texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3)."""
