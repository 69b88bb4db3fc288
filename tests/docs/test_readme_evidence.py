"""The README's tour of an agency and its bureau: the walk through the pages, then the commands, word for word."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.docs.conftest import Tour
from tests.machine import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
TOUR = README.partition("## Ten minutes for an agency and its bureau")[2].partition("\n## ")[0]
STANDING = re.compile(r'id="new_users">.*?<strong>(\d+)</strong> / (\d+)', re.DOTALL)


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


@contextmanager
def browser(tour: Tour, role: str | None = None) -> Iterator[httpx2.Client]:
    """Somebody's cookies, signed in as the role."""
    with httpx2.Client(base_url=f"http://127.0.0.1:{tour.port}", follow_redirects=True) as client:
        if role:
            lines = (tour.data / "demo-logins.txt").read_text(encoding="utf-8").splitlines()
            email, password = next(line.split("\t")[1:] for line in lines if line.startswith(role))
            form = hidden(client.get("/login").text) | {"username": email, "password": password}
            assert client.post("/login", data=form).url.path == "/"
        yield client


def digits(client: httpx2.Client, outbox: Path) -> str:
    """Those of the message, when it has left; the service's answers are the clock of the waiting."""
    for _ in range(20_000):
        for file in outbox.glob("*.json"):
            found = re.search(r"\b\d{6}\b", json.loads(file.read_text(encoding="utf-8"))["text"])
            assert found is not None
            return found[0]
        client.get("/healthz")
    raise AssertionError("no message left")


def sign_up(tour: Tour, link: str) -> None:
    """A visitor by the link: the form, an enterprise of those found, the code, one search."""
    with browser(tour) as client:
        form = hidden(client.get(link).text)
        form |= {"contact": "li@example.org", "role": "rd", "enterprise_name": "精工", "terms": "true"}
        choice = re.search(r'type="radio" name="enterprise" value="(\w{32})"', client.post("/register", data=form).text)
        assert choice is not None
        asked = client.post("/register", data=form | {"enterprise": choice[1]})
        entered = client.post("/verify", data=hidden(asked.text) | {"digits": digits(client, tour.data / "outbox")})
        assert entered.url.path == "/", entered.text
        assert client.get("/search", params={"q": "电池"}).status_code == 200


@pytest.fixture(scope="module")
def walked(tour: Tour) -> tuple[list[int], list[int]]:
    """The figures of the agency's page before and after the walk: counted, needed."""
    with browser(tour, "agency") as agency:
        before = STANDING.search(agency.get("/agency").text)
        form = hidden(agency.get("/agency/links").text) | {"label": "三月培训", "first": "", "last": ""}
        made = agency.post("/agency/links", data=form)
        link = re.search(r"<code>(http://[^<]+/r/\w+)</code>", made.text)
        assert link is not None
        sign_up(tour, link[1])
        after = STANDING.search(agency.get("/agency").text)
    assert before is not None
    assert after is not None
    return [int(figure) for figure in before.groups()], [int(figure) for figure in after.groups()]


def test_the_standing_rises_by_the_one_who_signed_up_and_searched(walked: tuple[list[int], list[int]]) -> None:
    assert walked == ([0, 100], [1, 100])
    assert "1 of 100" in TOUR


@pytest.mark.usefixtures("walked")
def test_the_commands_print_what_the_tour_says(tour: Tour) -> None:
    """The blocks are one session; the last command's exit status is the verifier's of a FAIL."""
    blocks = re.findall(r"```(sh|text)\n(.*?)```", TOUR, re.DOTALL)
    commands = tour.localised("".join(block for kind, block in blocks if kind == "sh"))
    settings = {"PATENTRY_DATA": str(tour.data), "PATENTRY_PUBLIC_URL": f"http://127.0.0.1:{tour.port}"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "".join(block for kind, block in blocks if kind == "text"), done.stderr
    assert done.returncode == 1
