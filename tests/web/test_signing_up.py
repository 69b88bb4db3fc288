"""Signing up through an agency's link by the pages alone, with the message that the service sends."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from auth.ledger import service as ledger
from auth.ledger.model import Value
from auth.registration.store import registrations
from tests.service import CODE, LINK, Running, running

SENT = {"name": "李雷", "role": "rd", "enterprise": "enterprise-a", "terms": "true"}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Running]:
    """Its messages leave when the test looks for them."""
    with running(tmp_path) as started:
        started.services.mail.close()
        yield started


def message(service: Running) -> str:
    """The text of the one message that left."""
    service.services.registration.postman.deliver()
    [file] = Path(service.settings.data / "outbox").glob("*.json")
    return str(json.loads(file.read_text("utf-8"))["text"])


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def credited(service: Running) -> list[tuple[str | None, Value | None]]:
    """Link and way of each verified registration in the log of agency-a."""
    with service.services.database.read() as connection:
        facts = ledger.leaves(connection, "agency-a")
    return [(fact.link, fact.attributes["how"]) for fact in facts if fact.kind == "account:contact_verified"]


def confirm(service: Running, client: TestClient) -> None:
    """By the digits of the message, on the page that the form leads to."""
    digits = re.search(r"\b\d{6}\b", message(service))
    assert digits is not None
    page = client.get("/verify").text
    confirmed = client.post("/verify", data=hidden(page) | {"digits": digits[0]})
    assert confirmed.status_code == 303, confirmed.text


def test_somebody_signs_up_by_link_confirms_by_button_and_is_credited_once(service: Running) -> None:
    """T29."""
    phone = service.client()
    form = phone.get(f"/r/{CODE}").text
    assert "单位 agency-a" in form
    typed = hidden(form) | SENT | {"contact": "li@gzjg.cn", "enterprise": "", "enterprise_name": "精工（a）"}
    asked = phone.post("/register", data=typed)
    assert "贵州精工（a）机械有限公司" in asked.text
    assert 'value="li@gzjg.cn"' in asked.text
    sent = phone.post("/register", data=typed | {"enterprise": "enterprise-a"})
    assert sent.status_code == 303, sent.text
    link = re.search(r"/verify\?token=\S+", message(service))
    assert link is not None
    for _ in range(5):
        assert phone.get(link[0]).status_code == 200
        phone.head(link[0])
    assert credited(service) == [], "fetching the link confirms nothing"
    token = link[0].partition("=")[2]
    confirmed = [phone.post("/verify", data={"token": token}).status_code for _ in range(2)]
    assert confirmed == [303, 401]
    assert credited(service) == [(LINK, "touch")]
    assert phone.get("/search?q=电池", headers={"accept": "text/html"}).status_code == 200
    [shown] = service.as_("agency").get("/api/v1/registrations").json()["items"]
    assert shown["activated_at"] is not None


def test_the_hidden_field_credits_where_the_cookies_of_the_click_are_lost(service: Running) -> None:
    """T25: an in-app browser opens the link, another browser sends the form."""
    form, other = service.client().get(f"/r/{CODE}").text, service.client()
    assert other.post("/register", data=hidden(form) | SENT | {"contact": "li@gzjg.cn"}).status_code == 303
    confirm(service, other)
    assert credited(service) == [(LINK, "touch")]


def test_the_code_typed_by_hand_credits_where_nothing_else_is_left(service: Running) -> None:
    """T25: of the printed sheet only the code was kept."""
    client = service.client()
    form = hidden(client.get("/register").text)
    assert form["ref"] == ""
    assert client.post("/register", data=form | SENT | {"contact": "li@gzjg.cn", "code": CODE.lower()}).status_code == 303
    confirm(service, client)
    assert credited(service) == [(LINK, "declared")]


def test_a_sign_up_without_link_or_code_is_nobodys(service: Running) -> None:
    client = service.client()
    form = hidden(client.get("/register").text)
    assert client.post("/register", data=form | SENT | {"contact": "li@gzjg.cn"}).status_code == 303
    confirm(service, client)
    assert credited(service) == []


def test_who_invited_is_told_by_the_touch_the_hidden_field_and_the_typed_code(service: Running) -> None:
    """As the credit goes; also on a form that comes back, and on one opened later by its own address."""
    phone = service.client()
    form = hidden(phone.get(f"/r/{CODE}").text)
    assert "单位 agency-a" in phone.get("/register").text
    nowhere = {"contact": "no contact", "terms": "true"}
    for client, sent in ((phone, nowhere), (service.client(), form | nowhere), (service.client(), nowhere | {"code": CODE})):
        refused = client.post("/register", data=sent)
        assert refused.status_code == 422
        assert "单位 agency-a" in refused.text
    for sent in (nowhere, nowhere | {"code": "KMSHX20TS3"}, nowhere | {"ref": form["ref"] + "0"}):
        assert "单位 agency-a" not in service.client().post("/register", data=sent).text


def test_an_enterprise_typed_after_choosing_another_is_asked_for(service: Running) -> None:
    client = service.client()
    form = hidden(client.get("/register").text) | SENT | {"contact": "li@gzjg.cn", "enterprise": "enterprise-a"}
    asked = client.post("/register", data=form | {"enterprise_name": "精工（b）"})
    assert (asked.status_code, "请选择您的企业" in asked.text) == (200, True)
    taken = client.post("/register", data=form | {"enterprise_name": "贵州精工（b）机械有限公司"})
    assert taken.status_code == 303
    confirm(service, client)
    with service.services.database.read() as connection:
        [held] = connection.execute(select(registrations.c.enterprise)).scalars()
    assert held == "enterprise-b"


def test_whom_staff_entered_gives_his_consents_also_with_the_digits(service: Running) -> None:
    """The message did not reach him; the code he asks for shows that he has the contact, and then he is asked."""
    staff, client = service.as_("agency"), service.client()
    assert staff.post("/api/v1/registrations", json={"contact": "li@gzjg.cn", "name": "李雷"}).status_code == 202
    message(service)
    for path in Path(service.settings.data / "outbox").glob("*.json"):
        path.unlink()
    assert client.post("/login/code", data={"contact": "li@gzjg.cn"}).status_code == 303
    page = client.get("/verify").text
    assert "用户协议" not in page, "nobody learns from the page that somebody was entered"
    digits = re.search(r"\b\d{6}\b", message(service))
    assert digits is not None
    sent = hidden(page) | {"digits": digits[0]}
    asked = client.post("/verify", data=sent)
    assert (asked.status_code, "用户协议" in asked.text, digits[0] in asked.text) == (422, True, True)
    assert client.post("/verify", data=hidden(asked.text) | sent | {"terms": "true"}).status_code == 303
    assert credited(service) == [(None, "declared")]


@pytest.mark.parametrize(
    ("lacking", "leads"),
    [
        ({}, "/"),
        ({"role": ""}, "/me"),
        ({"enterprise": "", "enterprise_name": ""}, "/me"),
        ({"enterprise": "other", "enterprise_name": "没有这家公司有限公司"}, "/me"),
    ],
)
def test_who_has_not_said_where_he_works_is_asked_once_he_is_in(lacking: dict[str, str], leads: str, service: Running) -> None:
    client = service.client()
    form = hidden(client.get("/register").text) | SENT | {"contact": "139 0013 8001"} | lacking
    assert client.post("/register", data=form).status_code == 303
    page = client.get("/verify").text
    assert "+86139****8001" in page
    digits = re.search(r"(?<!\d)\d{6}(?!\d)", message(service))
    assert digits is not None
    confirmed = client.post("/verify", data=hidden(page) | {"digits": " ".join(digits[0])})
    assert confirmed.headers["location"] == leads
    assert ("填写后，您的注册才能计入" in client.get("/me").text) == (leads == "/me")
