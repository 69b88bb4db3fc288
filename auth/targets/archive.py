"""The one zip of given files: stored, sorted by name, one date, no attributes (APPNOTE 4.3 without any of its choices).

A reader makes it again from what it read and compares every byte, so that no flipped bit has a place to hide.
"""

import struct
import zlib
from collections.abc import Mapping

_VERSION = 10  # 1.0: nothing but stored files
_DATE = 33  # 1 January 1980, the first that the format has


def archive(files: Mapping[str, bytes]) -> bytes:
    """The zip of the files, by name. Names are ASCII; all of it is under 4 GiB and 65,536 files."""
    return b"".join(pieces(files))


def pieces(files: Mapping[str, bytes]) -> list[bytes]:
    """The same in order, the files themselves not copied: to be sent piece by piece."""
    made: list[bytes] = []
    entries: list[bytes] = []
    at = 0
    for name, data in sorted(files.items()):
        raw = name.encode("ascii")
        shared = struct.pack("<HHHHHIIIHH", _VERSION, 0, 0, 0, _DATE, zlib.crc32(data), len(data), len(data), len(raw), 0)
        made += (b"PK\3\4" + shared + raw, data)
        entries.append(b"PK\1\2" + struct.pack("<H", _VERSION) + shared + struct.pack("<HHHII", 0, 0, 0, 0, at) + raw)
        at += len(made[-2]) + len(data)
    directory = b"".join(entries)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), at, 0)
    return [*made, directory, end]
