"""The CNIPA gazette as JSON lines: ``{"pub_no": "CN305246987S", "title": …, "ipc": […] or "locarno": […]}``."""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from indexer.model import RawRecord, Rejected
from indexer.parsers import gazette, json
from indexer.parsers.lines import lines
from search.patent.model import Patent

FORMAT = "gazette-json"


class _Line(msgspec.Struct):
    pub_no: str
    title: str | None = None
    pub_date: str | None = None
    app_no: str | None = None
    app_date: str | None = None
    applicants: list[str] = []
    inventors: list[str] = []
    address: str | None = None
    ipc: list[str] = []
    locarno: list[str] = []


_decoder = msgspec.json.Decoder(_Line)


def recognise(head: bytes, name: str) -> bool:
    """By the first key, and one that tables of other things about publications lack."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b'{"pub_no":') and b'"app_no":' in head


def records(stream: BinaryIO, file: str) -> Iterator[RawRecord | Rejected]:
    """One record a line."""
    return lines(stream, file)


def parse(record: RawRecord) -> Patent:
    """The publication; raises `ParseError`."""
    line = json.decode(_decoder, record.data)
    entry = gazette.Entry(
        number=line.pub_no,
        title=line.title,
        published=line.pub_date,
        application=line.app_no,
        filed=line.app_date,
        applicants=line.applicants,
        inventors=line.inventors,
        address=line.address,
        symbols=line.locarno or line.ipc,
    )
    return gazette.patent(entry)
