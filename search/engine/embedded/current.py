"""`CURRENT`: the small file that says what readers read; replaced in one step, so every process sees the old or the new.

Layout of the data folder: ``CURRENT``, ``engine.lock``, ``cursors/``, and ``generations/<name>/`` with ``documents.sqlite`` (the
records) and ``index-<name>/`` (tantivy's files, made from the records and disposable).
"""

import os
import secrets
import shutil
from pathlib import Path

import msgspec

from search.engine import layout
from search.engine.embedded import documents, indexing
from search.engine.embedded.translation import translated
from search.engine.errors import IndexDamaged


class Commit(msgspec.Struct, frozen=True):
    """What was last committed of a generation: the index in the folder `index` holds every change up to `ordinal`, and tantivy
    called that commit `opstamp`; `layout` is the fingerprint it was made under."""

    generation: str
    index: str
    opstamp: int
    ordinal: int
    layout: str


class Current(msgspec.Struct, frozen=True):
    """The generation that serves, and the one before it."""

    serving: Commit
    previous: Commit | None = None


class Parked(msgspec.Struct, frozen=True):
    """A generation that is built and waits, in the file ``PARKED``; `started` is the ordinal at which its building began."""

    commit: Commit
    started: int


_decoder = msgspec.json.Decoder(Current)


def read(data: Path) -> Current:
    """Raises `IndexDamaged`."""
    try:
        return _decoder.decode(_file(data).read_bytes())
    except (OSError, msgspec.MsgspecError) as error:
        raise IndexDamaged(
            f"CURRENT 无法读取，请从备份恢复数据目录。 CURRENT cannot be read; restore the data folder from a backup. {error}"
        ) from error


@translated("replacing CURRENT")
def replace(data: Path, current: Current) -> None:
    """Durable on return."""
    new = _written(data, current)
    os.replace(new, _file(data))
    _sync(data)


@translated("parking a generation")
def park(data: Path, parked: Parked) -> None:
    """Durable on return."""
    os.replace(_written(data, parked), data / "PARKED")
    _sync(data)


@translated("reading which generation waits")
def parked(data: Path) -> Parked | None:
    """The generation that waits, if one does."""
    try:
        return msgspec.json.decode((data / "PARKED").read_bytes(), type=Parked)
    except FileNotFoundError:
        return None


@translated("making a first generation")
def ensure(data: Path) -> None:
    """The folder, and an empty generation in it where there is none yet. Two processes may come at once: the first one's stands."""
    data.mkdir(parents=True, exist_ok=True)
    if _file(data).exists():
        return
    first = new_generation(data)
    new = _written(data, Current(first))
    try:
        os.link(new, _file(data))
        _sync(data)
    except FileExistsError:
        shutil.rmtree(folder(data, first))
    finally:
        new.unlink()


@translated("making a generation")
def new_generation(data: Path) -> Commit:
    """A new, empty generation that nothing names yet."""
    commit = Commit(secrets.token_hex(8), new_index_name(), 0, 0, layout.fingerprint())
    index = index_folder(data, commit)
    index.mkdir(parents=True)
    documents.create(documents_file(data, commit))
    indexing.create(index)
    return commit


def new_index_name() -> str:
    return f"index-{secrets.token_hex(4)}"


def folder(data: Path, commit: Commit) -> Path:
    return data / "generations" / commit.generation


def documents_file(data: Path, commit: Commit) -> Path:
    return folder(data, commit) / "documents.sqlite"


def index_folder(data: Path, commit: Commit) -> Path:
    return folder(data, commit) / commit.index


@translated("removing old generations")
def remove_unnamed(data: Path, *named: Commit | None) -> None:
    """Removes the generations that are not `named`, a parked one with them. A reader that still has such a file open keeps what
    it reads."""
    (data / "PARKED").unlink(missing_ok=True)
    kept = {commit.generation for commit in named if commit}
    for generation in (data / "generations").iterdir():
        if generation.name not in kept:
            shutil.rmtree(generation)


@translated("removing an old index")
def remove_other_indexes(data: Path, commit: Commit) -> None:
    """Of a generation, all but that of the commit."""
    for index in folder(data, commit).glob("index-*"):
        if index.name != commit.index:
            shutil.rmtree(index)


def _file(data: Path) -> Path:
    return data / "CURRENT"


def _written(data: Path, current: Current | Parked) -> Path:
    new = data / f"CURRENT.{secrets.token_hex(4)}"
    with new.open("wb") as file:
        file.write(msgspec.json.encode(current))
        file.flush()
        os.fsync(file.fileno())
    return new


def _sync(data: Path) -> None:
    """A rename is on disk only when its folder is."""
    directory = os.open(data, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
