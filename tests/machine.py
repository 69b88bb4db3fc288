"""What this machine has of what the tests use: Java, Maven, PostgreSQL, Chromium, LibreOffice, Poppler, strace, Go, the real
documents.

`need(part)` stands at the head of a fixture: where the part is absent the test is skipped with the reason, and with
``CI=true`` it fails, so that nothing is skipped unseen there.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
JAVA = 21  # Elasticsearch 9 asks for it


@cache
def java_home() -> Path | None:
    """A JDK of version 21 or newer: ``ES_JAVA_HOME``, ``JAVA_HOME``, then the newest of the system's."""
    named = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    installed = sorted(Path("/usr/lib/jvm").glob("*"), key=_java_version, reverse=True)
    return next((home for home in named + installed if _java_version(home) >= JAVA), None)


@cache
def _java_version(home: Path) -> int:
    java = home / "bin" / "java"
    if not java.is_file():
        return 0
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


@cache
def maven() -> Path | None:
    found = shutil.which("mvn")
    return Path(found) if found else None


@cache
def postgres_bin() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``, version 15 or newer; Debian keeps it out of ``PATH``."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    debian = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if folder.parent.name.isdigit()]
    folders += sorted((f for f in debian if int(f.parent.name) >= 15), key=lambda f: int(f.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").is_file()), None)


@cache
def chromium() -> Path | None:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return Path(found) if found else None


@cache
def soffice() -> Path | None:
    found = shutil.which("soffice")
    return Path(found) if found else None


@cache
def poppler() -> Path | None:
    """The folder of ``pdftotext`` and ``pdftoppm``."""
    found = shutil.which("pdftotext")
    return Path(found).parent if found and shutil.which("pdftoppm") else None


@cache
def strace() -> Path | None:
    found = shutil.which("strace")
    return Path(found) if found else None


@cache
def go() -> Path | None:
    found = shutil.which("go")
    return Path(found) if found else None


@cache
def real_documents() -> Path | None:
    """The folder of real patent documents: ``PATENTRY_TEST_DATA``, else ``../shared/data`` beside the repository."""
    folder = Path(os.environ.get("PATENTRY_TEST_DATA") or ROOT.parent / "shared" / "data")
    return folder.resolve() if folder.is_dir() else None


_PARTS: Mapping[str, tuple[Callable[[], Path | None], str]] = {
    "java": (java_home, f"Java {JAVA} or newer, for the real Elasticsearch (set ES_JAVA_HOME)"),
    "maven": (maven, "Maven, which fetches the real Elasticsearch"),
    "postgres": (postgres_bin, "PostgreSQL 15 or newer (the server's binaries)"),
    "chromium": (chromium, "Chromium, for the pages in a real browser"),
    "soffice": (soffice, "LibreOffice Writer, which sets the reports"),
    "poppler": (poppler, "Poppler's tools, which read the pages that were set"),
    "strace": (strace, "strace, which makes system calls fail"),
    "go": (go, "Go, whose reader of signed notes checks ours"),
    "data": (real_documents, "the real documents (set PATENTRY_TEST_DATA to their folder)"),
}


def lacking() -> list[str]:
    """What is absent, a sentence a part."""
    return [f"no {words}" for find, words in _PARTS.values() if find() is None]


def need(part: str) -> Path:
    """The part's path; skips the test where it is absent, fails it with ``CI=true``."""
    find, words = _PARTS[part]
    path = find()
    return path or lack(f"no {words}")


def lack(reason: str) -> NoReturn:
    """Skips the test aloud, or fails it with ``CI=true``."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"with CI=true nothing may be lacking: {reason}")
    pytest.skip(reason)


def soaking() -> bool:
    """Whether the long sizes are asked for (``make soak``)."""
    return os.environ.get("PATENTRY_SOAK") == "1"
