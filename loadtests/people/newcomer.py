"""People at a training: each opens the link, signs up with a password, confirms by the digits of the message, and searches."""

import json
import re
import secrets
import time
from pathlib import Path

from locust import HttpUser, constant_throughput, task

from loadtests.people import A_SECOND, NEWCOMERS, given

_BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
_WAIT_S = 5
_read: set[Path] = set()
_digits: dict[str, str] = {}


class Newcomer(HttpUser):
    """One seat at which one person after another signs up."""

    fixed_count = NEWCOMERS
    wait_time = constant_throughput(A_SECOND / NEWCOMERS)

    @task
    def join(self) -> None:
        self.client.cookies.clear()
        self.client.headers.pop("Authorization", None)
        self.client.headers["User-Agent"] = _BROWSER
        self.client.get(f"/r/{given().code}", name="open the link", allow_redirects=False)
        contact = f"{secrets.token_hex(6)}@example.com"
        form = {"contact": contact, "password": secrets.token_hex(12), "role": "rd", "consents": {"terms": True}}
        answer = self.client.post("/api/v1/auth/register", json=form | {"name": "培训学员"}, name="sign up")
        if not answer.ok:
            return
        proof = {"ref": answer.json()["ref"], "code": _code(contact)}
        answer = self.client.post("/api/v1/auth/verify", json=proof, name="confirm")
        if answer.ok:
            self.client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            self.client.get("/api/v1/search?q=电池", name="first search")


def _code(contact: str) -> str:
    """The digits sent to the contact; none when they do not come."""
    end = time.monotonic() + _WAIT_S
    while contact not in _digits and time.monotonic() < end:
        for file in set(given().outbox.glob("*.json")) - _read:
            message = json.loads(file.read_text(encoding="utf-8"))
            _digits[message["to"]] = re.findall(r"(?<!\d)\d{6}(?!\d)", message["text"])[0]
            _read.add(file)
        time.sleep(0.05)
    return _digits.pop(contact, "")
