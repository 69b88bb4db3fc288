"""The registry of formats: a file is known by its first bytes, the first parser that recognises it reads it."""

from indexer.model import Parser
from indexer.parsers import cnipa_xml, gazette_csv, gazette_json, lens_json, patentry_json, uspto_older, uspto_xml

PARSERS: tuple[Parser, ...] = (uspto_xml, uspto_older, cnipa_xml, patentry_json, gazette_json, lens_json, gazette_csv)
"""In order of recognition."""

HEAD = 4096
"""Bytes of a file that recognition sees."""


def known(name: str) -> Parser | None:
    """The parser of the format called `name`."""
    return next((parser for parser in PARSERS if name == parser.FORMAT), None)


def recognise(head: bytes, name: str) -> Parser | None:
    """The parser for a file that starts with `head`; ``None`` where no format fits."""
    return next((parser for parser in PARSERS if parser.recognise(head, name)), None)
