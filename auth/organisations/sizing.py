"""The tables of size classes that the operator loaded, and a class computed by the one that holds on a day."""

from datetime import date

from auth.clock import Clock, now
from auth.database import Connection, Database
from auth.organisations import sizes, store
from auth.organisations.problems import FiguresRefused, SizeTableMissing
from auth.organisations.sizes import Figures, SizesRefused, Table


class Sizes:
    """The tables of one database; none is shipped."""

    def __init__(self, database: Database, *, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    def load(self, data: bytes) -> tuple[Table, str, bool]:
        """Keeps the table of a file: it, its SHA-256, and whether it is new. `SizesRefused`."""
        table, sha256 = sizes.read(data), sizes.digest(data)
        with self._database.write() as connection:
            at = self._clock()
            new = store.add_size_table(connection, sha256, title=table.title, first=table.first, data=data, now=at)
        return table, sha256, new

    def everything(self) -> list[tuple[str, str, date]]:
        """SHA-256, title and first day of each table, in the order in which they hold."""
        with self._database.read() as connection:
            return store.all_size_tables(connection)

    def holding(self, day: date) -> Table:
        """The table that holds on the day; `SizeTableMissing`."""
        with self._database.read() as connection:
            return _holding(connection, day)[1]


def sized(connection: Connection, figures: Figures, *, day: date) -> tuple[str, str]:
    """The class by the table that holds on the day, and its basis in words: comparisons, title and SHA-256 of the table.
    `SizeTableMissing`, `FiguresRefused`."""
    sha256, table = _holding(connection, day)
    try:
        found = sizes.classify(table, figures)
    except SizesRefused as refused:
        raise FiguresRefused(extra={"reason": str(refused)}) from None
    return found.value, f"{found.reason} · {table.title} · {sha256}"


def _holding(connection: Connection, day: date) -> tuple[str, Table]:
    held = store.size_table(connection, day)
    if held is None:
        raise SizeTableMissing
    return held[0], sizes.read(held[1])
