"""Registration over HTTP: what strangers may do and learn, and what a message proves."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from auth.access.codes import TRIES, ByCode
from auth.registration.model import Position
from auth.registration.signals import BURST
from tests.desk import Desk, a_desk
from tests.servers.smtp import Mailbox

TERMS = {"terms": True}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as opened:
        yield opened


def body(contact: str, **fields: object) -> dict[str, object]:
    return {"contact": contact, "consents": TERMS, **fields}


def test_a_stranger_becomes_a_user_by_his_message_alone(desk: Desk) -> None:
    client = desk.client()
    form = body("li@x.cn", name="李雷", role="rd", enterprise=desk.enterprise, code=desk.link.code)
    told = client.post("/api/v1/auth/register", json=form)
    assert (told.status_code, told.json()["wait_s"], told.json()["challenge"]) == (202, 0, None)
    assert client.post("/api/v1/auth/login", data={"username": "li@x.cn", "password": "x" * 9}).status_code == 401
    tokens = client.post("/api/v1/auth/verify", json={"ref": told.json()["ref"], "code": desk.digits("li@x.cn")})
    assert tokens.status_code == 200, tokens.text
    assert tokens.headers["cache-control"] == "no-store"
    client.headers["Authorization"] = f"Bearer {tokens.json()['access_token']}"
    profile = client.get("/api/v1/me/profile").json()
    assert (profile["name"], profile["role"], profile["enterprise_name"]) == ("李雷", "rd", "贵阳某某机械有限公司")
    assert profile["completed_at"]
    assert set(profile["consents"]) == {"terms"}


@pytest.mark.parametrize("contact", ["li@x.cn", "13800138000"])
def test_a_password_is_optional_and_a_code_signs_in(desk: Desk, contact: str) -> None:
    user = desk.register(contact)
    client = desk.client()
    ref = client.post("/api/v1/auth/code", json={"contact": contact}).json()["ref"]
    answer = client.post("/api/v1/auth/code/login", json={"ref": ref, "code": desk.digits(contact)})
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    assert client.get("/api/v1/me").json()["id"] == user


def test_a_password_signs_in_with_every_spelling_of_a_number(desk: Desk) -> None:
    desk.register("13800138000", password="seven copper lanterns drift")
    form = {"username": "+86 138 0013 8000", "password": "seven copper lanterns drift"}
    assert desk.client().post("/api/v1/auth/login", data=form).status_code == 200


@pytest.mark.parametrize(("path", "extra"), [("register", {"consents": TERMS}), ("code", {})])
def test_known_and_unknown_contacts_get_one_answer(desk: Desk, path: str, extra: dict[str, object]) -> None:
    """T10."""
    desk.register("known@x.cn")
    answers = [
        desk.client().post(f"/api/v1/auth/{path}", json={"contact": contact, **extra}) for contact in ("known@x.cn", "unknown@x.cn")
    ]
    shapes = [(answer.status_code, sorted(answer.headers), sorted(answer.json()), answer.json()["wait_s"]) for answer in answers]
    assert shapes[0] == shapes[1]
    assert len(answers[0].content) == len(answers[1].content)


def test_a_known_contact_that_signs_up_is_told_so_by_message_and_gets_no_second_account(desk: Desk) -> None:
    """T10: his code signs him in; nothing of the new form is taken."""
    user = desk.register("li@x.cn", name="李雷")
    accepted = desk.sign_up("LI@x.cn", name="韩梅梅", password="seven copper lanterns drift")
    assert "已有帐号" in desk.messages("li@x.cn")[-1]
    assert desk.kinds().count("account:registered") == 1
    client = desk.client()
    answer = client.post("/api/v1/auth/verify", json={"ref": accepted.ref, "code": desk.digits("li@x.cn")})
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    assert (client.get("/api/v1/me").json()["id"], client.get("/api/v1/me").json()["name"]) == (user, "李雷")


def test_a_scanner_that_opens_the_link_confirms_nothing(desk: Desk) -> None:
    """T29: GET and HEAD never change anything; then the person confirms, once."""
    desk.sign_up("li@x.cn")
    token, client = desk.token("li@x.cn"), desk.client()
    for _ in range(5):
        for method in ("GET", "HEAD"):
            assert client.request(method, f"/api/v1/auth/verify?token={token}").status_code == 405
        assert desk.rooms.needs_consents(token) is False
    assert desk.kinds() == ["account:registered"]
    assert client.post("/api/v1/auth/verify", json={"token": token}).status_code == 200
    assert client.post("/api/v1/auth/verify", json={"token": token}).status_code == 401
    assert desk.kinds().count("account:contact_verified") == 1


def test_digits_are_refused_after_five_wrong_tries(desk: Desk) -> None:
    """T30."""
    accepted, client = desk.sign_up("li@x.cn"), desk.client()
    right = desk.digits("li@x.cn")
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(TRIES):
        assert client.post("/api/v1/auth/verify", json={"ref": accepted.ref, "code": wrong}).json()["code"] == "wrong_code"
    assert client.post("/api/v1/auth/verify", json={"ref": accepted.ref, "code": right}).status_code == 401


def test_digits_of_another_sign_up_are_wrong(desk: Desk) -> None:
    """T30: they count with the `ref` of the browser that asked."""
    mine = desk.sign_up("li@x.cn")
    theirs = desk.sign_up("han@x.cn")
    digits = desk.digits("li@x.cn")
    answer = desk.client().post("/api/v1/auth/verify", json={"ref": theirs.ref, "code": digits})
    assert answer.status_code == (200 if desk.digits("han@x.cn") == digits else 401)
    assert desk.client().post("/api/v1/auth/verify", json={"ref": mine.ref, "code": digits}).status_code == 200


def test_the_minutes_of_a_code_begin_when_it_leaves(desk: Desk) -> None:
    """T30: mail that is three hours late takes nothing away; eleven minutes after it left the code is over, the link is not."""
    accepted, client = desk.sign_up("li@x.cn"), desk.client()
    desk.clock.advance(hours=3)
    digits = desk.digits("li@x.cn")
    desk.clock.advance(minutes=10)
    late = desk.sign_up("han@x.cn")
    late_digits = desk.digits("han@x.cn")
    assert client.post("/api/v1/auth/verify", json={"ref": accepted.ref, "code": digits}).status_code == 200
    desk.clock.advance(minutes=10, seconds=1)
    assert client.post("/api/v1/auth/verify", json={"ref": late.ref, "code": late_digits}).status_code == 401
    assert client.post("/api/v1/auth/verify", json={"token": desk.token("han@x.cn")}).status_code == 200


def test_a_password_counts_only_for_the_browser_that_chose_it(desk: Desk) -> None:
    """Somebody signs up with my address and his password; I confirm by the link in my mail: his password opens nothing."""
    desk.sign_up("li@x.cn", password="seven copper lanterns drift")
    client = desk.client()
    assert client.post("/api/v1/auth/verify", json={"token": desk.token("li@x.cn")}).status_code == 200
    form = {"username": "li@x.cn", "password": "seven copper lanterns drift"}
    assert client.post("/api/v1/auth/login", data=form).status_code == 401


def test_the_last_touch_is_bound_and_the_first_recorded_also_without_cookies(desk: Desk) -> None:
    """T25: the form's hidden field carries them through a browser that loses cookies."""
    other = desk.add_link(desk.other_agency)
    first = desk.click(other)
    desk.clock.advance(days=1)
    last = desk.click(desk.link)
    client = desk.client()
    told = client.post("/api/v1/auth/register", json=body("li@x.cn", ref=last), headers={"cookie": f"patentry_ref={first}"})
    client.post("/api/v1/auth/verify", json={"ref": told.json()["ref"], "code": desk.digits("li@x.cn")})
    (verified,) = [leaf for leaf in desk.facts() if leaf.kind == "account:contact_verified"]
    assert verified.attributes == {"contact_class": "enterprise_mail", "new": True, "how": "touch", "first_link": other.id}
    assert desk.kinds(desk.other_agency) == []


