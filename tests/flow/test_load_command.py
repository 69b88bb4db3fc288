"""The commands that load, as an operator runs them: numbers that sum, exit statuses, both languages, signals."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from auth.database import Database
from search.loads.store import Loads
from search.migrations import migrate
from search.patent.model import decode, encode
from tests import machine
from tests.builders import a_patent
from tests.flow import load_corpus
from tests.flow.loading import opened
from tests.flow.test_load_pipeline import lines
from tests.unit.indexer.uspto_sample import grant

BALANCE = re.compile(r"read (\d+) = written (\d+) \+ merged (\d+) \+ unchanged (\d+) \+ refused (\d+)")


def environment(data: Path, language: str = "en") -> dict[str, str]:
    return {**os.environ, "PATENTRY_DATA": str(data), "PATENTRY_LANG": language, "ELASTICSEARCH_URL": "", "DATABASE_URL": ""}


def command(data: Path, *words: str | Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "indexer", *map(str, words)]
    return subprocess.run(
        whole, cwd=machine.ROOT, env=environment(data, language), capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    database = Database(f"sqlite:///{folder / 'patentry.sqlite'}")
    migrate(database)
    database.close()
    return folder


def test_a_load_says_numbers_that_sum_and_lists_what_was_refused(data: Path, tmp_path: Path) -> None:
    corpus = load_corpus.write(tmp_path / "corpus", lines=300, rows=100, grants=60, members=5)
    done = command(data, "load", corpus)
    assert done.returncode == 1, done.stderr
    numbers = [int(number) for number in BALANCE.search(done.stdout).groups()]  # type: ignore[union-attr]
    assert numbers[0] == sum(numbers[1:])
    assert numbers[1] > 300
    assert "corpus/3 weekly.xml @" in done.stdout
    assert "a sequence listing, not a publication" in done.stdout
    listed = command(data, "rejects")
    assert len(listed.stdout.splitlines()) == numbers[4]
    sources = [line.split("\t") for line in command(data, "sources").stdout.splitlines()]
    assert sum(int(line[3]) for line in sources) == numbers[0]
    assert sum(int(line[4]) for line in sources) == numbers[4]
    status = command(data, "status")
    assert "finished" in status.stdout
    assert f"{numbers[1]} documents" in status.stdout


def test_all_loaded_is_status_0_and_in_chinese_where_asked(data: Path, tmp_path: Path) -> None:
    done = command(data, "load", lines(tmp_path / "a.jsonl", a_patent()), language="zh_CN.UTF-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "读取 1 = 新增 1 + 合并 0 + 未变 0 + 拒绝 0" in done.stdout


def test_nothing_readable_is_status_2(data: Path, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.txt"
    nothing.write_text("not a patent")
    done = command(data, "load", nothing)
    assert done.returncode == 2
    assert "no known format" in done.stdout
    assert command(data, "load", tmp_path / "absent").returncode == 2
    assert "no format x; there are: uspto-xml" in command(data, "load", nothing, "--format", "x").stderr


def test_a_database_of_another_schema_is_refused_in_one_line(tmp_path: Path) -> None:
    done = command(tmp_path / "new", "load", lines(tmp_path / "a.jsonl", a_patent()))
    assert done.returncode == 2
    assert done.stderr.strip().endswith("run patentry migrate first.")


def test_a_second_load_says_who_holds_the_engine(data: Path, tmp_path: Path) -> None:
    holder = opened(data)
    done = command(data, "load", lines(tmp_path / "a.jsonl", a_patent()))
    holder.index.close()
    holder.database.close()
    assert done.returncode == 2
    assert str(os.getpid()) in done.stderr


def test_ctrl_c_stops_at_a_mark_and_the_same_command_goes_on(data: Path, tmp_path: Path) -> None:
    corpus = load_corpus.write(tmp_path / "corpus")
    whole = [sys.executable, "-m", "indexer", "load", str(corpus)]
    marks = Database(f"sqlite:///{data / 'patentry.sqlite'}")
    with subprocess.Popen(whole, cwd=machine.ROOT, env=environment(data), stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not _stored(marks):
            continue
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=120)
    marks.close()
    assert process.returncode == 130, out
    assert "stopped; the same command goes on from here" in out
    again = command(data, "load", corpus)
    assert again.returncode == 1
    assert "were read before the interruption" in again.stdout
    assert "written 0 + merged 0" in command(data, "load", corpus).stdout


def _stored(database: Database) -> bool:
    return any(run.counts.read for run in Loads(database).last(1))


def test_convert_then_load_is_load(data: Path, tmp_path: Path) -> None:
    weekly = tmp_path / "weekly.xml"
    weekly.write_bytes(grant() + b"\n" + grant().replace(b"07654321", b"07654322"))
    out = tmp_path / "out.jsonl"
    converted = command(data, "convert", weekly, "--out", out)
    assert converted.returncode == 0
    assert BALANCE.search(converted.stderr)
    assert command(data, "load", out).returncode == 0
    bench = opened(data)
    assert bench.get("US7654321B2") == decode(out.read_bytes().splitlines()[0])
    assert bench.get("US7654321B2").sources[0].file == "weekly.xml"
    bench.index.close()
    bench.database.close()
    assert "unchanged 2" in command(data, "load", weekly).stdout


def test_convert_to_standard_output_is_nothing_but_lines(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(encode(a_patent()) + b"\nbroken\n")
    done = command(data, "convert", file, "--out", "-", "--format", "patentry-json")
    assert done.returncode == 1
    assert [json.loads(line)["number"] for line in done.stdout.splitlines()] == ["CN110330865B"]
    assert "a.jsonl @" in done.stderr


def test_rebuild_and_roll_back_keep_every_document(data: Path, tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", *(a_patent(f"CN{110000000 + place}B") for place in range(1500)))
    command(data, "load", file)
    for words in (("rebuild",), ("roll-back",)):
        done = command(data, *words)
        assert done.returncode == 0, done.stderr
        assert "1500 documents" in command(data, "status").stdout
    bench = opened(data)
    assert len(bench.state()) == 1500
    bench.index.close()
    bench.database.close()


def test_a_replay_by_command(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(encode(a_patent()).replace(b'"country"', b'"contry"') + b"\n")
    assert command(data, "load", file).returncode == 2
    lines(file, a_patent())
    done = command(data, "rejects", "--replay")
    assert "written 1" in done.stdout
    assert "0 in all" in done.stderr
