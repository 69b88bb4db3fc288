"""Files of a store beside an index that only grow. How much of them is committed stands in one more, ``lengths``; what lies behind
it is of no commit."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from search.engine.errors import IndexDamaged

Lengths = TypeVar("Lengths", bound=msgspec.Struct)

_LENGTHS = "lengths"


def lengths(store: Path, kind: type[Lengths], needed: Callable[[Lengths], Mapping[str, int]]) -> Lengths:
    """What is committed; `needed` says how many bytes of each file that is. Raises `IndexDamaged` where a file is away or
    shorter."""
    try:
        found = msgspec.json.decode((store / _LENGTHS).read_bytes(), type=kind)
        short = [name for name, length in needed(found).items() if (store / name).stat().st_size < length]
    except (OSError, KeyError, msgspec.MsgspecError) as error:
        raise IndexDamaged(f"the store of {store.name} does not open: {error}") from error
    if short:
        raise IndexDamaged(f"the store of {store.name} has lost the end of {', '.join(short)}")
    return found


def cut_off(store: Path, needed: Mapping[str, int]) -> None:
    """Ends each file where its committed bytes end."""
    for name, length in needed.items():
        os.truncate(store / name, length)


@contextmanager
def opened(store: Path, name: str, *, durable: bool) -> Iterator[BinaryIO]:
    """A file to write into, on the disk at the end where it is to be `durable`."""
    with (store / name).open("r+b") as file:
        yield file
        if durable:
            file.flush()
            os.fdatasync(file.fileno())


def commit(store: Path, found: msgspec.Struct) -> None:
    """What is committed from now on, in one step and on the disk."""
    new = store / f"{_LENGTHS}.new"
    with new.open("wb") as file:
        file.write(msgspec.json.encode(found))
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, store / _LENGTHS)
