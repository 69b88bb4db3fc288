"""The house's rules about its files: size, docstrings, nothing of one machine, imports in one direction."""

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

from tests.architecture import tree
from tests.machine import ROOT

MACHINE_PATH = re.compile(r"(?<![\w.*}])/(work|root|home|farm|Users)/\w")
REGISTRY = re.compile(r"https?://[^\s\"')]*(pypi|pythonhosted|npmjs|registry|repo1?\.maven|crates\.io|proxy\.golang|deb\.debian)")


def test_imports_keep_the_contracts() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_service_starts_without_importing_elasticsearch() -> None:
    """A third of a second that an embedded start does not need; T: S7."""
    code = "import sys, search.app; print([name for name in ('elasticsearch', 'elastic_transport') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_no_file_is_too_long() -> None:
    limits = {path: 600 if path.parts[0] == "tests" else 500 for path in tree.python(*tree.PRODUCT, "tests")}
    assert [path for path, most in limits.items() if len(tree.text(path).splitlines()) > most] == []


def test_half_of_the_files_are_short() -> None:
    lengths = [len(tree.text(path).splitlines()) for path in tree.python(*tree.PRODUCT) if tree.text(path).strip()]
    assert statistics.median(lengths) < 120


Function = ast.FunctionDef | ast.AsyncFunctionDef


def own_lines(function: Function) -> int:
    """Lines of a function without those of the functions inside it (a router holds its routes)."""
    inside = [node for node in ast.walk(function) if isinstance(node, Function) and node is not function]
    taken = {line for node in inside for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    return len(set(range(function.lineno, (function.end_lineno or function.lineno) + 1)) - taken)


def test_no_function_is_too_long() -> None:
    """But a step of the schema, which is one list of tables."""
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path in tree.python(*tree.PRODUCT, "tests")
        if "migrations" not in path.parts
        for node in ast.walk(tree.syntax(path))
        if isinstance(node, Function) and own_lines(node) > 50
    ]
    assert long == []


def test_every_module_says_its_purpose() -> None:
    silent = [
        path for path in tree.python(*tree.PRODUCT, "tests") if tree.text(path).strip() and not ast.get_docstring(tree.syntax(path))
    ]
    assert silent == []


def test_no_room_without_a_duty() -> None:
    homeless = {"utils", "util", "common", "core", "helpers", "misc"}
    assert [path for path in tree.files() if homeless & {part.removesuffix(".py") for part in path.parts}] == []


def test_nothing_of_one_machine_stands_in_the_repository() -> None:
    found = [
        f"{path}: {hit[0]}"
        for path in tree.files()
        if path.suffix not in {".lock", ".png", ".ico"}
        for hit in [MACHINE_PATH.search(tree.text(path)), REGISTRY.search(tree.text(path))]
        if hit
    ]
    assert found == []


def test_the_rules_find_what_they_forbid() -> None:
    assert MACHINE_PATH.search("see /" + "work/shared/x")
    assert REGISTRY.search("https:/" + "/pypi.org/simple")
    assert not MACHINE_PATH.search("usr/lib/postgresql/15/bin")
