"""The one lock file: covers pyproject.toml, has a hash for everything and no address; production takes its part of it."""

import re
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.architecture import tree
from tests.machine import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = dict(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", LOCK))


@pytest.mark.parametrize("wanted", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])
def test_every_dependency_is_pinned_within_its_bounds(wanted: str) -> None:
    requirement = Requirement(wanted)
    assert requirement.specifier.contains(PINS[requirement.name.lower()])


def test_every_pin_has_hashes_and_nothing_has_an_address() -> None:
    blocks = re.split(r"(?m)^(?=[a-z0-9])", LOCK)
    assert [block.splitlines()[0] for block in blocks if block.strip() and "--hash=sha256:" not in block] == []
    assert "://" not in LOCK
    assert re.search(r"(?m)^\s*--(index-url|extra-index-url|find-links|trusted-host)", LOCK) is None


def locked(*names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, ROOT / "scripts/locked.py", *names], capture_output=True, text=True, check=False)


def test_production_takes_what_the_service_needs_and_no_tool_of_development() -> None:
    told = locked().stdout
    names = set(re.findall(r"(?m)^([a-z0-9._-]+)==", told))
    assert {Requirement(wanted).name.lower() for wanted in PROJECT["dependencies"]} <= names
    assert {"starlette", "pydantic-core", "uvloop", "argon2-cffi-bindings", "mako"} <= names  # asked for by those
    assert names & {"pytest", "mypy", "ruff", "locust", "playwright", "hypothesis", "setuptools"} == set()
    assert set(told.splitlines()) <= set(LOCK.splitlines())


def test_an_unknown_package_is_an_error() -> None:
    done = locked("no-such-package")
    assert done.returncode != 0
    assert "no-such-package" in done.stderr


def test_the_lock_is_read_by_the_scripts_that_install() -> None:
    for path in ("scripts/setup", "Dockerfile"):
        assert "--require-hashes" in tree.text(tree.Path(path))
