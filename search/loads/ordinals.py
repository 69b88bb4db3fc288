"""Numbers of changes for an engine that many may write to (`search.engine.port.Ordinals`)."""

from auth.database import Database
from search.loads.runs import LiveRuns
from search.loads.store import Loads


class DatabaseOrdinals:
    """Blocks taken under one run. A block is open until `found`, or until its run is over: `floor` closes those of the dead.

    Without a run (a service that only reads) a block taken holds nobody up.
    """

    def __init__(self, database: Database, run: str = "") -> None:
        self._loads = Loads(database)
        self._run = run
        self._live = LiveRuns(self._loads)

    def take(self, count: int) -> range:
        """`count` consecutive ordinals that nobody else has."""
        return self._loads.take_block(self._run, count)

    def found(self) -> None:
        """After the engine's `flush`: what was written with the ordinals taken so far is found by searches."""
        self._loads.close_blocks(self._run)

    def floor(self) -> int:
        """The lowest ordinal that may still be written and is not found yet; the next one where none is open."""
        for low, run in self._loads.open_blocks():
            if self._live.lives(run):
                return low
        return self._loads.next_ordinal()
