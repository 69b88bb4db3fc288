"""The requests and commands of docs/export.md, and that of effects in docs/analysis.md, against the service of the tour."""

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable

import httpx2
import orjson
import pytest
from openpyxl import load_workbook

from tests.docs.conftest import Tour
from tests.machine import ROOT

Run = Callable[[str], bytes]


def blocks(page: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def run(tour: Tour) -> Run:
    """Runs a block as a person does who is signed in; what it prints."""
    email, password = (tour.data / "demo-logins.txt").read_text(encoding="utf-8").splitlines()[0].split()[1:3]
    address = f"http://127.0.0.1:{tour.port}/api/v1/auth/login"
    token = httpx2.post(address, data={"username": email, "password": password}).json()["access_token"]
    settings = {"TOKEN": token, "PATENTRY_DATA": str(tour.data), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}

    def ran(block: str) -> bytes:
        command = tour.localised(block).replace(".venv/bin/patentry", f"{sys.executable} -m search")
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=ROOT, env=settings, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    return ran


def test_the_request_gives_a_table(run: Run) -> None:
    (request,) = [block for block in blocks("export.md") if block.startswith("curl")]
    rows = list(csv.reader(io.StringIO(run(request).decode("utf-8-sig"), newline="")))
    assert rows[0] == ["(11) 公开（公告）号", "(54) 名称", "(51) 国际分类"]
    assert len(rows) > 1
    assert {row[0][:2] for row in rows[1:]} == {"CN"}


def test_the_command_writes_a_workbook(run: Run, tour: Tour) -> None:
    (command,) = [block for block in blocks("export.md") if "patentry export" in block]
    run(command)
    assert load_workbook(tour.data / "batteries.xlsx").worksheets[0].max_row > 1


def test_the_request_for_effects_gives_cells_with_sentences(run: Run) -> None:
    (request,) = [block for block in blocks("analysis.md") if "/analysis/effects" in block]
    table = orjson.loads(run(request))
    assert table["total"] >= table["looked_at"] > 0
    assert all(len(cell["sentences"]) <= 5 for cell in table["cells"])
