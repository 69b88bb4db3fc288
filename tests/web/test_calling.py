"""The pages of call-backs, as people walk through them: a bureau commits, draws, prints and closes; the person drawn answers."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from auth.clock import day, now
from auth.credentials.passwords import Passwords
from auth.organisations.model import Mark
from auth.organisations.service import NewMark
from auth.projects.model import Contract
from auth.roles import Role
from auth.targets.rules import shipped
from auth.users.service import Users
from tests.service import CODE, PASSWORD, PEOPLE, Running, running
from tests.tenants import a_caller, a_credit_code

SHA, NONCE = "ab" * 32, bytes(range(32))
COMMITMENT = hashlib.sha256(NONCE).hexdigest()


@dataclass
class House:
    """The service with a project, and somebody who counts."""

    service: Running
    project: str
    bureau: TestClient

    def post(self, path: str, **form: str) -> str:
        """The page that a form of the bureau's leads to."""
        token = re.findall(r'name="csrf_token" value="([^"]+)"', self.bureau.get("/me").text)[0]
        answer = self.bureau.post(path, data={"csrf_token": token, **form}, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return answer.text

    def message(self) -> str:
        """The newest message that left."""
        self.service.services.registration.postman.deliver()
        files = sorted((self.service.settings.data / "outbox").glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
        return str(json.loads(files[-1].read_text(encoding="utf-8"))["text"])

    def sign_up(self, contact: str, *, may_call: bool) -> None:
        client = self.service.client()
        person = {"name": f"李 {contact}", "role": "rd", "enterprise_name": "精工", "credit_code": a_credit_code(1), "code": CODE}
        consents = {"terms": True, "may_call": may_call}
        accepted = client.post("/api/v1/auth/register", json={"contact": contact, "consents": consents, **person}).json()
        digits = re.findall(r"(?<!\d)\d{6}(?!\d)", self.message())[0]
        tokens = client.post("/api/v1/auth/verify", json={"ref": accepted["ref"], "code": digits}).json()
        client.get("/api/v1/search?q=电池", headers={"Authorization": f"Bearer {tokens['access_token']}"})


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with running(tmp_path, []) as service:
        service.services.mail.close()  # messages leave when the test looks for them
        services, officer = service.services, a_caller(Role.BUREAU, "city-a")
        root, first = a_caller(Role.ADMINISTRATOR), day(now())
        services.organisations.mark(root, "enterprise-a", NewMark(Mark.SIZE_CLASS, "small", SHA, first))
        contract = Contract("agency-a", first, first + timedelta(days=364), "52", SHA)
        project = services.projects.add(officer, "推送服务", contract, bureau=None).id
        services.targets.adopt(officer, project, data=shipped()["guizhou-2019"], direction=None)
        bureau = service.client()
        form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', bureau.get("/login").text))
        bureau.post("/login", data={**form, "username": PEOPLE["bureau"], "password": PASSWORD})
        yield House(service, project, bureau)


def test_a_bureau_draws_and_a_person_answers(house: House) -> None:
    house.sign_up("li@a.cn", may_call=False)
    path = f"/bureau/projects/{house.project}/samples"
    assert "抽样回访" in house.bureau.get(path, headers={"accept-language": "zh"}).text
    drawing = house.post(path, commitment=COMMITMENT.upper())
    sample = re.findall(r'action="([^"]+)/draw"', drawing)[0]
    asking = house.post(f"{sample}/draw", nonce=NONCE.hex(), people="1")
    assert "li@a.cn" not in asking
    code = re.findall(r"code=(\w+)", house.message())[0]
    stranger = house.service.client()
    opened = stranger.get(f"/answer?code={code}", headers={"accept-language": "zh"}).text
    assert "精工" in opened
    stranger.head(f"/answer?code={code}")
    assert house.service.services.oversight.answers.asked(code)  # opening the page has answered nothing
    assert stranger.post("/answer", data={"code": code, "said": "yes"}).status_code == 200
    assert stranger.post("/answer", data={"code": code, "said": "no"}).status_code == 409
    closed = house.post(f"{sample}/close")
    assert "100.0%" in closed
    assert NONCE.hex() in closed


def test_the_sheet_names_those_alone_who_may_be_called(house: House) -> None:
    house.sign_up("li@a.cn", may_call=True)
    house.sign_up("wang@b.cn", may_call=False)
    drawing = house.post(f"/bureau/projects/{house.project}/samples", commitment=COMMITMENT)
    sample = re.findall(r'action="([^"]+)/draw"', drawing)[0]
    wrong = house.bureau.post(f"{sample}/draw", data={"nonce": SHA, "people": "1"})
    assert wrong.status_code == 403  # without the page's token nothing is drawn
    house.post(f"{sample}/draw", nonce=NONCE.hex(), people="2")
    sheet = house.bureau.get(f"{sample}/sheet").text
    assert "li@a.cn" in sheet
    assert "wang@b.cn" not in sheet
    place = re.findall(rf'action="{sample}/calls/(\d)"', house.bureau.get(sample).text)
    assert len(place) == 1
    noted = house.post(f"{sample}/calls/{place[0]}", said="no", not_used="true")
    assert "0.0%" in noted
    assert "li@a.cn" not in house.post(f"{sample}/close")


def test_a_wrong_code_is_told_and_asked_for_again(house: House) -> None:
    stranger = house.service.client()
    assert 'name="code"' in stranger.get("/answer").text
    told = stranger.get("/answer?code=0000-0000", headers={"accept-language": "en"})
    assert told.status_code == 404
    assert "not right" in told.text
    assert (
        stranger.post("/answer", data={"code": "0", "said": "yes"}, headers={"origin": "https://elsewhere.cn"}).status_code == 403
    )


def test_an_evaluator_finds_the_project_and_nobodys_name(house: House) -> None:
    house.sign_up("li@a.cn", may_call=True)
    services = house.service.services
    evaluator = Users(services.database, Passwords()).add("judge@example.com", PASSWORD, role=Role.EVALUATOR)
    services.projects.appoint(a_caller(Role.BUREAU, "city-a"), house.project, evaluator.id, until=day(now()))
    client = house.service.client()
    signed = client.post("/api/v1/auth/login", data={"username": "judge@example.com", "password": PASSWORD})
    client.headers["Authorization"] = f"Bearer {signed.json()['access_token']}"
    desk = client.get("/bureau").text
    assert f"/bureau/projects/{house.project}" in desk
    assert "li@a.cn" not in desk
    assert client.get(f"/bureau/projects/{house.project}").status_code == 200
    assert client.get(f"/bureau/projects/{house.project}/report?month={day(now()):%Y-%m}").status_code == 200
    assert client.get(f"/bureau/projects/{house.project}/samples").status_code == 200
    assert client.post(f"/bureau/projects/{house.project}/samples", data={"commitment": COMMITMENT}).status_code == 403
