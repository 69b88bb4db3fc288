"""The judge of load tests: its exit status is what a pipeline goes by."""

from pathlib import Path

import pytest

from loadtests.judge import judge

HEAD = "Type,Name,Request Count,Failure Count,50%,95%,99%\n"
LIMITS = "[search]\np50_ms = 100\np95_ms = 400\nfailures = 0.01\nrequests = 50\n"


def judged(folder: Path, row: str, limits: str = LIMITS) -> int:
    (folder / "stats.csv").write_text(HEAD + row, encoding="utf-8")
    (folder / "limits.toml").write_text(limits, encoding="utf-8")
    return judge(folder / "stats.csv", folder / "limits.toml")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("POST,search,100,1,100,400", ""),
        ("POST,search,100,1,101,400", "50% took 101 ms"),
        ("POST,search,100,1,100,401", "95% took 401 ms"),
        ("POST,search,100,2,100,400", "2.00% failed"),
        ("POST,search,49,0,100,400", "49 requests"),
        ("GET,open,100,0,1,1", "search: never asked"),
    ],
)
def test_each_limit(tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, told: str) -> None:
    assert judged(tmp_path, row) == (1 if told else 0)
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(("busy", "told"), [(300, ""), (301, "99% took 301 ms, more than 3 times 100 ms when idle")])
def test_held_against_the_run_without_newcomers(tmp_path: Path, capsys: pytest.CaptureFixture[str], busy: int, told: str) -> None:
    for name, row in (("idle", ",others,500,0,1,1,100"), ("busy", f",others,500,0,1,1,{busy}")):
        (tmp_path / f"{name}.csv").write_text(HEAD + row, encoding="utf-8")
    (tmp_path / "limits.toml").write_text("[others]\np99_times_idle = 3\n", encoding="utf-8")
    assert judge(tmp_path / "busy.csv", tmp_path / "limits.toml", tmp_path / "idle.csv") == (1 if told else 0)
    assert told in capsys.readouterr().out


def test_what_was_not_asked_when_idle_is_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "idle.csv").write_text(HEAD, encoding="utf-8")
    (tmp_path / "busy.csv").write_text(HEAD + ",others,500,0,1,1,100", encoding="utf-8")
    (tmp_path / "limits.toml").write_text("[others]\np99_times_idle = 3\n", encoding="utf-8")
    assert judge(tmp_path / "busy.csv", tmp_path / "limits.toml", tmp_path / "idle.csv") == 2


def test_what_can_not_be_read_is_no_verdict(tmp_path: Path) -> None:
    assert judge(tmp_path / "absent.csv") == 2
    assert judged(tmp_path, "POST,search,many,0,1,1") == 2
    assert judged(tmp_path, "POST,search,1,0,1,1", limits="[search") == 2


def test_the_projects_own_limits_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "stats.csv").write_text(HEAD, encoding="utf-8")
    assert judge(tmp_path / "stats.csv") == 1
