"""Signing in by a password: odd passwords, no enumeration, no guessing, bounded work (T10 to T13, T15)."""

import asyncio
import threading
from collections import Counter
from pathlib import Path

import httpx2
import pytest
from passlib.hash import argon2
from sqlalchemy import update

from auth.audit.model import Event
from auth.credentials.passwords import Passwords
from auth.credentials.throttle import ADDRESS, PAIR
from auth.roles import Role
from auth.users.store import users
from tests.api.auth.house import EMAIL, PASSWORD, House, a_house


class CountedPasswords(Passwords):
    """The real thing, and how often it worked, and how many times at once."""

    def __init__(self) -> None:
        super().__init__()
        self.verified = self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()

    def verify(self, password: str, hashed: str | None) -> bool:
        with self._lock:
            self.verified += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return super().verify(password, hashed)
        finally:
            with self._lock:
                self.at_once -= 1


def test_T10_an_unknown_address_answers_like_a_wrong_password(tmp_path: Path) -> None:
    """The same status, headers, body and work: one hash each, whether the address is known, unknown, or no address at all."""
    passwords = CountedPasswords()
    with a_house(tmp_path, passwords=passwords) as house:
        house.add("gone@example.com", Role.RESEARCHER)
        with house.database.write() as connection:
            connection.execute(update(users).where(users.c.email == "gone@example.com").values(status="disabled"))
        tries = [(EMAIL, "wrong"), ("nobody@example.com", "wrong"), ("no address", PASSWORD), ("gone@example.com", PASSWORD)]
        seen = []
        for email, password in tries:
            before = passwords.verified
            answer = house.sign_in(email, password)
            seen.append((answer.status_code, sorted(answer.headers.items()), answer.content, passwords.verified - before))
        assert seen == [seen[0]] * len(tries)
        assert (seen[0][0], seen[0][3]) == (401, 1)


def test_T11_guessing_one_account_is_slowed_and_its_owner_gets_in_from_elsewhere(house: House) -> None:
    guesser, owner = house.from_address("198.51.100.9"), house.from_address("203.0.113.5")
    answers: Counter[int] = Counter()
    for _ in range(40):
        answer = house.sign_in(password="guess", client=guesser)
        answers[answer.status_code] += 1
        if answer.status_code == 429:
            wait = int(answer.headers["retry-after"])
            assert wait == answer.json()["retry_after_s"] > 0
            house.clock.advance(seconds=wait)
    assert answers[401] >= PAIR.free
    assert answers[429] >= 15
    assert house.sign_in(client=owner).status_code == 200


def test_T11_ten_thousand_guesses_take_months(house: House) -> None:
    """The simulated clock at the very speed the answers allow: the pause reaches its cap and stays."""
    guesser, began = house.from_address("198.51.100.9"), house.clock.at
    tried = 0
    while tried < 30:
        answer = house.sign_in(password="guess", client=guesser)
        tried += answer.status_code == 401
        house.clock.advance(seconds=int(answer.headers.get("retry-after", 0)))
    per_guess = PAIR.pause(tried).total_seconds()
    assert per_guess == PAIR.cap_s
    assert (house.clock.at - began).total_seconds() >= 15 * PAIR.cap_s
    assert 10_000 * per_guess > 100 * 86_400


def test_T11_a_thousand_accounts_from_one_address(house: House) -> None:
    guesser, owner = house.from_address("198.51.100.9"), house.from_address("203.0.113.5")
    answers = Counter(house.sign_in(f"a{number}@example.com", "guess", client=guesser).status_code for number in range(130))
    assert answers == {401: ADDRESS.free, 429: 130 - ADDRESS.free}
    assert house.sign_in(client=owner).status_code == 200


def test_T11_an_ipv6_guesser_does_not_hop_within_his_network(house: House) -> None:
    answers = [
        house.sign_in(password="guess", client=house.from_address(f"2001:db8:0:1::{host:x}")).status_code for host in range(1, 9)
    ]
    assert answers == [401] * PAIR.free + [429] * (8 - PAIR.free)
    assert house.sign_in(client=house.from_address("2001:db8:0:2::1")).status_code == 200


def test_T11_a_right_password_forgets_the_wrong_ones(house: House) -> None:
    for _ in range(3):
        assert [house.sign_in(password="typo").status_code for _ in range(PAIR.free - 1)] == [401] * (PAIR.free - 1)
        assert house.sign_in().status_code == 200


def test_T12_two_hundred_at_once_hash_few_at_a_time_and_the_rest_is_told_to_wait(tmp_path: Path) -> None:
    """Memory is bounded by the hashes that run at once; a caller who is signed in is served meanwhile."""
    passwords = CountedPasswords()
    with a_house(tmp_path, passwords=passwords, hash_workers=2, hash_queue=20) as house:
        token = house.tokens()["access_token"]
        statuses, served = asyncio.run(_crowd(house, token))
    assert passwords.most_at_once <= 2
    assert statuses[503] == 200 - 22
    assert statuses[401] + statuses[429] == 22
    assert served == 200


