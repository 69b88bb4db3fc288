"""`make setup` on a machine that can't: one clear line, nothing made."""

import subprocess
from pathlib import Path

from tests.machine import ROOT


def setup(python: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts/setup"], env={"PYTHON": python, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False
    )


def test_an_old_python_is_named_with_what_is_needed(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" || exit 1\n')
    old.chmod(0o755)
    done = setup(str(old))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Python 3.9.2" in done.stderr
    assert "3.11" in done.stderr


def test_a_missing_python_is_one_line() -> None:
    done = setup("python-that-is-nowhere")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "python-that-is-nowhere" in done.stderr


def test_every_script_stops_at_its_first_error() -> None:
    for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci/run"]:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if text.startswith("#!/usr/bin/env bash"):
            assert "set -euo pipefail" in text, path
            assert subprocess.run(["bash", "-n", path], check=False).returncode == 0, path
