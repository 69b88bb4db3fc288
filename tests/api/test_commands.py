"""The command `patentry` as an operator runs it: what it says, and with which exit status."""

import json
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from tests.command import Ran, apart, patentry, serving


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the schema and keys."""
    folder = tmp_path_factory.mktemp("operator") / "data"
    assert patentry("migrate", data=folder).returncode == 0
    assert patentry("keys", "rotate", data=folder).returncode == 0
    return folder


@pytest.mark.parametrize(
    ("run", "command"),
    [(apart, ["serve", "--port", "0"]), (apart, ["serve", "--workers", "2"]), (patentry, ["users", "list"]), (patentry, ["demo"])],
)
def test_an_old_schema_is_refused_in_one_line_with_what_to_do(run: Callable[..., Ran], command: list[str], tmp_path: Path) -> None:
    done = run(*command, data=tmp_path / "data")
    assert done.returncode == 2
    assert "patentry migrate" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"PATENTRY_ENV": "staging"}, "env"),
        ({"PATENTRY_ELASTICSEARCH_TIMEOUT_S": "soon"}, "elasticsearch_timeout_s"),
        ({"PATENTRY_DATA": "/dev/null/data"}, "/dev/null"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(settings: dict[str, str], said: str, data: Path) -> None:
    done = patentry("users", "list", data=data, **settings)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert said in done.stderr


def test_accounts_are_added_listed_and_refused(data: Path) -> None:
    added = patentry(
        "users", "add", "li@example.com", "--role", "researcher", "--password-stdin", data=data, typed="blue kettle sings tonight\n"
    )
    assert added.returncode == 0, added.stderr
    assert "li@example.com\tresearcher\tactive" in patentry("users", "list", data=data).stdout
    again = patentry(
        "users", "add", "LI@example.com", "--role", "agency", "--password-stdin", data=data, typed="blue kettle sings tonight\n"
    )
    weak = patentry("users", "add", "wu@example.com", "--role", "agency", "--password-stdin", data=data, typed="password\n")
    assert (again.returncode, weak.returncode) == (2, 2)
    assert "already" in again.stderr
    assert "8" in weak.stderr
    assert patentry("users", "add", "x@example.com", "--role", "king", data=data).returncode == 2


def test_demo_says_each_password_once_and_is_for_development(data: Path) -> None:
    first = [line.split("\t") for line in patentry("demo", data=data).stdout.splitlines()]
    second = patentry("demo", data=data).stdout
    assert [line[0] for line in first] == ["researcher", "agency", "link", "bureau", "project"]
    people = [line for line in first if "@" in line[1]]
    assert all(line[2] not in second for line in people)
    assert second.count("unchanged") == len(second.splitlines()) == 3
    assert patentry("demo", data=data, PATENTRY_ENV="production").returncode == 2
    with serving(data) as (address, _):
        seen = {}
        for role, email, password in people:
            signed = httpx2.post(f"{address}/api/v1/auth/login", data={"username": email, "password": password})
            bearer = {"Authorization": f"Bearer {signed.json()['access_token']}"}
            seen[role] = httpx2.get(f"{address}/api/v1/links", headers=bearer).json().get("items", [])
    assert [item["url"] for item in seen["agency"]] == [line[1] for line in first if line[0] == "link"]
    assert (seen["bureau"], seen["researcher"]) == (seen["agency"], [])


def test_organisations_are_added_under_each_other_and_listed(data: Path) -> None:
    bureau = patentry("organisations", "add", "bureau", "贵州省局", "--region", "520000", data=data).stdout.split("\t")[0]
    agency = patentry("organisations", "add", "agency", "黔灵代理所", "--parent", bureau, data=data).stdout.split("\t")[0]
    assert f"{agency}\tagency\t黔灵代理所\t{bureau}" in patentry("organisations", "list", data=data).stdout.splitlines()
    refused = patentry("organisations", "add", "agency", "孤儿所", "--parent", "nobody", data=data)
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)


def test_the_ledger_of_a_new_installation_is_sound(data: Path) -> None:
    assert patentry("ledger", "fsck", data=data).returncode == 0


def test_keys_are_listed_without_their_secrets_and_rotated(data: Path) -> None:
    before = patentry("keys", "list", data=data).stdout
    kid = patentry("keys", "rotate", data=data).stdout.strip()
    after = patentry("keys", "list", data=data).stdout
    assert after.splitlines()[0].startswith(kid)
    assert before.split()[0] in after
    assert "PRIVATE" not in after


def test_doctor_finds_what_is_wrong(data: Path, tmp_path: Path) -> None:
    sound = patentry("doctor", data=data)
    assert (sound.returncode, sound.stdout.count("✓")) == (0, 5)
    sick = patentry("doctor", data=tmp_path / "data", PATENTRY_ENV="production")
    assert sick.returncode == 1
    assert "patentry keys rotate" in sick.stdout
    assert "patentry migrate" in sick.stdout


def test_t09_production_does_not_start_without_keys(tmp_path: Path) -> None:
    assert patentry("migrate", data=tmp_path / "data", PATENTRY_ENV="production").returncode == 0
    done = apart("serve", "--port", "0", data=tmp_path / "data", PATENTRY_ENV="production")
    assert done.returncode == 2
    assert "patentry keys rotate" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("trusted", "seen"), [("", "127.0.0.1"), ("192.0.2.1", "127.0.0.1"), ("127.0.0.1", "203.0.113.9")])
def test_t52_a_forwarded_address_is_believed_of_a_trusted_proxy_alone(trusted: str, seen: str, data: Path) -> None:
    with serving(data, PATENTRY_TRUSTED_PROXIES=trusted) as (address, said):
        assert httpx2.get(f"{address}/healthz", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200
    lines = [json.loads(line) for line in said]  # every line of a server is JSON
    assert [line["client"] for line in lines if line.get("route") == "/healthz"] == [seen]


def test_the_commands_of_other_packages_stand_beside_ours(data: Path) -> None:
    told = apart("--help", data=data).stdout
    assert {"serve", "migrate", "doctor", "demo", "users", "organisations", "keys", "ledger", "mail"} <= set(told.split())
