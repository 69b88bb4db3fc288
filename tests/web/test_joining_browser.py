"""Signing up in a real browser, 390 px wide: the whole way in both languages, what comes back, what works without script."""

import json
import re
import string
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from auth.clock import now
from auth.mail.model import State
from auth.referral.links import New
from auth.referral.model import Kind
from auth.registration.model import Position
from auth.registration.signals import BURST
from auth.roles import Role
from tests.service import CODE, Running, running
from tests.tenants import an_account
from tests.web.conftest import Tab, served, tabs

pytestmark = pytest.mark.browser

WORDS = {
    "zh-CN": ("邀请单位", "请选择您的企业", "验证码已发出", "验证码或链接不正确"),
    "en-GB": ("Invited by", "Choose your enterprise", "A code is on its way", "The code or link is wrong"),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Its messages leave when the test looks for them."""
    with running(tmp_path_factory.mktemp("joining")) as started:
        started.services.mail.close()
        yield started


@pytest.fixture(scope="module")
def address(service: Running) -> Iterator[str]:
    with served(service.app) as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Tab]:
    with tabs(browser, address) as opened:
        yield opened


def last_digits(service: Running) -> str:
    """Of the message that left last."""
    service.services.registration.postman.deliver()
    files = sorted((service.settings.data / "outbox").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    found = re.search(r"(?<!\d)\d{6}(?!\d)", json.loads(Path(files[-1]).read_text("utf-8"))["text"])
    assert found is not None
    return found[0]


def narrow(page: Page) -> None:
    """Nothing of the page is wider than the telephone."""
    assert page.locator("html").bounding_box()["width"] <= 390  # type: ignore[index]
    wide = page.locator("body *:visible").evaluate_all("all => all.filter(e => e.getBoundingClientRect().right > 390.5).length")
    assert wide == 0


def fill(page: Page, contact: str, enterprise: str = "精工") -> None:
    page.locator("#contact").fill(contact)
    page.locator("#name").fill("李雷")
    page.locator("#role").select_option("rd")
    page.locator("#enterprise_name").fill(enterprise)
    page.locator("[name=terms]").check()


def send(page: Page) -> None:
    page.locator(".form > button").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("locale", WORDS)
def test_the_whole_way_from_a_link_to_the_first_page(phone: Tab, service: Running, locale: str, script: bool) -> None:
    """Wrong contact, several enterprises, a wrong code: each says what is wrong, and who invited stays in sight."""
    invited, choose, sent, wrong = WORDS[locale]
    page = phone(locale=locale, width=390, script=script)
    page.goto(f"/r/{CODE}")
    for contact in ("no contact", f"li-{locale}-{script}@gzjg.cn".lower()):
        expect(page.get_by_role("status").filter(has_text=invited)).to_contain_text("单位 agency-a")
        narrow(page)
        fill(page, contact)
        send(page)
        if page.locator("fieldset.found").count():
            expect(page.locator("fieldset.found legend")).to_have_text(choose)
            narrow(page)
            page.locator("input[value=enterprise-a]").check()
            send(page)
        if contact == "no contact":
            expect(page.locator("#contact-wrong")).to_be_visible()
            expect(page.locator("#contact")).to_be_focused()
    expect(page.locator("main")).to_contain_text(sent)
    expect(page.locator("main strong")).to_have_text("l***@gzjg.cn")
    narrow(page)
    page.locator("#digits").fill("12345")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text(wrong)
    expect(page.locator("#digits")).to_be_focused()
    page.locator("#digits").fill(last_digits(service))
    send(page)
    expect(page.locator("#content .home")).to_be_visible()
    page.goto("/me")
    narrow(page)
    expect(page.locator("#enterprise_name")).to_have_value("贵州精工（a）机械有限公司")
    expect(page.locator("#role")).to_have_value(Position.RD.value)


def test_a_half_filled_form_comes_back_and_can_be_cleared(phone: Tab) -> None:
    page = phone(width=390, script=True)
    page.goto(f"/r/{CODE}")
    expect(page.locator("#restored")).to_be_hidden()
    fill(page, "li@gzjg.cn")
    page.locator("summary").click()
    page.locator("#password").fill("seven copper lanterns")
    page.goto("/privacy")
    page.goto(f"/r/{CODE}")
    expect(page.locator("#restored")).to_be_visible()
    kept = [page.locator(f"#{name}").input_value() for name in ("contact", "name", "role", "enterprise_name", "password")]
    assert kept == ["li@gzjg.cn", "李雷", "rd", "精工", ""]
    expect(page.locator("[name=terms]")).not_to_be_checked()
    page.locator("#restored button").click()
    expect(page.locator("#contact")).to_have_value("")
    expect(page.locator("#contact")).to_be_focused()
    page.reload()
    expect(page.locator("#contact")).to_have_value("")


def test_the_form_is_there_until_the_code_is_confirmed_and_not_for_the_next_person(phone: Tab, service: Running) -> None:
    page = phone(width=390, script=True)
    page.goto("/register")
    fill(page, "slip@gzjg.cn", "")
    send(page)
    page.get_by_role("link", name="填错了").click()
    expect(page.locator("#contact")).to_have_value("slip@gzjg.cn")
    page.get_by_role("link", name="去输入验证码").click()
    page.locator("#digits").fill(last_digits(service))
    send(page)
    page.get_by_role("button", name="退出").click()
    page.goto("/register")
    expect(page.locator("#contact")).to_have_value("")
    expect(page.locator("#restored")).to_be_hidden()


def test_a_crowds_browser_works_for_its_message_and_without_script_it_waits(browser: Browser, tmp_path: Path) -> None:
    """The sum is done without crypto.subtle, which plain http has not, and nothing but our own script runs."""
    with running(tmp_path) as service, served(service.app) as address, tabs(browser, address) as phone:
        service.services.mail.close()
        for letter in string.ascii_lowercase[:BURST]:
            body = {"contact": f"crowd{letter}@x.cn", "consents": {"terms": True}}
            assert httpx2.post(f"{address}/api/v1/auth/register", json=body).status_code == 202
        plain, working = phone(width=390), phone(width=390, script=True)
        refused: list[str] = []
        working.on("pageerror", lambda error: refused.append(str(error)))
        for page, contact in ((plain, "plain@gzjg.cn"), (working, "working@gzjg.cn")):
            page.goto("/register")
            fill(page, contact, "")
            send(page)
        expect(plain.locator("#waiting")).to_contain_text("约 1 分钟后发出")
        narrow(plain)
        expect(working.locator("#waiting")).to_contain_text("验证码已发出", timeout=60_000)
        expect(working.locator("#proof")).to_have_text("")
        narrow(working)
        service.services.registration.postman.deliver()
        newest = {held.recipient: held.state for held in service.services.registration.postman.queue(limit=2)}
        assert newest == {"p***@gzjg.cn": State.QUEUED, "w***@gzjg.cn": State.SENT}
        working.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.harm = 1'}))")
        assert working.evaluate("window.harm") is None
        working.reload()
        expect(working.locator("main")).to_contain_text("验证码已发出")
        expect(working.locator("#waiting")).to_have_count(0)
        assert refused == []


def test_the_proof_needs_nothing_that_plain_http_has_not(service: Running) -> None:
    script = service.client().get("/static/proof.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "crypto" not in re.sub("//.*", "", script.text)


def test_in_an_events_hours_nobody_waits_and_no_browser_works(browser: Browser, tmp_path: Path) -> None:
    """T20 by the pages: three times as many as make a crowd."""
    with running(tmp_path) as service, served(service.app) as address, tabs(browser, address) as phone:
        held, at = service.services, now()
        hours = New(Kind.EVENT, first=at - timedelta(hours=1), last=at + timedelta(hours=1))
        with held.database.write() as connection:
            event = held.links.add(connection, an_account(connection, "staff", Role.AGENCY, "agency-a"), hours)
        for number in range(3 * BURST):
            body = {"contact": f"139{number * 7919 % 10**8:08}", "consents": {"terms": True}, "code": event.code}
            answer = httpx2.post(f"{address}/api/v1/auth/register", json=body).json()
            assert (answer["wait_s"], answer["challenge"]) == (0, None)
        page = phone(width=390, script=True)
        page.goto(f"/r/{event.code}")
        fill(page, "13900001111", "")
        send(page)
        expect(page.locator("main")).to_contain_text("验证码已发出")
        expect(page.locator("#waiting")).to_have_count(0)
