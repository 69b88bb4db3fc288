"""The repository's own files, as the architecture and documentation tests read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

from tests.machine import ROOT

PRODUCT = ("auth", "search", "indexer", "loadtests", "scripts")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, in the repository, relative to its root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    names = (name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in map(Path, names) if (ROOT / path).is_file())


def python(*folders: str) -> tuple[Path, ...]:
    """The Python files under these top folders."""
    return tuple(path for path in files() if path.suffix == ".py" and path.parts[0] in folders)


@cache
def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(text(path))
