"""Each room that keeps a person's data says how it is given out (PIPL article 45) and how it is erased (article 47).

The composition root gathers the rooms; `erase` runs them in order, so a room that others point to comes last.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

Data = Mapping[str, object] | Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Room:
    """`tables` names every table of the room with a column marked as a person's; `export` answers plain JSON values;
    `erase` leaves nothing of the account `user` in these tables that could be led back to it."""

    name: str
    tables: frozenset[str]
    export: Callable[[Connection, str], Data]
    erase: Callable[[Connection, str], None]


def export(rooms: Sequence[Room], connection: Connection, user: str) -> dict[str, Data]:
    """All that is kept about the account, by room."""
    return {room.name: room.export(connection, user) for room in rooms}


def erase(rooms: Sequence[Room], connection: Connection, user: str) -> None:
    """Erases the account's data in every room, within the connection's transaction."""
    for room in rooms:
        room.erase(connection, user)
