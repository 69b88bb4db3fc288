"""Archives made by hand: sound ones, broken ones and attacks."""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Mapping


def zipped(members: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], *, link: str | None = None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        if link:
            entry = tarfile.TarInfo(link)
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/hostname"
            archive.addfile(entry)
    return out.getvalue()


def bomb(size: int, *, start: bytes = b"") -> bytes:
    """A gzip file of `start` and `size` blanks, a thousandth of that long."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    chunk = b" " * 2**20
    return packer.compress(start) + b"".join(packer.compress(chunk) for _ in range(size // len(chunk))) + packer.flush()


def quine_like(depth: int) -> bytes:
    """A ZIP in a ZIP in a ZIP …"""
    data = b"{}"
    for level in range(depth):
        data = zipped({f"{level}.zip": data})
    return data


def overlapping(copies: int, data: bytes) -> bytes:
    """A ZIP whose directory names one member many times (CVE-2019-13232's way, without the overlap of headers)."""
    one = zipped({"x.xml": data})
    end = one.rindex(b"PK\x05\x06")
    start = one.index(b"PK\x01\x02")
    entry = one[start:end]
    directory = entry * copies
    tail = bytearray(one[end:])
    tail[8:12] = min(copies, 65535).to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    return one[:start] + directory + bytes(tail)


def encrypted(data: bytes) -> bytes:
    """A ZIP whose member says it is encrypted."""
    made = bytearray(zipped({"x.xml": data}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def truncated_gzip(data: bytes, kept: int) -> bytes:
    return gzip.compress(data, mtime=0)[:kept]
