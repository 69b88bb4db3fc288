"""What a class reaches, on both databases: below it by the dots of the real CPC, and through reclassifications; each against an
oracle that does it by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sqlalchemy import delete

from auth.database import Database
from search.find.classes import store
from search.find.classes.expand import reach
from search.find.classes.loading import load
from search.find.classes.model import Entry, Link

_SAMPLES = ("A01B", "G06Q")


def in_order(file: Path) -> Iterator[tuple[str, int]]:
    """Symbol and dots of each group, from the main group's 0, as the scheme prints them one under another."""
    for item in etree.parse(file).iter("classification-item"):
        level = int(item.get("level"))
        if level >= 7:
            yield item.findtext("classification-symbol"), level - 7


def by_dots(groups: list[tuple[str, int]], place: int) -> set[str]:
    """The guide to the IPC, paragraph 26: what follows with more dots, up to the next with as many or fewer."""
    found = set()
    for symbol, dots in groups[place + 1 :]:
        if dots <= groups[place][1]:
            break
        found.add(symbol)
    return found


@pytest.mark.data
def test_what_is_below_a_class_is_what_its_dots_say(database: Database, real_data: Path) -> None:
    for name in _SAMPLES:
        file = real_data / "classification/cpc-scheme/sample" / f"cpc-scheme-{name}.xml"
        load(database, file, told=lambda _name, _rows: None, refused=lambda _name, refusal: pytest.fail(refusal.en))
        groups = list(in_order(file))
        assert len(groups) > 300
        with database.read() as connection:
            for place, (symbol, dots) in enumerate(groups):
                reached = reach(connection, "cpc", symbol)
                below = by_dots(groups, place)
                assert reached.below == len(below)
                assert set(reached.keys) == ({symbol.removesuffix("/00")} if dots == 0 else {symbol, *below})


def test_the_samples_of_the_rule(database: Database) -> None:
    """A01B 1/04 with two dots is below 1/02 with one; 1/06 with one is not."""
    entries = [("A01B1", "A01B", 3), ("A01B1/02", "A01B1", 4), ("A01B1/04", "A01B1/02", 5), ("A01B1/06", "A01B1", 4)]
    with database.write() as connection:
        store.merge(connection, [Entry("cpc", key, parent, depth) for key, parent, depth in entries])
    with database.read() as connection:
        assert reach(connection, "cpc", "A01B 1/02").keys == ("A01B1/02", "A01B1/04")


_KEYS = [f"H01L{group}/{subgroup:02}" for group in (21, 27) for subgroup in (0, 2, 14)] + ["H10F", "H10F39/10"]
_MOVES = st.sets(st.tuples(st.sampled_from(_KEYS), st.sampled_from(_KEYS)).filter(lambda pair: pair[0] != pair[1]), max_size=6)


def covers(wide: str, key: str) -> bool:
    """Whether documents of `key` are found under `wide`."""
    return key == wide or ("/" not in wide and (key.startswith(f"{wide}/") if len(wide) > 4 else key.startswith(wide)))


def oracle(moves: set[tuple[str, str]], asked: str) -> set[str]:
    found = set()
    for ahead in (True, False):
        edge = {asked}
        while True:
            ends = {
                (new if ahead else old)
                for old, new in moves
                if any(covers(each, old if ahead else new) for each in edge)
                if not covers(asked, new if ahead else old)
            }
            if ends <= edge:
                break
            edge |= ends
        found |= edge
    return found


@given(moves=_MOVES, asked=st.sampled_from([*_KEYS, "H01L27", "H01L", "H"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reclassifications_are_followed_forwards_and_backwards(database: Database, moves: set[tuple[str, str]], asked: str) -> None:
    with database.write() as connection:
        connection.execute(delete(store.links))
        store.merge(connection, [Link("ipc", old, "ipc", new) for old, new in sorted(moves)])
    with database.read() as connection:
        assert set(reach(connection, "ipc", asked).keys) == oracle(moves, asked)


def test_a_ring_of_classes_is_walked_once(database: Database) -> None:
    with database.write() as connection:
        store.merge(connection, [Entry("cpc", "A01B1/02", "A01B1/04", 5), Entry("cpc", "A01B1/04", "A01B1/02", 5)])
    with database.read() as connection:
        assert set(reach(connection, "cpc", "A01B1/02").keys) == {"A01B1/02", "A01B1/04"}
        assert [each.key for each in store.path(connection, "cpc", "A01B1/02")] == ["A01B1/04", "A01B1/02"]


def test_texts_that_are_absent_leave_those_that_stand(database: Database) -> None:
    with database.write() as connection:
        store.merge(connection, [Entry("ipc", "A01B1", "A01B", 3, en="Hand tools")])
        store.merge(connection, [Entry("ipc", "A01B1", "A01B", 3, zh="手动工具", notes_zh="附注")])
        store.merge(connection, [Entry("ipc", "A01B1", "A01B", 3, en="Tools")])
    with database.read() as connection:
        assert store.some(connection, "ipc", ["A01B1"]) == {
            "A01B1": Entry("ipc", "A01B1", "A01B", 3, zh="手动工具", en="Tools", notes_zh="附注")
        }
        assert store.titled(connection, "ipc", [("en", [" tool "])], size=5)
        assert not store.titled(connection, "ipc", [("en", [" hand "])], size=5)
