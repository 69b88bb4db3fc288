"""Every file within files, folders and archives, as decompressed streams in a stable order."""

import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from indexer.sources import archives
from indexer.sources.limits import Limits, Meter
from indexer.sources.streams import FAILURES, Stream, reason

COMPANIONS = frozenset(
    f".{ending}"
    for ending in (
        *("bmp", "gif", "jpeg", "jpg", "pdf", "png", "svg", "tif", "tiff"),  # drawings and facsimiles
        *("cdx", "mol", "mml", "nb"),  # chemistry and formulas
        *("css", "dtd", "ent", "mod", "xsd", "xsl"),  # grammars and styles
        *("htm", "html", "md", "rtf"),  # leaflets
    )
)
"""Endings of files that go with publications and hold none; passed over."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A file on disk. `key` is its absolute path as valid text; `name` how answers and reports call it: relative to what was
    given."""

    path: Path
    key: str
    name: str
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Member:
    """A decompressed file. `key` and `name` are those of its origin, with ``!`` and its path inside for each archive."""

    origin: Origin
    key: str
    name: str
    stream: Stream
    raw: io.BufferedReader

    def position(self) -> int:
        """Bytes read of the file on disk, for progress."""
        return self.raw.tell()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or member that can't be opened, or must not be."""

    origin: Origin
    key: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A companion of publications."""

    origin: Origin


Found = Member | Unreadable | PassedOver


def origins(paths: Iterable[Path]) -> list[Origin]:
    """The files on disk, folders entered in the order of names, symbolic links to folders not followed.

    Raises `FileNotFoundError` for a path that does not exist.
    """
    found = []
    for path in paths:
        if path.is_dir():
            base = path.resolve()
            for folder, folders, names in os.walk(base):
                folders.sort()
                found += [_origin(Path(folder, name), Path(folder, name).relative_to(base.parent)) for name in sorted(names)]
        else:
            found.append(_origin(path, Path(path.name)))
    return found


def _origin(path: Path, name: Path) -> Origin:
    status, whole = path.stat(), path.resolve()
    return Origin(whole, _valid(str(whole)), _valid(name.as_posix()), status.st_size, status.st_mtime_ns)


def _valid(name: str) -> str:
    """A name with what is no text of Unicode in it written out (``\\udcff``): names on disk and in archives are any bytes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def members(origin: Origin, limits: Limits | None = None) -> Iterator[Found]:
    """The file itself, or what stands in it; each stream is to be read before the next is asked for."""
    if _passes_over(origin.name):
        yield PassedOver(origin)
        return
    meter = Meter(origin.size, limits or Limits())
    try:
        with open(origin.path, "rb") as raw:
            yield from _open(Place(origin, raw, meter, origin.key, origin.name, 0), raw)
    except OSError as error:
        yield Unreadable(origin, origin.key, origin.name, reason(error))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the nest of archives we are."""

    origin: Origin
    raw: io.BufferedReader
    meter: Meter
    key: str
    name: str
    depth: int

    def inside(self, path: str | None) -> "Place":
        """One archive deeper; a compressed file has no path of its own."""
        step = "" if path is None else f"!{_valid(path)}"
        return Place(self.origin, self.raw, self.meter, self.key + step, self.name + step, self.depth + 1)

    def unreadable(self, why: str) -> Unreadable:
        return Unreadable(self.origin, self.key, self.name, why)


def _open(place: Place, inner: io.BufferedIOBase) -> Iterator[Found]:
    """Knows by the first bytes what `inner` is, and opens it as far down as archives go."""
    stream = Stream(inner, place.meter)
    head = stream.peek(archives.HEAD)
    unpack = archives.recognise(head)
    if unpack is not None:
        yield from _unpack(place, unpack, stream, _rewound(place.raw) if inner is place.raw else stream)
    elif not head:
        yield place.unreadable(stream.failure or "empty file")
    else:
        yield Member(place.origin, place.key, place.name, stream, place.raw)


def _rewound(raw: io.BufferedReader) -> BinaryIO:
    """A file on disk is unpacked from its own start: a ZIP can jump in it instead of being spooled."""
    raw.seek(0)
    return raw


def _unpack(place: Place, unpack: archives.Unpack, stream: Stream, source: BinaryIO) -> Iterator[Found]:
    empty = True
    try:
        for path, inner in unpack(source, place.meter):
            empty = False
            within = place.inside(path)
            if _passes_over(path or ""):
                yield PassedOver(place.origin)
                continue
            try:
                place.meter.opened(within.depth)
                archives.check_path(path)
                yield from _open(within, inner())
            except FAILURES as error:
                yield within.unreadable(reason(error))
    except FAILURES as error:
        yield place.unreadable(stream.failure or reason(error))
        return
    if empty or stream.failure:
        yield place.unreadable(stream.failure or "empty archive")


def _passes_over(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in COMPANIONS
