"""The text of a PDF as it is copied out of it: a small reader of its own, enough for the files that are made here.

Objects stand uncompressed, streams are Flate; each composite font has a ToUnicode map of two-byte codes (ISO 32000-1, 9.10.3).
"""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj\s*<<(.*?)>>\s*(?:stream\r?\n|endobj)", re.DOTALL)
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\)|(?<!ActualText)<([0-9A-Fa-f]+)>", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without line ends."""
    objects = {int(found[1]): (found[2], found.end()) for found in _OBJECT.finditer(pdf)}
    return [
        "".join(_text(_stream(pdf, *objects[int(content)]), _fonts(pdf, resources, objects)))
        for content, resources in _contents(pdf, objects)
    ]


def text(pdf: bytes) -> str:
    """The text of all pages."""
    return "".join(pages(pdf))


def _contents(pdf: bytes, objects: dict[int, tuple[bytes, int]]) -> Iterator[tuple[bytes, bytes]]:
    for whole, _ in objects.values():
        if re.search(rb"/Type\s*/Page\b", whole):
            content = re.search(rb"/Contents (\d+) 0 R", whole)
            assert content is not None
            named = re.search(rb"/Resources (\d+) 0 R", whole)
            yield content[1], objects[int(named[1])][0] if named else whole


def _stream(pdf: bytes, head: bytes, start: int) -> bytes:
    length = re.search(rb"/Length (\d+)", head)
    assert length is not None
    data = pdf[start : start + int(length[1])]
    return zlib.decompress(data) if b"FlateDecode" in head else data


def _fonts(pdf: bytes, resources: bytes, objects: dict[int, tuple[bytes, int]]) -> dict[bytes, dict[bytes, str]]:
    fonts = {}
    for name, number in re.findall(rb"/(f\d+|F\d+) (\d+) 0 R", resources):
        mapped = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)][0])
        if mapped:
            fonts[name] = _unicode(_stream(pdf, *objects[int(mapped[1])]))
    return fonts


def _unicode(cmap: bytes) -> dict[bytes, str]:
    pairs = re.findall(rb"^<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*$", cmap, re.MULTILINE)
    return {bytes.fromhex(code.decode()): bytes.fromhex(letters.decode()).decode("utf-16-be") for code, letters in pairs}


def _text(content: bytes, fonts: dict[bytes, dict[bytes, str]]) -> Iterator[str]:
    font: dict[bytes, str] = {}
    for found in _SHOWN.finditer(content):
        if found[1]:
            font = fonts.get(found[1], {})
        else:
            codes = bytes.fromhex(found[3].decode()) if found[3] else _ESCAPED.sub(_unescaped, found[2])
            yield "".join(font.get(codes[at : at + 2], "?") for at in range(0, len(codes), 2))


def _unescaped(found: re.Match[bytes]) -> bytes:
    """A byte of a literal string (7.3.4.2)."""
    return bytes([int(found[1], 8)]) if found[1].isdigit() else _LETTERS.get(found[1], found[1])
