"""A file is of one format by its first bytes, whatever it is called."""

import gzip
import lzma
from pathlib import Path

import pytest

from indexer.parsers import HEAD, PARSERS, recognise
from tests.unit.parsers import samples

HEADS = {
    "cnipa-xml": samples.CNIPA,
    "gazette-json": samples.GAZETTE_JSON,
    "gazette-csv": (samples.GAZETTE_HEADER + samples.GAZETTE_ROW).encode("gb18030"),
    "lens-json": samples.LENS,
    "patentry-json": samples.PATENTRY,
}
NONE = [
    b"",
    b"\x00" * HEAD,
    b"{}",
    b"[]",
    b"<html><body>",
    b"item,name\n1,2\n",
    b"%PDF-1.7",
    b'{"a":1}',
    "公开号,名称\n".encode("gb18030"),
]


@pytest.mark.parametrize("name", sorted(HEADS))
@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
def test_one_format_and_no_other(name: str, prefix: bytes) -> None:
    head = (prefix + HEADS[name])[:HEAD]
    assert [parser.FORMAT for parser in PARSERS if parser.recognise(head, "anything.txt")] == [name]


@pytest.mark.parametrize("head", NONE, ids=lambda head: repr(head[:12]))
def test_what_is_of_no_format(head: bytes) -> None:
    assert recognise(head, "patents.jsonl") is None


REAL = {
    "cnipa/publications/*/*.XML": "cnipa-xml",
    "cnipa/gazette/*.gz": "gazette-json",
    "cnipa/gazette-raw/*.xz": "gazette-csv",
    "lens/*.jsonl": "lens-json",
    "cnipa/abstracts/*.gz": None,
    "classification/china/*.jsonl": None,
    "tables/*.csv": None,
}


@pytest.mark.data
@pytest.mark.parametrize("pattern", sorted(REAL))
def test_the_real_files(real_data: Path, pattern: str) -> None:
    paths = sorted(real_data.glob(pattern))
    assert paths
    opened = {".gz": gzip.open, ".xz": lzma.open}
    for path in paths:
        with opened.get(path.suffix, open)(path, "rb") as file:
            head = file.read(HEAD)
        assert [parser.FORMAT for parser in PARSERS if parser.recognise(head, path.name)] == (
            [REAL[pattern]] if REAL[pattern] else []
        )
