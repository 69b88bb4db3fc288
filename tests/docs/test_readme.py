"""The README's tour, word for word, against the service that `make run` starts."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import httpx2
import pytest

from tests.docs.conftest import Tour
from tests.machine import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
TOUR = README.partition("## Five minutes")[2].partition("\n## ")[0]
QUERIES = re.findall(r"(?m)^\| `(.+?)` \| (\d+) \|", TOUR)


@cache
def token(address: str, login: str) -> str:
    email, password = login.split()[1:3]
    answer = httpx2.post(f"{address}/api/v1/auth/login", data={"username": email, "password": password})
    answered: str = answer.json()["access_token"]
    return answered


def search(tour: Tour, query: str) -> httpx2.Response:
    address = f"http://127.0.0.1:{tour.port}"
    login = (tour.data / "demo-logins.txt").read_text(encoding="utf-8").splitlines()[0]
    headers = {"Authorization": f"Bearer {token(address, login)}"}
    return httpx2.get(f"{address}/api/v1/search", params={"q": query}, headers=headers)


@pytest.mark.parametrize(("query", "documents"), QUERIES)
def test_each_query_of_the_tour_finds_the_documents_it_says(tour: Tour, query: str, documents: str) -> None:
    assert search(tour, query).json()["total"] == int(documents)


def test_the_tour_has_queries_and_a_mistake_is_answered_with_the_field_that_was_meant(tour: Tour) -> None:
    assert len(QUERIES) >= 10
    answer = search(tour, "titel:电池")
    assert answer.status_code == 400
    assert answer.json()["suggestions"] == ["title"]


def test_the_commands_of_the_tour_print_what_it_says(tour: Tour) -> None:
    """The blocks are one session: each may use what the one before set."""
    blocks = re.findall(r"```(sh|text)\n(.*?)```", TOUR, re.DOTALL)
    commands = "".join(block for kind, block in blocks if kind == "sh" and "patentry load" not in block)
    expected = "".join(block for kind, block in blocks if kind == "text")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", tour.localised(commands)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == expected, done.stderr


def test_the_start_tells_the_address_and_who_can_sign_in(tour: Tour) -> None:
    told = (tour.data / "told.txt").read_text(encoding="utf-8")
    assert f"http://127.0.0.1:{tour.port}" in told
    assert {"researcher@example.com", "agency@example.com", "bureau@example.com"} <= set(told.split())


def test_a_taken_port_is_one_clear_line(tour: Tour) -> None:
    done = subprocess.run(
        [ROOT / "scripts/run"], env={"PORT": str(tour.port), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "PORT=8001" in done.stderr


def test_commands_find_the_data_folder_that_is_meant_when_none_is_named(tmp_path: Path) -> None:
    """`patentry load FILE` and `patentry export` as the tours have them: the folder `var` of where one stands."""
    environment = {name: value for name, value in os.environ.items() if name != "PATENTRY_DATA"}
    for words in (
        ["migrate"],
        ["sample", "--out", "sample.jsonl", "--count", "5"],
        ["load", "sample.jsonl"],
        ["export", "*", "--out", "all.csv"],
        ["status"],
    ):
        command = [sys.executable, "-m", "search", *words]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    assert "5" in done.stdout.split()
    assert (tmp_path / "all.csv").read_text("utf-8-sig").count("\n") > 5
    assert (tmp_path / "var" / "patentry.sqlite").exists()
