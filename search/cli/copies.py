"""A backup as a folder: the database, the keys, the documents of the embedded engine, and a list of the files with their sums.

The order of copying matters. The keys come after the database, so that they are those that signed the newest checkpoint in it, or
newer ones; the documents come after it too, so that nothing it calls loaded is lacking.
"""

import hashlib
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from auth.credentials import keys as tokens
from auth.database import Database, named_database
from auth.database import backup as databases
from auth.errors import StartRefused
from auth.ledger import keys as evidence
from search.engine import factory
from search.migrations import current, require_schema
from search.settings import Settings

VERSION = 1
LIST = "backup.json"
DATABASE, KEYS, DOCUMENTS = "database", "keys", "documents"
_KEY_FILES = (tokens.FILE, evidence.FILE)


class Backup(msgspec.Struct, frozen=True):
    """What the list says. `database` is sqlite or postgresql; `documents`: whether they are in it, else Elasticsearch has them;
    `files` are SHA-256 in hexadecimal by path."""

    v: int
    made_at: datetime
    schema: str
    database: str
    documents: bool
    files: dict[str, str]


def save(settings: Settings, target: Path, *, now: datetime) -> Backup:
    """Copies everything into the new folder `target`, while the service runs. `StartRefused` where the folder exists, keys are
    missing or the schema is another."""
    tokens.load(settings.key_folder)
    evidence.load(settings.key_folder)
    database = named_database(settings)
    try:
        require_schema(database)
        with database.read() as connection:
            schema = current(connection) or ""
        _new_folder(target)
        databases.save(database, target / DATABASE)
        kind = database.url.get_backend_name()
    finally:
        database.close()
    (target / KEYS).mkdir(mode=0o700)
    for name in _KEY_FILES:
        _copy(_key_file(settings, name), target / KEYS / name)
    documents = factory.save_documents(settings.engine(), target / DOCUMENTS)
    made = Backup(VERSION, now, schema, kind, documents, {name: _sum(target / name) for name in _names(target)})
    (target / LIST).write_bytes(msgspec.json.format(msgspec.json.encode(made)))
    return made


def put_back(settings: Settings, source: Path, *, replace: bool, now: datetime) -> tuple[Backup, Path]:
    """Makes the installation that of the backup; answers what was put back, and the folder where what was replaced is kept, if
    anything was. `StartRefused` for a damaged backup, one of another database, a living installation unless `replace`, and one
    that is in use."""
    held = read(source)
    database = named_database(settings)
    try:
        _require_place(settings, database, held, replace=replace)
        aside = settings.data / f"replaced-{now:%Y%m%dT%H%M%SZ}"
        settings.data.mkdir(parents=True, exist_ok=True)
        databases.set_aside(database, aside)  # the first thing, and put back last: between them no process starts
        for name in _KEY_FILES:
            _put_key_back(source / KEYS / name, _key_file(settings, name), aside=aside)
        if held.documents:
            factory.put_documents_back(settings.engine(), source / DOCUMENTS, aside=aside)
        databases.put_back(database, source / DATABASE)
    finally:
        database.close()
    return held, aside


def read(source: Path) -> Backup:
    """The backup's list, every file held against it."""
    try:
        held = msgspec.json.decode((source / LIST).read_bytes(), type=Backup)
    except (OSError, msgspec.MsgspecError) as error:
        raise StartRefused(zh=f"{source} 不是备份文件夹：{error}", en=f"{source} is no backup: {error}") from None
    if held.v != VERSION:
        raise StartRefused(zh=f"不认识第 {held.v} 版备份。", en=f"Backups of version {held.v} are not known here.")
    for name in sorted(held.files.keys() | set(_names(source))):
        if not (source / name).is_file() or _sum(source / name) != held.files.get(name):
            raise StartRefused(
                zh=f"备份中的 {name} 已损坏、缺失或多出：请换一份备份。",
                en=f"{name} in the backup is damaged, missing or does not belong there: take another backup.",
            )
    return held


def _require_place(settings: Settings, database: Database, held: Backup, *, replace: bool) -> None:
    kind = database.url.get_backend_name()
    if kind != held.database:
        raise StartRefused(
            zh=f"备份来自 {held.database}，DATABASE_URL 指的是 {kind}：请改用同一种数据库。",
            en=f"The backup is of {held.database}, DATABASE_URL names {kind}: use the same kind of database.",
        )
    keys = any(_key_file(settings, name).exists() for name in _KEY_FILES)
    if not replace and (keys or databases.is_living(database) or factory.holds_documents(settings.engine())):
        raise StartRefused(
            zh=f"{settings.data} 中已有数据：恢复到空的数据目录，或加 --replace（原有数据会另存）。",
            en=f"{settings.data} holds data: restore into an empty data folder, or say --replace (what is there is kept aside).",
        )
    if databases.is_in_use(database):
        raise StartRefused(
            zh="数据库正在使用：请先停止服务和装载。", en="The database is in use: stop the service and loads first."
        )


def _key_file(settings: Settings, name: str) -> Path:
    return settings.key_folder / name


def _put_key_back(source: Path, path: Path, *, aside: Path) -> None:
    if path.exists():
        (aside / KEYS).mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(path, aside / KEYS / path.name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _copy(source, path)


def _copy(source: Path, target: Path) -> None:
    """For its owner alone from its first byte."""
    target.touch(mode=0o600, exist_ok=False)
    target.write_bytes(source.read_bytes())


def _new_folder(target: Path) -> None:
    try:
        target.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise StartRefused(zh=f"{target} 已存在：请给一个新的文件夹名。", en=f"{target} exists: name a new folder.") from None


def _names(folder: Path) -> Iterator[str]:
    """Every file in it but the list, by its path there."""
    found = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    return (name for name in found if name != LIST)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
