"""What a command that loads has open: the database, the engine, its run, and how it is stopped."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from auth.database import Database, LockHeld, open_database
from auth.errors import Problem, StartRefused
from indexer.kept import Kept
from indexer.settings import Settings
from indexer.words import say
from search.engine.errors import EngineError
from search.engine.factory import open_index
from search.engine.port import PatentIndex
from search.loads import runs
from search.loads.model import Run
from search.loads.ordinals import DatabaseOrdinals
from search.loads.store import Loads
from search.migrations import require_schema


class CommandFailed(Exception):
    """The command can't do what it was asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Session:
    """Open parts of one run."""

    loads: Loads
    index: PatentIndex
    run: Run
    ordinals: DatabaseOrdinals
    kept: Kept


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    """The database with the schema of this program; raises `CommandFailed`."""
    with _told():
        opened = open_database(settings)
        try:
            require_schema(opened)
            yield opened
        finally:
            opened.close()


@contextmanager
def session(settings: Settings, command: str) -> Iterator[Session]:
    """Everything open for the block, under one run; raises `CommandFailed` for what the operator can mend."""
    with database(settings) as held, _told():
        loads = Loads(held)
        with runs.run(loads, command) as run:
            ordinals = DatabaseOrdinals(held, run.id)
            index = open_index(settings.engine(), ordinals=ordinals)
            try:
                yield Session(loads, index, run, ordinals, Kept(settings.rejects))
            finally:
                index.close()


@contextmanager
def _told() -> Iterator[None]:
    """Errors of the house as a sentence for the operator."""
    try:
        yield
    except Problem as error:
        raise CommandFailed(say(error.zh, error.en)) from error
    except StartRefused as error:
        raise CommandFailed(say(error.zh, error.en)) from error
    except LockHeld as error:
        raise CommandFailed(
            say("另一条命令正在换代，请等它结束", "another command is changing generations; wait for it")
        ) from error
    except (EngineError, runs.TooManyRuns) as error:
        raise CommandFailed(str(error)) from error
    except OSError as error:
        raise CommandFailed(say(f"读写失败：{error}", f"reading or writing failed: {error}")) from error


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Ctrl-C and SIGTERM set the event for the block; a second one ends the process at once."""
    asked = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
