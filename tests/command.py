"""The command `patentry` for tests, as an operator runs it: in this process, in one of its own, as a server."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from search.cli import main
from tests.machine import ROOT

_STARTED = "Uvicorn running on "


def environment(data: Path, **settings: str) -> dict[str, str]:
    """As on a fresh machine: no setting but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PATENTRY_", "DATABASE_", "ELASTICSEARCH_"))}
    return kept | {"PATENTRY_ENV": "development", "PATENTRY_DATA": str(data), "PYTHONPATH": str(ROOT)} | settings


class Ran(NamedTuple):
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


def patentry(*arguments: str, data: Path, typed: str = "", **settings: str) -> Ran:
    """The command in this process, which has imported what it takes; only the environment, as ever, says where."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, environment(data, **settings), clear=True),
        mock.patch.object(sys, "stdin", io.StringIO(typed)),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main(arguments)
    return Ran(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def apart(*arguments: str, data: Path, **settings: str) -> Ran:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "search", *arguments]
    done = subprocess.run(command, env=environment(data, **settings), capture_output=True, text=True, check=False, timeout=120)
    return Ran(done.returncode, done.stdout, done.stderr)


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[tuple[str, list[str]]]:
    """A server on a free port: its address, and the lines of its log up to now (more when it has ended)."""
    command = [sys.executable, "-m", "search", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment(data, **settings), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said: list[str] = []
        try:
            for line in process.stderr:
                said.append(line)
                if _STARTED in line:
                    break
            yield json.loads(said[-1])["message"].partition(_STARTED)[2].split()[0], said
        finally:
            process.terminate()
            said += process.stderr.readlines()
