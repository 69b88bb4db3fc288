"""Refused records kept as files, so that they can be mended and replayed."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


class Kept:
    """A folder of refused records, each a file of its own that an operator may edit."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, key: str, offset: int) -> Path:
        """Where the record at `offset` of the source `key` is kept."""
        name = hashlib.sha256(f"{key}\0{offset}".encode()).hexdigest()
        return self._folder / name[:2] / f"{name[2:34]}.record"

    def put(self, key: str, offset: int, data: bytes) -> None:
        """Keeps the record, whole or not at all."""
        path = self.path(key, offset)
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        half.write_bytes(data)
        os.replace(half, path)

    def get(self, key: str, offset: int) -> bytes | None:
        try:
            return self.path(key, offset).read_bytes()
        except FileNotFoundError:
            return None

    def sweep(self, refused: Iterable[tuple[str, int]]) -> None:
        """Drops every record but these (key, offset): the others were loaded, or their file was read anew."""
        kept = {self.path(key, offset) for key, offset in refused}
        for path in self._folder.glob("??/*"):
            if path not in kept:
                path.unlink(missing_ok=True)
