"""`patentry report`, as an operator runs it."""

import json
from pathlib import Path

import pytest
from docx import Document

from tests.command import patentry
from tests.service import a_stock, prepare


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    prepare(folder, a_stock())
    return folder


def test_a_query_becomes_a_report_with_a_chart(data: Path, tmp_path: Path) -> None:
    out, chosen = tmp_path / "a.docx", tmp_path / "chapters.json"
    chosen.write_text(json.dumps([{"heading": "走势", "tables": [{"name": "trend"}]}]), "utf-8")
    asked = ("--kind", "free", "--sections", str(chosen), "--layout", "gb9704", "--title", "锂电池")
    done = patentry("report", "title:电池", "--out", str(out), *asked, "--ceiling", "10000", data=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert "正文" in done.stdout
    document = Document(str(out))
    assert document.paragraphs[0].text == "锂电池"
    assert len(document.inline_shapes) == 1


def test_a_report_that_is_too_short_is_written_and_told(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    done = patentry("report", "title:电池", "--out", str(out), "--no-charts", "--keys", "1", "--floor", "100000", data=data)
    assert done.returncode == 1
    assert "characters are missing" in done.stderr
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("title:(", "--out", "a.docx"), "检索式"),
        (("title:电池", "--out", "a.odt"), "--out"),
        (("title:电池", "--out", "a.docx", "--kind", "mining"), "本企业的全称"),
        (("title:电池", "--out", "a.docx", "--rows", "1000"), "--rows"),
    ],
)
def test_what_can_not_be_made_is_told_in_a_line(data: Path, asked: tuple[str, ...], said: str) -> None:
    done = patentry("report", *asked, data=data, PATENTRY_LANG="zh")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert said in done.stderr
