"""Files of classes: plain, compressed, or archives of such; each is known by its first bytes."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from search.find.classes import scheme_xml, tables
from search.find.classes.errors import SchemeRefused
from search.find.classes.model import Entry, Link, Refusal

_LARGEST = 512 << 20
"""Bytes of one file after decompression; the whole CPC has 90 MB in 678."""

_COMPRESSED = (b"\xfd7zXZ\x00", b"BZh", b"\x1f\x8b")


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...


def parts(path: Path) -> Iterator[tuple[str, Iterator[Entry | Link | Refusal]]]:
    """What a file holds: each scheme or concordance in it by its name; raises `SchemeRefused` and `OSError`."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        with _readable(zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if not name.endswith("/"):
                    with archive.open(name) as member:
                        yield name, _read(member, name)
    elif tarfile.is_tarfile(path):
        with _readable(tarfile.TarError), tarfile.open(path) as held:
            for info in held:
                if info.isfile() and (opened := held.extractfile(info)):
                    yield info.name, _read(opened, info.name)
    elif head.startswith(_COMPRESSED[2]):
        with _readable(EOFError), gzip.open(path) as unpacked:
            yield path.name, _read(unpacked, path.name)
    else:
        with path.open("rb") as plain:
            yield path.name, _read(plain, path.name)


def _read(file: _Bytes, name: str) -> Iterator[Entry | Link | Refusal]:
    data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise SchemeRefused(f"{name} 过大", f"{name} is too large")
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return scheme_xml.entries(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SchemeRefused(f"{name} 不是 UTF-8 文本", f"{name} is no text in UTF-8") from None
    lines = io.StringIO(text, newline=None)
    first = lines.readline().rstrip("\n")
    found = tables.reader(first)
    if found is None:
        raise SchemeRefused(f"{name} 不是可识别的分类表或对照表", f"{name} is no scheme or concordance that is known")
    lines.seek(0)
    return found(line.rstrip("\n") for line in lines)


@contextmanager
def _readable(broken: type[Exception]) -> Iterator[None]:
    try:
        yield
    except (broken, zipfile.BadZipFile, gzip.BadGzipFile, EOFError) as error:
        raise SchemeRefused(f"文件已损坏：{error}", f"the file is broken: {error}") from None
