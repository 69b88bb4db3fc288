"""䶮 (U+4DAE), 𬭛 (U+2CB5B) and 𠮷 (U+20BB7) from a file that is loaded to search, highlights, GB18030 CSV, DOCX and PDF. How they
look in the PDF is seen in tests/unit/reports."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from starlette.testclient import TestClient

from search.app import create_app
from search.patent.model import Party, encode
from search.services import open_services
from tests.builders import a_claim, a_patent
from tests.command import patentry
from tests.service import Running, prepare
from tests.unit.reports import pdf_text

LETTERS = ("\u4dae", "\U0002cb5b", "\U00020bb7")
GB18030 = {  # beyond the BMP four bytes, counted from 90308130 (GB 18030-2022)
    "\u4dae": "fe9f",
    "\U0002cb5b": "9933aa35",
    "\U00020bb7": "9534b235",
}


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service into which a file of one patent for each letter, and one without, was loaded by the command."""
    folder = tmp_path_factory.mktemp("rare")
    settings = prepare(folder, [])
    source = folder / "patents.jsonl"
    source.write_bytes(b"\n".join(map(_line, (*LETTERS, "龙"))))
    loaded = patentry("load", str(source), data=folder)
    assert loaded.returncode == 0, loaded.stderr
    services = open_services(settings)
    try:
        yield Running(create_app(settings, services), services, settings, log=None).as_("researcher")  # type: ignore[arg-type]
    finally:
        services.close()


def _line(letter: str) -> bytes:
    return encode(
        a_patent(
            f"CN1000000{ord(letter) % 90 + 10}A",
            titles={"zh": f"一种含{letter}的合金"},
            abstracts={"zh": f"合金中有{letter}。"},
            claims=(a_claim(f"一种合金，其特征在于含{letter}。"),),
            description={"zh": (f"本发明涉及{letter}合金。",)},
            applicants=(Party(name=f"{letter}材料有限公司"),),
            application=None,
            family=None,
        )
    )


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_is_found_in_each_field_and_marked_where_it_stands(caller: TestClient, letter: str) -> None:
    for query in (
        letter,
        f"title:{letter}",
        f"claims:含{letter}",
        f'applicant:"{letter}材料有限公司"',
        f"description:{letter}合金",
    ):
        found = caller.post("/api/v1/search", json={"query": query}).json()
        assert found["total"] == 1, query
    [hit] = caller.post("/api/v1/search", json={"query": f"title:{letter}"}).json()["hits"]
    [passage] = hit["highlights"]["title"]
    [(start, end)] = passage["spans"]
    assert letter in passage["text"][start:end]


def test_the_letters_leave_as_gb18030(caller: TestClient) -> None:
    answer = caller.post("/api/v1/export", json={"query": "*", "format": "csv", "encoding": "gb18030"})
    assert answer.headers["content-type"].endswith("gb18030")
    for letter in LETTERS:
        assert bytes.fromhex(GB18030[letter]) in answer.content
        assert f"一种含{letter}的合金" in answer.content.decode("gb18030")


@pytest.mark.parametrize("layout", ["plain", "gb9704"])
def test_the_letters_stand_in_reports(caller: TestClient, layout: str) -> None:
    asked = {"query": "title:合金", "kind": "latest", "layout": layout, "charts": False}
    made = caller.post("/api/v1/reports", json={**asked, "format": "docx"})
    document = Document(BytesIO(made.content))
    text = "".join(each.text or "" for each in document.element.body.iter(qn("w:t")))
    printed = caller.post("/api/v1/reports", json={**asked, "format": "pdf"}).content
    whole = re.sub(r"\s", "", pdf_text.text(printed))
    for letter in LETTERS:
        for said in (
            f"一种含{letter}的合金",
            f"{letter}材料有限公司",
            f"一种合金，其特征在于含{letter}。",
            f"本发明涉及{letter}合金。",
        ):
            assert said in text
            assert said in whole
    shown = caller.get("/reports", params={"q": "title:合金", "kind": "latest", "charts": "false", "lang": "zh"}).text
    assert all(f"一种含{letter}的合金" in shown for letter in LETTERS)
