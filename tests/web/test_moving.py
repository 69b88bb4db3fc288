"""The bureau's page that credits a registration to another agency: moved with a reason, seen there, moved back."""

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from auth.clock import day, now
from auth.ledger import service as ledger
from auth.organisations.model import Kind, Mark
from auth.organisations.service import New, NewMark
from auth.projects.model import Contract
from auth.roles import Role
from auth.targets.rules import shipped
from tests.service import PASSWORD, PEOPLE, running
from tests.tenants import a_caller
from tests.web.test_calling import SHA, House

ZH = {"accept-language": "zh"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A project of each of two agencies that the bureau oversees; somebody counts for the first."""
    with running(tmp_path, []) as service:
        services, officer = service.services, a_caller(Role.BUREAU, "city-a")
        first = day(now())
        services.organisations.mark(a_caller(Role.ADMINISTRATOR), "enterprise-a", NewMark(Mark.SIZE_CLASS, "small", SHA, first))
        made = []
        second = services.organisations.add(New(Kind.AGENCY, "乙代理所", parent="city-a"), caller=officer)[0].id
        for agency in ("agency-a", second):
            contract = Contract(agency, first, first + timedelta(days=364), "52", SHA)
            made.append(services.projects.add(officer, f"推送服务 {agency[:8]}", contract, bureau=None).id)
            services.targets.adopt(officer, made[-1], data=shipped()["guizhou-2019"], direction=None)
        bureau = service.client()
        form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', bureau.get("/login").text))
        bureau.post("/login", data={**form, "username": PEOPLE["bureau"], "password": PASSWORD})
        held = House(service, made[0], bureau)
        held.sign_up("li@a.cn", may_call=False)
        yield held


def counted(house: House, project: str) -> int:
    standing = house.service.services.targets.standing(a_caller(Role.BUREAU, "city-a"), project)
    return standing.measure("new_users").count


def test_a_credit_is_moved_with_a_reason_and_moved_back(house: House) -> None:
    other = next(
        each.id
        for each in house.service.services.projects.page(a_caller(Role.BUREAU, "city-a"), after=None, size=10)
        if each.id != house.project
    )
    rows = house.bureau.get(f"/bureau/projects/{house.project}?target=new_users", headers=ZH).text
    asking = re.findall(rf'href="(/bureau/projects/{house.project}/moves\?account=(\w+))"', rows)[0]
    assert asking[1] in house.bureau.get(asking[0], headers=ZH).text
    path = f"/bureau/projects/{house.project}/moves"
    done = house.post(path, account=asking[1], to=other, reason="乙所推广在先，见来函")
    assert "移回" in done or "Move back" in done
    assert f'action="/bureau/projects/{other}/moves"' in done
    assert (counted(house, house.project), counted(house, other)) == (0, 1)
    with house.service.services.database.read() as connection:
        facts = ledger.leaves(connection, "agency-a")
    digest = hashlib.sha256("乙所推广在先，见来函".encode()).hexdigest()
    assert facts[-1].attributes["document_sha256"] == digest
    house.post(f"/bureau/projects/{other}/moves", account=asking[1], to=house.project, reason="来函有误")
    assert (counted(house, house.project), counted(house, other)) == (1, 0)


def test_a_wrong_move_is_told_and_what_was_typed_stays(house: House) -> None:
    path = f"/bureau/projects/{house.project}/moves"
    token = re.findall(r'name="csrf_token" value="([^"]+)"', house.bureau.get("/me").text)[0]
    sent = {"csrf_token": token, "account": "nobody", "to": house.project, "reason": "写错了的理由"}
    answer = house.bureau.post(path, data=sent, headers=ZH)
    assert answer.status_code == 422
    assert "不能这样改变归属" in answer.text
    assert "写错了的理由" in answer.text
    assert house.bureau.post(path, data=sent | {"csrf_token": "-"}).status_code == 403
    assert house.bureau.post(path, data=sent | {"reason": ""}).status_code == 422
