"""Logs kept in memory: what they hold is what the database holds, whatever is added, by whichever thread."""

from concurrent.futures import ThreadPoolExecutor

from auth.database import Database
from auth.ledger import service as ledger
from auth.ledger.model import Fact
from auth.targets.shelf import Shelf
from tests.tenants import NOON


def add(database: Database, log: str, number: int) -> None:
    with database.write() as connection:
        fact = Fact(kind="training:held", happened_at=NOON, attributes={"training": f"t{number}"})
        ledger.append(connection, log, fact, now=NOON)


def test_holds_what_the_database_holds(database: Database) -> None:
    shelf = Shelf(most=12)  # so small that logs push each other out
    for number in range(30):
        add(database, f"log{number % 3}", number)
        for log in ("log0", "log1", "log2", "nobody"):
            with database.read() as connection:
                assert shelf.log(connection, log).leaves == ledger.leaves(connection, log)


def test_a_list_given_out_does_not_grow(database: Database) -> None:
    shelf = Shelf()
    add(database, "log", 0)
    with database.read() as connection:
        before = shelf.log(connection, "log").leaves
    add(database, "log", 1)
    with database.read() as connection:
        assert len(shelf.log(connection, "log").leaves) == 2
    assert len(before) == 1


def test_readers_beside_a_writer_see_a_beginning_of_the_log(database: Database) -> None:
    shelf = Shelf()

    def read(_: int) -> bool:
        with database.read() as connection:
            held = shelf.log(connection, "log").leaves
        return [leaf.seq for leaf in held] == list(range(len(held)))

    with ThreadPoolExecutor(4) as pool:
        reading = pool.map(read, range(60))
        for number in range(20):
            add(database, "log", number)
        assert all(reading)
    with database.read() as connection:
        assert shelf.log(connection, "log").leaves == ledger.leaves(connection, "log")
