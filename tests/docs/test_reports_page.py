"""docs/reports.md names every kind of report, every key and every bound that there is, and its command and request run."""

import json
import re
import shlex
from pathlib import Path

from search.export.reports import annex, key, pdf, tabling
from search.export.reports.order import KINDS, MOST_KEYS, MOST_ROWS, NEWEST
from search.export.reports.schemas import ReportBody, ReportParams
from search.find.schemas import Meant
from tests.command import patentry
from tests.machine import ROOT
from tests.service import a_stock, running

PAGE = (ROOT / "docs" / "reports.md").read_text("utf-8")


def test_every_kind_key_and_bound_is_named() -> None:
    rows = [re.findall(r"`(\w+)`", row.split("|")[1]) for row in PAGE.splitlines() if row.startswith("| `")]
    first = {name for row in rows for name in row}
    assert set(KINDS) <= first
    assert set(ReportBody.model_fields) - set(Meant.model_fields) <= first
    assert all(f"`{name}`" in PAGE for name in {*ReportParams.model_fields, *ReportBody.model_fields})
    bounds = (MOST_ROWS, MOST_KEYS, NEWEST, key.CITED, key.BEST, tabling.DOWN, annex.MOST, pdf.TIME_S)
    assert [bound for bound in bounds if f"{bound:,}" not in PAGE] == []
    assert tabling.ACROSS == 12
    assert "twelve" in PAGE


def test_the_request_and_the_command_of_the_page_run(tmp_path: Path) -> None:
    [body] = re.findall(r"-d '(\{.*\})'", PAGE)
    [command] = re.findall(r"^\.venv/bin/patentry (report .*)$", PAGE, re.MULTILINE)
    with running(tmp_path, a_stock()) as service:
        assert service.as_("researcher").post("/api/v1/reports", json=json.loads(body) | {"charts": False}).status_code == 200
    words = [str(tmp_path / Path(word).name) if word.startswith("var/") else word for word in shlex.split(command)]
    assert patentry(*words, "--no-charts", data=tmp_path).returncode == 0