async def _crowd(house: House, token: str) -> tuple[Counter[int], int]:
    """200 sign-ins by 200 people, and one other request once they are all under way."""
    transport = httpx2.ASGITransport(house.app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        crowd = [
            asyncio.create_task(client.post("/api/v1/auth/login", data={"username": f"p{n}@example.com", "password": "x"}))
            for n in range(200)
        ]
        served = await client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
        waiting = sum(not task.done() for task in crowd)
        answers = await asyncio.gather(*crowd)
    assert waiting > 0, "the other caller waited for the crowd"
    assert {answer.headers["retry-after"] for answer in answers if answer.status_code == 503} == {"2"}
    return Counter(answer.status_code for answer in answers), served.status_code


ODD_PASSWORDS = [
    "a" * 1_000_000,
    "a" * 4_097,
    "a" * 257,
    "nul\0nul\0nul",
    "\ud800" * 10,
    "",
    "{}" * 20,
    "%00" * 5,
    "\U0001f511" * 256,
]


@pytest.mark.parametrize("password", ODD_PASSWORDS, ids=lambda password: f"{len(password)} {password[:4]!r}")
def test_T13_an_odd_password_is_an_answer_and_no_crash(house: House, password: str) -> None:
    escaped = password.encode("utf-8", "surrogatepass")
    form = b"username=" + _quoted(EMAIL.encode()) + b"&password=" + _quoted(escaped)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert house.client.post("/api/v1/auth/login", content=form, headers=kind).status_code in (400, 401, 413, 422)
    tokens = house.tokens()
    answer = house.client.post(
        "/api/v1/auth/password",
        content=_json(password),
        headers={"content-type": "application/json", "authorization": f"Bearer {tokens['access_token']}"},
    )
    assert answer.status_code in (400, 413, 422)
    assert "aaaa" not in answer.text


def _quoted(data: bytes) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in data)


def _json(password: str) -> bytes:
    escaped = "".join(f"\\u{ord(sign):04x}" if sign < " " or "\ud800" <= sign <= "\udfff" else sign for sign in password)
    return f'{{"current": "{PASSWORD}", "new": "{escaped}"}}'.encode()


LONG = "紫色雨伞十七把 walnut-"
ROUND_TRIPS = {
    "72 bytes": (LONG * 9)[:60] + "x" * 12,
    "73 bytes": (LONG * 9)[:60] + "x" * 13,
    "256 characters": (LONG * 20)[:256],
    "emoji": "🔑🦊🚲🌧️🧶🍵🪁🐢",
    "blanks": "  violet   umbrella  seventeen ",
    "full-width": "ｖｉｏｌｅｔ　ｕｍｂｒｅｌｌａ　１７",
}


@pytest.mark.parametrize("password", ROUND_TRIPS.values(), ids=ROUND_TRIPS)
def test_T13_a_good_password_is_taken_whole(house: House, password: str) -> None:
    """Set, then signed in with; one character less, more or other at the end is another password."""
    tokens = house.tokens()
    body = {"current": PASSWORD, "new": password}
    changed = house.client.post("/api/v1/auth/password", json=body, headers={"Authorization": f"Bearer {tokens['access_token']}"})
    assert changed.status_code == 200, changed.text
    assert house.sign_in(password=password).status_code == 200
    others = (password[:-1], password[:-1] + "y", (password + "x")[:256] if len(password) < 256 else password[:255])
    assert [house.sign_in(password=other).status_code for other in others] == [401, 401, 401]


def test_T13_full_width_and_plain_spellings_are_one_password(house: House) -> None:
    tokens = house.tokens()
    body = {"current": PASSWORD, "new": ROUND_TRIPS["full-width"]}
    house.client.post("/api/v1/auth/password", json=body, headers={"Authorization": f"Bearer {tokens['access_token']}"})
    assert house.sign_in(password="violet umbrella 17").status_code == 200


def _store(house: House, hashed: str | None) -> None:
    with house.database.write() as connection:
        connection.execute(update(users).values(password=hashed))


def _stored(house: House) -> str:
    with house.database.read() as connection:
        return str(connection.execute(users.select()).one().password)


@pytest.mark.parametrize("hashed", [None, "", "garbage", "$argon2id$v=19$m=1,t=1,p=1$aa$bb", "$2b$12$x", "$argon2id$", "\u6587"])
def test_T15_a_damaged_hash_is_a_wrong_password(house: House, hashed: str | None) -> None:
    _store(house, hashed)
    assert house.sign_in().json()["code"] == "wrong_credentials"


@pytest.mark.parametrize("kind", ["I", "ID"])
def test_T15_an_old_hash_is_renewed_by_signing_in(house: House, kind: str) -> None:
    old = argon2.using(type=kind, memory_cost=1024, time_cost=1, parallelism=2).hash(PASSWORD)
    _store(house, old)
    assert house.sign_in(password="wrong").status_code == 401
    assert _stored(house) == old
    assert house.sign_in().status_code == 200
    renewed = _stored(house)
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert Event.PASSWORD_REHASHED in house.events()
    assert house.sign_in().status_code == 200
    assert _stored(house) == renewed
