"""A second process that writes to an embedded engine, started and killed by a test."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def writer(data: Path, *, first: int = 1, size: int = 20, flush_every: int = 3) -> Iterator[subprocess.Popen[str]]:
    """A process that writes to `data`; killed at the end without warning."""
    words = [sys.executable, "-m", "tests.flow.embedded_writer", str(data), str(first), str(size), str(flush_every)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """What the process says, line by line."""
    assert process.stdout
    for line in process.stdout:
        yield line.strip()