def test_a_code_typed_by_hand_wins(desk: Desk) -> None:
    other = desk.add_link(desk.other_agency)
    user = desk.register("li@x.cn", code=other.code, carried=desk.click(desk.link))
    bound = desk.registration(user).attribution
    assert (bound.agency, bound.link, bound.how) == (desk.other_agency, other.id, "declared")


def test_the_same_key_is_one_sign_up_and_another_body_a_conflict(desk: Desk) -> None:
    """T28."""
    client, headers = desk.client(), {"Idempotency-Key": "k1"}
    answers = [client.post("/api/v1/auth/register", json=body("li@x.cn"), headers=headers) for _ in range(3)]
    assert len({answer.json()["ref"] for answer in answers}) == 1
    assert len(desk.messages("li@x.cn")) == 1
    other = client.post("/api/v1/auth/register", json=body("han@x.cn"), headers=headers)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


@pytest.mark.parametrize("field", ["role_", "agency", "agency_id", "verified", "created_at", "status", "outcome", "user_id"])
def test_fields_that_are_not_the_persons_to_set_are_refused(desk: Desk, field: str) -> None:
    """T32."""
    client = desk.client()
    assert client.post("/api/v1/auth/register", json=body("li@x.cn", **{field: "x"})).status_code == 422
    assert client.post("/api/v1/auth/register", json=body("li@x.cn", role="administrator")).status_code == 422
    grant = desk.client(desk.rooms.enter(_proof(desk, "han@x.cn"), address="", into=desk.access.sessions.open_api))
    assert grant.patch("/api/v1/me/profile", json={field: "x"}).status_code == 422


