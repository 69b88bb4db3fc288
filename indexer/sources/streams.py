"""A decompressed stream that never raises: where its source breaks, it ends and says why."""

import io
import lzma
import struct
import tarfile
import zipfile
import zlib

from indexer.sources.limits import Meter, SourceError

BUFFER = 2**18
_STEP = 2**14  # what a broken archive loses of its last readable bytes at most
HEAD = 4096
"""Bytes that `Stream.peek` shows of a file that has as many."""

_BROKEN: dict[type[Exception], str] = {
    EOFError: "ends too early",
    zlib.error: "damaged compressed data",
    lzma.LZMAError: "damaged compressed data",
    zipfile.BadZipFile: "damaged ZIP file",
    tarfile.TarError: "damaged TAR file",
    NotImplementedError: "compressed by a method that is not read",
    RuntimeError: "encrypted, which is not read",  # zipfile's own class for a password; the one above is a kind of it
    OSError: "can't be read",
    ValueError: "damaged names or sizes",
    struct.error: "damaged names or sizes",
}
"""What the decompressors raise on damage; the first that fits."""

FAILURES: tuple[type[Exception], ...] = (SourceError, *_BROKEN)
"""What opening and reading a source may raise; `reason` says it in words."""


def reason(error: Exception) -> str:
    """What the operator is told of a decompressor's error."""
    if isinstance(error, SourceError):
        return error.reason
    said = next((text for kind, text in _BROKEN.items() if isinstance(error, kind)), "can't be read")
    return f"{said} ({error})" if str(error) else said


class Guarded(io.RawIOBase):
    """Reads `inner`, counts what comes out, and turns every failure into an end: `failure` holds the reason."""

    def __init__(self, inner: io.BufferedIOBase, meter: Meter) -> None:
        super().__init__()
        self._inner = inner
        self._meter = meter
        self.failure: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io declares any writable buffer
        """At least `HEAD` bytes unless the end is near: what was read before a failure is given, not lost with it."""
        size = 0
        try:
            while self.failure is None and size < min(len(buffer), HEAD):
                data = self._inner.read1(min(len(buffer) - size, _STEP))
                if not data:
                    break
                self._meter.took(len(data))
                buffer[size : size + len(data)] = data
                size += len(data)
        except FAILURES as error:
            self.failure = reason(error)
        return size


class Stream(io.BufferedReader):
    """What parsers read; `failure` says why the source ended before its end, ``None`` where it did not."""

    def __init__(self, inner: io.BufferedIOBase, meter: Meter) -> None:
        self._guarded = Guarded(inner, meter)
        super().__init__(self._guarded, BUFFER)

    @property
    def failure(self) -> str | None:
        return self._guarded.failure
