"""Opening archives: gz, xz, zip, tar. What stands in one comes as (path, how to open it), nothing is written but a spool."""

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath, PureWindowsPath
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from indexer.sources.limits import Meter, SourceError

HEAD = 512
"""Bytes that `recognise` needs: TAR has its mark at 257."""

_SPOOL = 16 * 2**20
_STEP = 2**16
_XZ_MEMORY = 128 * 2**20
_END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
_END_OF_DIRECTORY_64 = struct.Struct("<4sQ2H2L4Q")

Opener = Callable[[], io.BufferedIOBase]
Unpack = Callable[[BinaryIO, Meter], Iterator[tuple[str | None, Opener]]]
"""The files in an archive, each with its path, or ``None`` where the archive is one compressed file."""


def recognise(head: bytes) -> Unpack | None:
    """How to unpack a file that starts with `head`; ``None`` where it is no archive."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip
    if head.startswith(b"\x1f\x8b"):
        return _gzip
    if head.startswith(b"\xfd7zXZ\x00"):
        return _xz
    if head[257:262] == b"ustar":
        return _tar
    return None


def check_path(path: str | None) -> None:
    """Raises `SourceError` for a path that leads out of the archive (CWE-22)."""
    if path is None:
        return
    parts = PurePosixPath(path.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or PureWindowsPath(path).drive or "\x00" in path:
        raise SourceError("path outside the archive")


def _gzip(stream: BinaryIO, meter: Meter) -> Iterator[tuple[None, Opener]]:
    yield None, lambda: gzip.GzipFile(fileobj=stream)


def _xz(stream: BinaryIO, meter: Meter) -> Iterator[tuple[None, Opener]]:
    yield None, lambda: io.BufferedReader(_Xz(stream))


class _Xz(io.RawIOBase):
    """An xz file, with bounded memory: `lzma.LZMAFile` lets the file itself say how much it takes (up to 4 GB)."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__()
        self._packed = packed
        self._unpacker = self._fresh()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io declares any writable buffer
        data = b""
        while not data:
            if self._unpacker.eof:
                rest = self._unpacker.unused_data.lstrip(b"\x00") or self._packed.read(_STEP).lstrip(b"\x00")
                if not rest:
                    return 0
                self._unpacker = self._fresh()
            else:
                rest = self._packed.read(_STEP) if self._unpacker.needs_input else b""
                if not rest and self._unpacker.needs_input:
                    raise EOFError("the compressed file ended before its end marker")
            data = self._unpacker.decompress(rest, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    @staticmethod
    def _fresh() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)


def _tar(stream: BinaryIO, meter: Meter) -> Iterator[tuple[str, Opener]]:
    """In the order of the archive, in one pass; links and devices are refused by the opener."""
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for entry in archive:
            if not entry.isdir():
                yield entry.name, partial(_tar_member, archive, entry)
            archive.members = []  # type: ignore[attr-defined]  # it keeps every header; ours is one pass


def _tar_member(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> io.BufferedIOBase:
    if not entry.isreg():
        raise SourceError("a link or device, not a file")
    return cast(io.BufferedIOBase, archive.extractfile(entry))


def _zip(stream: BinaryIO, meter: Meter) -> Iterator[tuple[str, Opener]]:
    with _seekable(stream) as file:
        _check_directory(file, meter)
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if not entry.filename.endswith("/"):
                    yield entry.filename, partial(_zip_member, archive, entry)


def _zip_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> io.BufferedIOBase:
    return cast(io.BufferedIOBase, archive.open(entry))


@contextmanager
def _seekable(stream: BinaryIO) -> Iterator[IO[bytes]]:
    """A ZIP's directory stands at its end: a stream that can't jump there is spooled, on disk above 16 MB."""
    if stream.seekable():
        yield stream
        return
    with SpooledTemporaryFile(_SPOOL) as spool:
        while chunk := stream.read(2**20):
            spool.write(chunk)
        spool.seek(0)
        yield spool


def _check_directory(file: IO[bytes], meter: Meter) -> None:
    """Refuses a directory that would not fit in memory before zipfile reads it (APPNOTE 4.3.14, 4.3.16)."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 2**16 - _END_OF_DIRECTORY.size))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_OF_DIRECTORY.size:
        raise SourceError("damaged ZIP file (no directory at its end)")
    size = _END_OF_DIRECTORY.unpack_from(tail, at)[5]
    at_64 = tail.rfind(b"PK\x06\x06", 0, at)
    if size == 0xFFFFFFFF and at_64 >= 0 and len(tail) - at_64 >= _END_OF_DIRECTORY_64.size:
        size = _END_OF_DIRECTORY_64.unpack_from(tail, at_64)[8]
    if size > meter.limits.directory:
        raise SourceError(f"directory of {size} bytes: taken for a bomb")
