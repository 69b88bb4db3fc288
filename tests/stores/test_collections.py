"""Collections on both databases: who sees which, deeds stepped back and forward, what is given out and erased."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from auth.access.model import Identity
from auth.database import Database
from auth.errors import Problem
from auth.http.problems import NotFound
from auth.roles import Role
from search.engine.port import PatentReader
from search.query.tree import And, Listed, Not, Query, Value
from search.saved.collections import store
from search.saved.collections.model import Document, Key, RowKind, Rows, Values
from search.saved.collections.problems import CollectionFull, DeedOverlaid, ReadOnly
from search.saved.collections.rows import document_values
from search.saved.collections.service import Collections, Wanted
from search.saved.collections.works import Work
from search.saved.problems import NoOrganisation
from tests import tenants

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)
NO_ENGINE = cast("PatentReader", None)
"""Nothing here waits to be loaded, so no engine is asked."""


def ticking() -> Callable[[], datetime]:
    ticks = iter(range(1_000_000))
    return lambda: NOON + timedelta(seconds=next(ticks))


@pytest.fixture
def people(database: Database) -> dict[str, Identity]:
    """Two of agency-a, one of its enterprise, one of the other agency, and somebody who acts for nobody."""
    with database.write() as connection:
        tenants.settle(connection)
        return {
            "li": tenants.an_account(connection, "li", Role.AGENCY, "agency-a"),
            "wu": tenants.an_account(connection, "wu", Role.AGENCY, "agency-a"),
            "firm": tenants.an_account(connection, "firm", Role.ENTERPRISE, "enterprise-a"),
            "other": tenants.an_account(connection, "other", Role.AGENCY, "agency-b"),
            "alone": tenants.an_account(connection, "alone", Role.RESEARCHER, None),
        }


@pytest.fixture
def collections(database: Database) -> Collections:
    return Collections(database, lambda _user, _number: None, NO_ENGINE, clock=ticking())


def said(documents: Iterable[Document]) -> Work:
    """The deed of saying this of documents."""
    rows: Rows = {("document", (each.number,)): document_values(each) for each in documents}
    return Work("documents", "", list(rows), lambda _held: rows)


def put(*numbers: str, stands: Any = "in") -> Work:
    return said(Document(number, stands) for number in numbers)


def held(database: Database, id: str) -> Mapping[str, Document]:  # noqa: A002
    with database.read() as connection:
        return store.kept(connection, id)


def test_who_sees_works_on_and_shares(collections: Collections, people: dict[str, Identity]) -> None:
    made = collections.add(people["li"], Wanted("电池", "ipc:H01M"))
    assert seeing(collections, people) == {"li"}
    collections.share(people["li"], made.id, organisation=True, enterprise=None)
    assert seeing(collections, people) == {"li", "wu"}
    collections.share(people["li"], made.id, organisation=True, enterprise="enterprise-a")
    assert seeing(collections, people) == {"li", "wu", "firm"}
    assert [collections.may(name, made) for name in ("li", "wu", "firm")] == [(True, True), (True, False), (False, False)]
    for name in ("other", "alone"):
        assert collections.tree(name, made.id) is None
        assert answers(collections, people[name], made.id) == [NotFound] * 7
    assert answers(collections, people["firm"], made.id) == [None, None, None, ReadOnly, ReadOnly, ReadOnly, ReadOnly]
    assert answers(collections, people["wu"], made.id) == [None, None, None, None, None, ReadOnly, ReadOnly]


def test_a_deed_that_changes_nothing_is_none_and_is_not_counted(collections: Collections, people: dict[str, Identity]) -> None:
    made = collections.add(people["li"], Wanted("电池"))
    assert collections.do("li", made.id, put("CN1A")) == 1
    before = collections.get("li", made.id)
    assert collections.do("li", made.id, put("CN1A")) is None
    collections.step("li", made.id, 1, undone=False)  # it stands already
    assert collections.get("li", made.id) == before
    assert len(collections.deeds("li", made.id)) == 1
    collections.step("li", made.id, 1, undone=True)
    assert collections.get("li", made.id).version == before.version + 1


def seeing(collections: Collections, people: dict[str, Identity]) -> set[str]:
    return {name for name in people if collections.seen(name)}


def answers(collections: Collections, who: Identity, id: str) -> list[type[Exception] | None]:  # noqa: A002
    """What each deed is refused with."""
    deeds: list[Callable[[], object]] = [
        lambda: collections.get(who.user, id),
        lambda: collections.branches(who.user, id),
        lambda: collections.deeds(who.user, id),
        lambda: collections.do(who.user, id, put("CN1A")),
        lambda: collections.step(who.user, id, 1, undone=True),
        lambda: collections.remove(who.user, id),
        lambda: collections.share(who, id, organisation=False, enterprise=None),
    ]
    found: list[type[Exception] | None] = []
    for deed in deeds:
        try:
            deed()
        except Problem as refused:
            found.append(type(refused))
        else:
            found.append(None)
    return found


def test_one_shares_only_in_an_organisation_and_with_enterprises_one_sees(
    collections: Collections, people: dict[str, Identity]
) -> None:
    made = collections.add(people["li"], Wanted("电池"))
    for enterprise in ("enterprise-b", "agency-a", "none"):
        with pytest.raises(NotFound):
            collections.share(people["li"], made.id, organisation=False, enterprise=enterprise)
    own = collections.add(people["alone"], Wanted("电池"))
    with pytest.raises(NoOrganisation):
        collections.share(people["alone"], own.id, organisation=True, enterprise=None)


def test_a_collection_is_its_query_and_what_was_put_in_and_out(collections: Collections, people: dict[str, Identity]) -> None:
    made = collections.add(people["li"], Wanted("电池", "分类号：H01M", dialect="native"))
    assert collections.tree("li", made.id) == Value("ipc", "H01M")
    collections.do("li", made.id, put("CN2B", "CN1A"))
    collections.do("li", made.id, put("CN3A", stands="out"))
    tree = cast("And", collections.tree("li", made.id))
    assert tree.items[1] == Not(Listed(("CN3A",)))
    assert Listed(("CN1A", "CN2B")) in tree.items[0].items  # type: ignore[union-attr]
    empty = collections.add(people["li"], Wanted("空"))
    assert collections.tree("li", empty.id) == Listed(())
    assert collections.tree("li", f"{empty.id}/1") is None


def test_a_deed_is_stepped_back_and_forward(collections: Collections, database: Database, people: dict[str, Identity]) -> None:
    made = collections.add(people["li"], Wanted("电池"))
    first = collections.do("li", made.id, put("CN1A", "CN2B"))
    noted = Document("CN1A", "in", note="核心专利", tags=("正极", "量产"), cells={"产线": "一"})
    second = collections.do("li", made.id, said([noted]))
    assert (first, second) == (1, 2)
    assert collections.do("li", made.id, said([noted])) is None
    assert held(database, made.id)["CN1A"] == noted
    with pytest.raises(DeedOverlaid):
        collections.step("li", made.id, 1, undone=True)
    collections.step("li", made.id, 2, undone=True)
    collections.step("li", made.id, 2, undone=True)
    collections.step("li", made.id, 1, undone=True)
    assert held(database, made.id) == {}
    assert [deed.undone_at is not None for deed in collections.deeds("li", made.id)] == [True, True]
    collections.step("li", made.id, 1, undone=False)
    collections.step("li", made.id, 2, undone=False)
    assert held(database, made.id) == {"CN1A": noted, "CN2B": Document("CN2B", "in")}
    assert [(deed.number, deed.rows, deed.undone_at) for deed in collections.deeds("li", made.id)] == [(2, 1, None), (1, 2, None)]


def test_the_collections_own_row_is_stepped_back_too(collections: Collections, people: dict[str, Identity]) -> None:
    made = collections.add(people["li"], Wanted("电池", "ipc:H01M"))
    head: tuple[RowKind, Key] = ("head", ())
    renamed: Callable[[Rows], dict[tuple[RowKind, Key], Values | None]] = lambda rows: {  # noqa: E731
        head: {**cast("Values", rows[head]), "name": "储能", "canonical": "ipc:H02J"}
    }
    collections.do("li", made.id, Work("head", "储能", [head], renamed))
    assert (collections.get("li", made.id).name, collections.get("li", made.id).version) == ("储能", 2)
    collections.step("li", made.id, 1, undone=True)
    assert (collections.get("li", made.id).name, collections.get("li", made.id).canonical) == ("电池", "ipc:H01M")


def test_a_collection_that_is_full_takes_no_more(collections: Collections, database: Database, people: dict[str, Identity]) -> None:
    made = collections.add(people["li"], Wanted("电池"))
    values = {"parent": None, "place": 1, "name": "正极", "chain": None, "rule": "", "canonical": None}
    rows: Rows = {("branch", (str(code),)): values for code in range(101)}
    with pytest.raises(CollectionFull):
        collections.do("li", made.id, Work("branches", "", list(rows), lambda _held: rows))
    assert collections.branches("li", made.id) == {}
    assert collections.deeds("li", made.id) == []


def test_thousands_of_documents_are_one_deed(collections: Collections, database: Database, people: dict[str, Identity]) -> None:
    made = collections.add(people["li"], Wanted("清单"))
    collections.do("li", made.id, put(*(f"CN{number}A" for number in range(3_000))))
    tree: Query | None = collections.tree("li", made.id)
    assert isinstance(tree, Listed)
    assert len(tree.numbers) == 3_000
    collections.step("li", made.id, 1, undone=True)
    assert collections.tree("li", made.id) == Listed(())


def test_snapshots_are_kept_and_forgotten(collections: Collections, database: Database, people: dict[str, Identity]) -> None:
    made = collections.add(people["li"], Wanted("电池"))
    with database.write() as connection:
        kept = [
            store.keep_snapshot(connection, made.id, at=NOON, label=label, numbers=["CN1A"], branches={"1": 1}) for label in "ab"
        ]
        assert kept == [1, 2]
        assert [(each.number, each.label, each.total, each.branches) for each in store.taken(connection, made.id)] == [
            (2, "b", 1, {"1": 1}),
            (1, "a", 1, {"1": 1}),
        ]
        assert store.frozen(connection, made.id, 1) == ["CN1A"]
        assert [store.forget_snapshot(connection, made.id, 1) for _ in range(2)] == [True, False]
        assert store.frozen(connection, made.id, 1) is None


def test_what_a_person_made_is_given_out_and_erased(
    collections: Collections, database: Database, people: dict[str, Identity]
) -> None:
    own, shared = (collections.add(people["li"], Wanted(name, "ipc:H01M")) for name in ("自己的", "共享的"))
    collections.share(people["li"], shared.id, organisation=True, enterprise=None)
    for each in (own, shared):
        collections.do("li", each.id, said([Document("CN1A", "in", note="备注")]))
    with database.write() as connection:
        data = cast("dict[str, Any]", store.PEOPLE.export(connection, "li"))
        assert {each["name"]: [found["note"] for found in each["documents"]] for each in data["collections"]} == {
            "自己的": ["备注"],
            "共享的": ["备注"],
        }
        assert len(data["deeds"]) == 2
        store.PEOPLE.erase(connection, "li")
        assert store.PEOPLE.export(connection, "li") == {"collections": [], "deeds": []}
    assert [(each.name, each.owner) for each in collections.seen("wu")] == [("共享的", None)]
    assert collections.may("wu", shared) == (True, True)
    assert [deed.by for deed in collections.deeds("wu", shared.id)] == [None]
    collections.remove("wu", shared.id)
    assert collections.seen("wu") == []


def test_records_are_put_in_with_the_branches_that_their_rows_name(
    collections: Collections, people: dict[str, Identity], database: Database
) -> None:
    made = collections.add(people["li"], Wanted("清单"))
    collections.do(people["li"].user, made.id, put("CN1A"))
    rows: Rows = {
        ("record", ("CN2A",)): {"kind": "publication", "record": {"branches": ["1", "2"]}},
        ("record", ("CN3A",)): {"kind": "publication", "record": {"title": "电池"}},
        ("mark", ("2", "CN2A", "place")): {"value": False},
    }
    with database.write() as connection:
        store.put(connection, made.id, rows)
        assert store.numbers(connection, made.id, "in") == ["CN1A", "CN2A", "CN3A"]
        assert store.numbers(connection, made.id, "out") == []
        assert store.placed(connection, made.id) == {"1": (["CN2A"], []), "2": (["CN2A"], ["CN2A"])}
