"""The registry of formats: a file is known by its first bytes, the first parser that recognises it reads it."""

from indexer.model import Parser

PARSERS: tuple[Parser, ...] = ()
"""In order of recognition."""

HEAD = 4096
"""Bytes of a file that recognition sees."""


def known(name: str) -> Parser | None:
    """The parser of the format called `name`."""
    return next((parser for parser in PARSERS if name == parser.FORMAT), None)


def recognise(head: bytes, name: str) -> Parser | None:
    """The parser for a file that starts with `head`; ``None`` where no format fits."""
    return next((parser for parser in PARSERS if parser.recognise(head, name)), None)
