"""The documents as a backup keeps them: those of the serving generation, without the index, which is made anew at an opening."""

import shutil
from pathlib import Path

import msgspec

from auth.database.backup import copy_file
from search.engine.embedded import current
from search.engine.embedded.current import Current
from search.engine.embedded.translation import translated

_PARTS = ("CURRENT", "PARKED", "generations", "cursors")


def is_living(data: Path) -> bool:
    """Whether the folder holds documents."""
    return (data / "CURRENT").exists()


@translated("copying the documents")
def save(data: Path, target: Path) -> None:
    """Copies them, while others read and write, into the new folder `target`."""
    target.mkdir(mode=0o700)
    if not is_living(data):
        return
    serving = msgspec.structs.replace(current.read(data).serving, opstamp=0, ordinal=0)
    file = current.documents_file(target, serving)
    file.parent.mkdir(parents=True)
    copy_file(current.documents_file(data, serving), file)
    current.replace(target, Current(serving))


@translated("putting the documents back")
def put_back(data: Path, source: Path, *, aside: Path) -> None:
    """Makes the folder's documents those of the copy; what was there goes into the folder `aside`."""
    for part in (data / name for name in _PARTS):
        if part.exists():
            aside.mkdir(exist_ok=True)
            shutil.move(part, aside / part.name)
    if is_living(source):
        shutil.copytree(source / "generations", data / "generations")
        current.replace(data, current.read(source))
