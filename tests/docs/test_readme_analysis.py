"""The README's way from a query to a report: word for word on the sample, and the same over real documents, recounted."""

import io
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import docx
import pytest
import python_calamine
from starlette.testclient import TestClient

from search.patent.model import Patent
from tests.differential.documents import full_texts, gazette
from tests.docs.conftest import Tour
from tests.docs.test_readme import README
from tests.docs.test_readme import TOUR as FIRST
from tests.machine import ROOT, real_documents, soaking
from tests.service import running

TOUR = README.partition("## From a query to a report")[2].partition("\n## ")[0]
WEEK = 36_725 if soaking() else 4_000
"""Entries of the gazette's week that are loaded beside the 640 applications."""


def _blocks(text: str, kind: str) -> str:
    return "".join(block for found, block in re.findall(r"```(sh|text)\n(.*?)```", text, re.DOTALL) if found == kind)


def test_the_way_from_a_query_to_a_report_word_for_word(tour: Tour) -> None:
    """The blocks go on in the terminal of the first tour, where somebody signed in."""
    sign_in = _blocks(FIRST, "sh").partition("curl -s -G")[0]
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", tour.localised(sign_in + _blocks(TOUR, "sh"))],
        cwd=ROOT,
        env=os.environ | {"PATENTRY_DATA": str(tour.data)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == tour.localised(_blocks(TOUR, "text")), done.stdout + done.stderr
    exported = python_calamine.CalamineWorkbook.from_path(str(tour.data / "batteries.xlsx"))
    assert max(exported.get_sheet_by_index(place).height for place in range(len(exported.sheet_names))) == 1 + 591
    assert "行业专利布局" in "".join(each.text for each in docx.Document(str(tour.data / "layout.docx")).paragraphs)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, list[Patent]]]:
    """A week of the gazette and 640 US applications, and who asks."""
    data = real_documents()
    held = {patent.number: patent for patent in (*islice(gazette(data), WEEK), *full_texts(data))} if data else {}
    with running(tmp_path_factory.mktemp("real"), list(held.values())) as service:
        yield service.as_("researcher"), list(held.values())


def _answer(caller: TestClient, name: str, **more: Any) -> Any:
    answer = caller.post(f"/api/v1/analysis/{name}", json={"query": "*", "unit": "publication"} | more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _years(held: list[Patent]) -> Counter[str]:
    return Counter(patent.application.date[:4] for patent in held if patent.application and patent.application.date)


@pytest.mark.data
def test_real_documents_are_counted_as_the_records_say(real: tuple[TestClient, list[Patent]]) -> None:
    caller, held = real
    trend = _answer(caller, "trend")
    assert trend["total"] == len(held)
    counted = {cell["keys"][0]: cell["count"] for cell in trend["cells"] if cell["count"]}
    assert counted == dict(_years(held))
    firms = Counter(name for patent in held for name in {party.name for party in patent.applicants})
    parties = _answer(caller, "parties", size=50)
    assert [cell["count"] for cell in parties["cells"]] == sorted(firms.values(), reverse=True)[:50]
    assert all(firms[cell["keys"][0]] == cell["count"] for cell in parties["cells"])
    kinds = next(part for part in _answer(caller, "legal")["parts"] if part["by"][0]["name"] == "kind")
    assert {cell["keys"][0]: cell["count"] for cell in kinds["cells"]} == Counter(patent.kind for patent in held)


@pytest.mark.data
@pytest.mark.parametrize("name", ["trend", "parties", "classes", "regions", "legal", "citations", "lifecycle", "matrix", "hot"])
def test_each_table_of_real_documents_opens_and_is_drawn(real: tuple[TestClient, list[Patent]], name: str) -> None:
    caller, _ = real
    table = _answer(caller, name, query="装置 OR tire")
    for cell in [cell for cell in table["cells"] if cell["count"]][:5]:
        found = caller.post("/api/v1/search", json={"query": cell["query"], "size": 1, "highlight": False}).json()
        assert found["total"] == cell["count"], cell
    address = f"/api/v1/analysis/{name}/chart.svg"
    drawn = caller.get(address, params={"q": "装置 OR tire", "unit": "publication"})
    if table["cells"]:
        assert drawn.status_code == 200, drawn.text
        assert "<svg" in drawn.text


@pytest.mark.data
@pytest.mark.parametrize("kind", ["latest", "layout", "competitors", "hot"])
def test_each_report_of_real_documents_opens_and_says_its_numbers(real: tuple[TestClient, list[Patent]], kind: str) -> None:
    caller, _ = real
    body = {"query": "装置 OR tire", "kind": kind, "unit": "publication", "format": "docx", "charts": False, "keys": 3}
    answer = caller.post("/api/v1/reports", json=body)
    assert answer.status_code == 200, answer.text
    report = docx.Document(io.BytesIO(answer.content))
    written = "".join(each.text for each in report.paragraphs)
    total = caller.post("/api/v1/search", json={"query": "装置 OR tire", "size": 1}).json()["total"]
    assert f"{total:,}" in written
    firms = _answer(caller, "parties", query="装置 OR tire")["cells"]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in report.tables]
    cells = [row[:2] for table in tables if table[0][:2] == ["申请人", "件数"] for row in table[1:]]
    listed = {cell["keys"][0]: f"{cell['count']:,}" for cell in firms}
    said = {name: count for name, count in cells if name in listed}
    assert all(listed[name] == count for name, count in said.items())
    assert kind not in ("layout", "competitors") or len(said) >= 3
