"""Sessions through HTTP: signing in, refreshing, signing out, changing the password (T06, T07)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import update

from auth.access.sessions import GRACE, REFRESH_LIFE, SESSION_LIFE
from auth.audit.model import Event
from auth.credentials.tokens import LIFETIME
from auth.roles import Role
from auth.users.store import users
from tests.api.auth.house import EMAIL, PASSWORD, House, a_house, a_second_process, claims_of

NEW_PASSWORD = "violet umbrella seventeen"


def _bearer(tokens: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def test_signing_in_gives_a_pair_and_the_account(house: House) -> None:
    answer = house.sign_in("  ＬＩ@Example.com ")
    assert answer.headers["cache-control"] == "no-store"
    pair = answer.json()
    assert (pair["token_type"], pair["expires_in"]) == ("bearer", 600)
    me = house.me(pair["access_token"]).json()
    assert me == {
        "id": house.user.id,
        "email": EMAIL,
        "mobile": None,
        "name": "李雷",
        "role": "researcher",
        "organisation": None,
    }


def test_an_access_token_ends_to_the_second(house: House) -> None:
    token = house.tokens()["access_token"]
    house.clock.at += LIFETIME
    house.clock.advance(microseconds=-1)
    assert house.me(token).status_code == 200
    house.clock.advance(microseconds=1)
    assert house.me(token).status_code == 401


def test_a_token_tells_nothing_but_who_and_when(house: House) -> None:
    claims = claims_of(house.tokens()["access_token"])
    assert set(claims) == {"iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"}
    assert claims["sub"] == house.user.id


def test_T06_a_spent_refresh_token_ends_the_session_for_both(house: House) -> None:
    first = house.tokens()
    second = house.refresh(first["refresh_token"]).json()
    house.clock.at += GRACE
    house.clock.advance(microseconds=1)
    assert house.refresh(first["refresh_token"]).json()["code"] == "refresh_refused"
    assert house.refresh(second["refresh_token"]).status_code == 401
    assert house.me(second["access_token"]).status_code == 401
    assert house.events()[-1] == Event.REFRESH_REUSED


def test_T06_two_at_once_get_one_successor(house: House) -> None:
    token = house.tokens()["refresh_token"]
    barrier = threading.Barrier(2)

    def trade(_number: int) -> str:
        barrier.wait()
        return str(house.access.refresh(token, address="192.0.2.1").refresh_token)

    with ThreadPoolExecutor(2) as threads:
        assert len(set(threads.map(trade, range(2)))) == 1


def test_T07_a_lost_answer_may_be_asked_for_again_but_not_by_the_grandparent(house: House) -> None:
    first = house.tokens()["refresh_token"]
    second = house.refresh(first).json()["refresh_token"]
    house.clock.at += GRACE
    assert house.refresh(first).json()["refresh_token"] == second
    third = house.refresh(second).json()
    assert third["refresh_token"] != second
    assert house.me(third["access_token"]).status_code == 200
    assert house.refresh(first).status_code == 401
    assert house.me(third["access_token"]).status_code == 401, "at once, though remembered a moment ago"
    assert house.refresh(third["refresh_token"]).status_code == 401


def test_another_session_of_the_account_survives_a_reuse(house: House) -> None:
    mine, other = house.tokens(), house.tokens()
    house.refresh(mine["refresh_token"])
    house.clock.advance(minutes=1)
    assert house.refresh(mine["refresh_token"]).status_code == 401
    assert house.me(other["access_token"]).status_code == 200


@pytest.mark.parametrize("token", ["x", "A" * 43, "a b", "文", "'; DROP TABLE sessions; --"])
def test_a_refresh_token_nobody_gave(house: House, token: str) -> None:
    assert house.refresh(token).json()["code"] == "refresh_refused"


def test_a_refresh_token_ends_unused(house: House) -> None:
    token = house.tokens()["refresh_token"]
    house.clock.at += REFRESH_LIFE
    assert house.refresh(token).status_code == 401


def test_a_session_ends_however_often_it_is_refreshed(house: House) -> None:
    started, token = house.clock.at, house.tokens()["refresh_token"]
    while house.clock.at - started < SESSION_LIFE:
        answer = house.refresh(token)
        assert answer.status_code == 200
        token = answer.json()["refresh_token"]
        house.clock.advance(days=13)
    assert house.refresh(token).status_code == 401


def test_signing_out_ends_this_session_alone(house: House) -> None:
    mine, other = house.tokens(), house.tokens()
    assert house.client.post("/api/v1/auth/logout", headers=_bearer(mine)).status_code == 204
    assert house.me(mine["access_token"]).status_code == 401
    assert house.refresh(mine["refresh_token"]).status_code == 401
    assert house.me(other["access_token"]).status_code == 200
    assert house.events()[-1] == Event.SIGNED_OUT


def _change(house: House, tokens: dict[str, str], current: str, new: str) -> tuple[int, dict[str, str]]:
    answer = house.client.post("/api/v1/auth/password", json={"current": current, "new": new}, headers=_bearer(tokens))
    return answer.status_code, answer.json()


def test_a_changed_password_ends_every_session_and_opens_one(house: House) -> None:
    mine, other = house.tokens(), house.tokens()
    status, fresh = _change(house, mine, PASSWORD, NEW_PASSWORD)
    assert status == 200
    assert house.me(fresh["access_token"]).status_code == 200
    assert [house.me(held["access_token"]).status_code for held in (mine, other)] == [401, 401]
    assert [house.refresh(held["refresh_token"]).status_code for held in (mine, other)] == [401, 401]
    assert (house.sign_in(password=PASSWORD).status_code, house.sign_in(password=NEW_PASSWORD).status_code) == (401, 200)
    assert Event.PASSWORD_CHANGED in house.events()


def test_a_stolen_token_does_not_change_the_password_nor_guess_it(house: House) -> None:
    stolen = house.tokens()
    answers = [_change(house, stolen, f"guess number {number}", NEW_PASSWORD)[0] for number in range(8)]
    assert answers == [401] * 5 + [429] * 3
    assert house.me(stolen["access_token"]).status_code == 200


@pytest.mark.parametrize("new", ["short", "12345678", "password1", "woaini520", EMAIL, "li@example.com1", "李雷李雷李雷李雷"])
def test_a_weak_new_password_is_refused_before_the_old_one_is_tried(house: House, new: str) -> None:
    assert _change(house, house.tokens(), "whatever it is", new)[1]["code"] == "weak_password"


def test_a_disabled_account_is_out_within_two_seconds(house: House) -> None:
    tokens = house.tokens()
    assert house.me(tokens["access_token"]).status_code == 200
    with house.database.write() as connection:
        connection.execute(update(users).values(status="disabled"))
    house.clock.advance(seconds=2)
    assert house.me(tokens["access_token"]).status_code == 401
    assert house.refresh(tokens["refresh_token"]).status_code == 401
    assert house.sign_in().json()["code"] == "wrong_credentials"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BUREAU])
def test_a_changed_role_holds_at_once_for_those_with_power(house: House, role: Role) -> None:
    house.add("chief@example.com", role)
    token = house.sign_in("chief@example.com").json()["access_token"]
    assert house.me(token).json()["role"] == role
    with house.database.write() as connection:
        connection.execute(update(users).values(role="researcher"))
    assert house.me(token).json()["role"] == "researcher"


def test_two_processes_share_their_sessions(tmp_path: Path) -> None:
    """A second process over the same database and keys: what one signs out, the other refuses within two seconds."""
    with a_house(tmp_path) as house:
        tokens = house.tokens()
        with a_second_process(house) as other:
            assert other.get("/api/v1/me", headers=_bearer(tokens)).status_code == 200
            house.client.post("/api/v1/auth/logout", headers=_bearer(tokens))
            house.clock.advance(seconds=2)
            assert other.get("/api/v1/me", headers=_bearer(tokens)).status_code == 401


def test_a_person_takes_the_data_and_goes(house: House) -> None:
    tokens = house.tokens()
    data = house.client.get("/api/v1/me/data", headers=_bearer(tokens)).json()
    assert data["account"]["email"] == EMAIL
    assert [entry["event"] for entry in data["security_log"]] == ["account_added", "signed_in"]
    erase = house.client.request("DELETE", "/api/v1/me", headers=_bearer(tokens), json={"password": "wrong"})
    assert erase.json()["code"] == "wrong_credentials"
    assert house.client.request("DELETE", "/api/v1/me", headers=_bearer(tokens), json={"password": PASSWORD}).status_code == 204
    assert house.me(tokens["access_token"]).status_code == 401
    assert house.refresh(tokens["refresh_token"]).status_code == 401
    assert house.sign_in().status_code == 401
