"""The documentation agrees with the code: generated pages, commands, settings, links."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from indexer.cli import app as indexer_app
from indexer.sample.cli import app as sample_app
from search.cli import app as service_app
from tests.architecture import tree
from tests.docs import generated
from tests.machine import ROOT

PAGES = tuple(path for path in tree.files() if path.suffix == ".md")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", generated.PAGES, ids=str)
def test_generated_pages_are_those_of_the_code(path: Path) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == generated.PAGES[path](), "run: make docs"


def test_settings_that_tests_and_scripts_read_are_documented() -> None:
    page = (ROOT / generated.SETTINGS).read_text(encoding="utf-8")
    named = {
        name
        for path in tree.files()
        if path.suffix in {".py", ".yml", ""} and path != Path("tests/docs/test_documents.py")
        for name in re.findall(r"\b(?:PATENTRY_[A-Z_]+[A-Z]|DATABASE_URL|ELASTICSEARCH_URL)\b", tree.text(path))
    }
    assert {name for name in named if f"`{name}`" not in page} == set()


def commands(app: typer.Typer) -> Iterator[str]:
    """The command lines the application takes, groups before their commands."""
    command = typer.main.get_command(app)
    for name, inner in getattr(command, "commands", {command.name: command}).items():
        yield str(name)
        yield from (f"{name} {deeper}" for deeper in getattr(inner, "commands", {}))


def test_every_command_of_the_documentation_exists() -> None:
    known = {*commands(service_app), *commands(indexer_app), "sample"}
    assert typer.main.get_command(sample_app).name == "sample"
    for path in PAGES:
        if path.name == "CHANGELOG.md" or "decisions" in path.parts:
            continue
        for words in re.findall(r"(?:`|bin/|--rm migrate )(?:patentry )?([a-z-]+(?: [a-z-]+)?)", _commands_of(tree.text(path))):
            first = words.split()[0]
            assert words in known or first in known, f"{path}: patentry {words}"


def _commands_of(page: str) -> str:
    """Only what calls patentry, one call a line."""
    return "\n".join(re.findall(r"(?:`|bin/|--rm migrate )patentry [a-z -]+|--rm migrate [a-z -]+", page))


def test_every_make_target_of_the_documentation_exists_and_says_what_it_does() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", MAKEFILE))
    explained = set(re.findall(r"(?m)^([a-z-]+):.*## ", MAKEFILE))
    assert targets == explained
    named = {name for path in PAGES for name in re.findall(r"`?make ([a-z]+[a-z-]*)\b(?=[` ]*(?:`|#|$|\())", tree.text(path), re.M)}
    assert {"run", "test"} <= named
    assert named <= targets


def test_links_inside_the_documentation_lead_somewhere() -> None:
    broken = [
        f"{path}: {target}"
        for path in PAGES
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", tree.text(path))
        if not (ROOT / path.parent / target).exists()
    ]
    assert broken == []


def test_a_decision_has_context_decision_and_consequences_and_a_number_of_its_own() -> None:
    decisions = [path for path in PAGES if "decisions" in path.parts]
    numbers = [path.name[:4] for path in decisions]
    assert len(set(numbers)) == len(numbers) > 5
    for path in decisions:
        text = tree.text(path)
        assert all(word in text.lower() for word in ("context", "decision", "consequences")), path
