"""Pages as they are printed: a DOCX is set by a real word processor, any PDF is read word by word and drawn as pixels."""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from tests.machine import need

_PAGE = re.compile(r'<page width="[\d.]+" height="[\d.]+">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@dataclass(frozen=True, slots=True)
class Word:
    """What stands together on a line, and where: points from the left and from above."""

    text: str
    left: float
    above: float
    right: float
    below: float


def set_by_a_word_processor(files: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """DOCX files by name -> PDF files. All by one start of the program, with a profile of its own."""
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    documents = [folder / f"{name}.docx" for name in files]
    command = [need("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run([*command, "--convert-to", "pdf", "--outdir", folder, *documents], capture_output=True, check=True, timeout=120)
    return {name: folder / f"{name}.pdf" for name in files}


def pages(pdf: Path) -> list[list[Word]]:
    """The words of each page."""
    said = _told("pdftotext", "-bbox", pdf, "-").decode()
    return [[Word(unescape(text), *map(float, place)) for *place, text in _WORD.findall(page)] for page in _PAGE.findall(said)]


def whole(pdf: Path) -> str:
    """The text without blanks, in two orders, as it was written and as it is placed: each parts some texts that the other has."""
    written, placed = (re.sub(r"\s", "", _told("pdftotext", *how, pdf, "-").decode()) for how in (["-raw"], ["-layout"]))
    return f"{written}\n{placed}"


def drawn(pdf: Path, page: int, *, above: int, high: int) -> bytes:
    """The grey pixels of a strip of a page (from 1), 72 an inch, so many points below the upper edge."""
    cut = ("-f", page, "-l", page, "-x", 0, "-y", above, "-W", 595, "-H", high)
    return _told("pdftoppm", "-gray", "-r", 72, *cut, pdf)


def _told(tool: str, *arguments: object) -> bytes:
    return subprocess.run([need("poppler") / tool, *map(str, arguments)], capture_output=True, check=True, timeout=60).stdout
