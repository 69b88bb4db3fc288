"""The fast way through USPTO documents gives exactly what the slow way gives, on every real file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from indexer.model import RawRecord
from indexer.parsers import uspto_text, uspto_xml, xml
from indexer.parsers.mathml import formula

pytestmark = pytest.mark.data

LINES = {"br", "ul", "ol", "li", "dl", "dt", "dd", "tables", "table", "row", "maths", "claim-text", "pre"}


def documents(folder: Path) -> Iterator[RawRecord]:
    for path in sorted(folder.joinpath("uspto").rglob("*")):
        if path.suffix.lower() != ".xml" or not uspto_xml.recognise(path.read_bytes()[:4096], path.name):
            continue
        with path.open("rb") as stream:
            for record in uspto_xml.records(stream, path.name):
                if isinstance(record, RawRecord) and b"<us-patent-" in record.data:
                    yield record


def test_a_cut_document_reads_like_one_that_lxml_wrote_anew(real_data: Path) -> None:
    fast = 0
    for record in documents(real_data):
        anew = RawRecord(b"<?xml version='1.0'?><!-- whole -->" + uspto_xml._normalised(record.data), record.file, record.offset)
        body = record.data[uspto_xml._ROOTS.search(record.data).start() :]  # type: ignore[union-attr]
        fast += uspto_xml._cuts_well(record.data, body)
        assert uspto_xml.parse(record) == uspto_xml.parse(anew), (record.file, record.offset)
    assert fast > 450


def test_texts_are_those_of_a_walk_through_the_tree(real_data: Path) -> None:
    """An oracle without any of the cutting: paragraphs by walking the elements one by one."""
    for record in documents(real_data):
        patent = uspto_xml.parse(record)
        root = xml.parse(record.data)
        description = root.find("description")
        walked = [] if description is None else [text for text in map(tidy, walk(description).split("\x1e")) if text]
        assert list(patent.description.get("en", ())) == walked, (record.file, record.offset)
        claims = [tidy(walk(claim).replace("\x1e", "\n")) for claim in root.iterfind("claims/claim")]
        assert [claim.text for claim in patent.claims] == [re.sub(r"^\d+\s*[.:)]\s*", "", text) for text in claims]


def walk(element: etree._Element, before: str = "") -> str:
    name = element.tag
    if name == "maths":
        return f"\n{formula(element)}\n"
    mark = "\x1e" if name in ("p", "heading") else "\n" if name in LINES else ""
    text = mark or ("\t" if name == "entry" else "")
    inner = re.sub(r"[\n\r\t]", " ", element.text or "")
    whole = before + text
    if name in ("sup", "sup2") and re.search(r"[0-9]$", whole) and re.match(r"[-+−–]?[0-9]", inner):
        text += "^"
    text += inner
    for child in element:
        text += walk(child, (before + text)[-40:])
        text += re.sub(r"[\n\r\t]", " ", child.tail or "")
    return text + mark


def tidy(text: str) -> str:
    lines = [re.sub(r" *\t[ \t]*", "\t", line).strip(" \t") for line in text.split("\n")]
    return "\n".join(re.sub(r" {2,}", " ", line) for line in lines if line).strip()


def test_no_markup_is_left_in_any_text(real_data: Path) -> None:
    assert uspto_text.paragraphs("<p>1 &lt; 2</p>") == ("1 < 2",)
    for record in documents(real_data):
        patent = uspto_xml.parse(record)
        texts = [*patent.titles.values(), *patent.abstracts.values(), *(claim.text for claim in patent.claims)]
        for text in (*texts, *patent.description.get("en", ())):
            assert not re.search(r"</?[a-z][a-z0-9-]*( [a-z]+=| ?/?>)|&#?[a-z0-9]{2,};|[\x00-\x08\x1e]", text), record.file