def _proof(desk: Desk, contact: str) -> ByCode:
    accepted = desk.sign_up(contact)
    return ByCode(accepted.ref, desk.digits(contact))


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"consents": {}}, 422, "terms_needed"),
        ({"contact": "nobody"}, 422, "bad_contact"),
        ({"contact": "a@x"}, 422, "bad_email"),
        ({"enterprise": "0" * 32}, 422, "enterprise_unknown"),
        ({"enterprise_name": "甲", "credit_code": "91520100000000001X"}, 422, None),
        ({"code": "NO-SUCH-CODE"}, 422, "unknown_code"),
        ({"password": "password"}, 422, "weak_password"),
    ],
)
def test_what_does_not_fit_is_said_and_leaves_nothing(
    desk: Desk, changed: dict[str, object], status: int, code: str | None
) -> None:
    answer = desk.client().post("/api/v1/auth/register", json=body("li@x.cn") | changed)
    assert answer.status_code == status
    assert code is None or answer.json()["code"] == code
    assert desk.messages("li@x.cn") == []


def test_a_sixth_code_within_the_hour_waits(desk: Desk) -> None:
    client = desk.client()
    answers = [client.post("/api/v1/auth/code", json={"contact": "nobody@x.cn"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert answers[-1].headers["retry-after"] == "3600"
    desk.clock.advance(hours=1)
    assert client.post("/api/v1/auth/code", json={"contact": "nobody@x.cn"}).status_code == 202


def test_an_account_without_password_is_erased_by_a_code_and_nothing_of_it_is_left_in_any_file(
    tmp_path: Path, smtp: Mailbox
) -> None:
    """T44, with real mail: after the database's own housekeeping no file of the data folder holds the address."""
    with a_desk(tmp_path, smtp_url=smtp.url, mail_from="no-reply@patentry.example") as desk:
        accepted = desk.sign_up("wang.weimin@huaxin-jixie.cn", name="王卫民")
        desk.postman.deliver()
        client = desk.client()
        tokens = client.post("/api/v1/auth/verify", json={"ref": accepted.ref, "code": _digits(smtp)})
        client.headers["Authorization"] = f"Bearer {tokens.json()['access_token']}"
        assert _holding(desk, tmp_path)
        ref = client.post("/api/v1/auth/code", json={"contact": "wang.weimin@huaxin-jixie.cn"}).json()["ref"]
        desk.postman.deliver()
        gone = client.request("DELETE", "/api/v1/me", json={"ref": ref, "code": _digits(smtp)})
        assert gone.status_code == 204, gone.text
        assert client.get("/api/v1/me").status_code == 401
        assert _holding(desk, tmp_path) == []
        assert desk.kinds().count("account:contact_verified") == 1


def _digits(smtp: Mailbox) -> str:
    return re.findall(r"\b\d{6}\b", smtp.letters[-1].get_content())[0]


def _holding(desk: Desk, folder: Path) -> list[str]:
    with desk.database.read() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    words = (b"wang.weimin", "王卫民".encode())
    return [path.name for path in folder.rglob("*") if path.is_file() and any(word in path.read_bytes() for word in words)]


def test_a_code_of_another_erases_nobody(desk: Desk) -> None:
    li = desk.client(desk.enter(_proof(desk, "li@x.cn")))  # type: ignore[arg-type]
    desk.register("han@x.cn")
    ref = li.post("/api/v1/auth/code", json={"contact": "han@x.cn"}).json()["ref"]
    answer = li.request("DELETE", "/api/v1/me", json={"ref": ref, "code": desk.digits("han@x.cn")})
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_code")
    assert li.get("/api/v1/me").status_code == 200


def test_whom_the_message_did_not_reach_has_it_sent_again(desk: Desk) -> None:
    """The code asked for on the sign-in page confirms the sign-up that waits, with all it said, but not with its password: who
    asks now need not be who chose it. The first message stays good as long as nobody used the second."""
    desk.sign_up("li@x.cn", password="seven copper lanterns drift")
    desk.messages("li@x.cn")
    again = desk.rooms.send_code("li@x.cn")
    assert (again.wait_s, again.challenge) == (0, None)
    assert "注册不会生效" in desk.messages("li@x.cn")[-1]
    user = desk.user_of(desk.enter(ByCode(again.ref, desk.digits("li@x.cn"))))
    held = desk.registration(user)
    assert (held.attribution.agency, held.enterprise, held.role) == (desk.agency, desk.enterprise, Position.RD)
    assert [kind for kind in desk.kinds() if kind in ("account:registered", "account:contact_verified")] == [
        "account:registered",
        "account:contact_verified",
    ]
    signed = desk.client().post("/api/v1/auth/login", data={"username": "li@x.cn", "password": "seven copper lanterns drift"})
    assert signed.status_code == 401


def test_in_a_crowd_a_message_sent_again_waits_as_the_first_and_the_answer_does_not_say(desk: Desk) -> None:
    for number in range(BURST):
        desk.sign_up(f"p{number * 37}q@x.cn")
    desk.sign_up("li@x.cn")
    told = desk.rooms.send_code("li@x.cn"), desk.rooms.send_code("nobody@x.cn")
    assert [(accepted.wait_s, accepted.challenge) for accepted in told] == [(0, None), (0, None)]
    assert desk.messages("li@x.cn") == []
    desk.clock.advance(minutes=1)
    assert len(desk.messages("li@x.cn")) == 2
