"""Organisations on both databases: who sees what, against a walk by hand; paging, looking up, marks and their evidence."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from auth.database import Connection, Database
from auth.ledger import service as ledger
from auth.ledger.model import INSTALLATION
from auth.organisations import service, store
from auth.organisations.model import AGENCIES, BUREAUS, Kind, Mark, Organisation
from auth.organisations.problems import FiguresRefused, MarkRefused, SizeTableMissing
from auth.organisations.service import NewMark, Organisations
from auth.organisations.sizes import Figures, digest
from auth.organisations.sizing import Sizes
from auth.roles import Role
from tests.tenants import NOON, SIDES, a_caller, a_credit_code, an_organisation, settle

DIGEST = "ab" * 32


@pytest.fixture
def settled(database: Database) -> Database:
    """The two tenants of `tests.tenants`."""
    with database.write() as connection:
        settle(connection)
    return database


def _seen(connection: Connection, role: Role, organisation: str | None) -> set[str]:
    within = store.visible(a_caller(role, organisation))
    return set(connection.scalars(select(store.organisations.c.id).where(within)))


def test_each_caller_sees_its_own_side(settled: Database) -> None:
    """T31, in the statement itself."""
    with settled.read() as connection:
        for side in SIDES:
            city = {f"city-{side}", f"agency-{side}", f"enterprise-{side}"}
            assert _seen(connection, Role.BUREAU, f"city-{side}") == city
            assert _seen(connection, Role.BUREAU, f"province-{side}") == city | {f"province-{side}"}
            assert _seen(connection, Role.AGENCY, f"agency-{side}") == {f"agency-{side}", f"enterprise-{side}"}
            assert _seen(connection, Role.ENTERPRISE, f"enterprise-{side}") == {f"enterprise-{side}"}
        assert len(_seen(connection, Role.BUREAU, "nation")) == len(_seen(connection, Role.ADMINISTRATOR, None)) == 9
        assert _seen(connection, Role.RESEARCHER, "agency-a") == set()
        assert _seen(connection, Role.EVALUATOR, "agency-a") == set()
        for role in (Role.BUREAU, Role.AGENCY, Role.ENTERPRISE):
            assert _seen(connection, role, None) == set()


def test_a_log_of_the_ledger_is_there_for_whom_its_agency_is(settled: Database) -> None:
    """T31: the other side's evidence is not there, an enterprise or a bureau has none, and that of nobody is the bureaus'."""
    offices = Organisations(settled)
    logs = ("agency-a", "agency-b", "enterprise-a", "city-a", "nobody", INSTALLATION)
    seen = {
        caller.organisation: [log for log in logs if offices.may_see_log(caller, log)]
        for caller in (a_caller(Role.AGENCY, "agency-a"), a_caller(Role.BUREAU, "city-b"), a_caller(Role.ADMINISTRATOR))
    }
    assert seen == {
        "agency-a": ["agency-a"],
        "city-b": ["agency-b", INSTALLATION],
        None: ["agency-a", "agency-b", INSTALLATION],
    }


def test_a_bureau_sees_what_a_walk_up_the_tree_finds(database: Database) -> None:
    """A forest by chance: the statement against parents followed one by one."""
    chance = random.Random()  # the seed changes: `held` and `serving` of a failure tell the forest
    held: dict[str, Organisation] = {}
    serving: set[tuple[str, str]] = set()
    for number in range(60):
        kind = chance.choice([*BUREAUS, *AGENCIES, Kind.ENTERPRISE])
        above = [one.id for one in held.values() if one.kind in BUREAUS]
        parent = chance.choice([*above, None]) if above else None
        held[f"o{number}"] = an_organisation(f"o{number}", kind, parent=parent)
    agencies = [one.id for one in held.values() if one.kind in AGENCIES]
    enterprises = [one.id for one in held.values() if one.kind is Kind.ENTERPRISE]
    with database.write() as connection:
        for organisation in held.values():
            store.add(connection, organisation)
        for enterprise in enterprises:
            serving.add((chance.choice(agencies), enterprise))
        for agency, enterprise in serving:
            store.serve(connection, agency, enterprise, now=NOON)

        def above_of(organisation: str) -> Iterator[str]:
            at: str | None = organisation
            while at is not None:
                yield at
                at = held[at].parent

        for bureau in held:
            under = {one for one in held if bureau in above_of(one)}
            expected = under | {enterprise for agency, enterprise in serving if agency in under}
            assert _seen(connection, Role.BUREAU, bureau) == expected


def test_a_circle_of_parents_ends(settled: Database) -> None:
    """Nothing in the service makes one; a statement that never ended would take the house down if something did."""
    with settled.write() as connection:
        connection.execute(store.organisations.update().where(store.organisations.c.id == "nation").values(parent="city-a"))
        assert "city-b" in _seen(connection, Role.BUREAU, "city-a")


def test_paging_meets_each_once_in_the_order_of_names(database: Database) -> None:
    names = ["乙厂", "甲厂", "甲厂", "ABC", "abc ", "Ａbc", "%", "_", "丙\\厂"]
    with database.write() as connection:
        for number, name in enumerate(names):
            store.add(connection, an_organisation(f"o{number}", name=name))
        met: list[Organisation] = []
        kinds = frozenset({Kind.ENTERPRISE})
        everything = store.visible(a_caller(Role.ADMINISTRATOR))
        while page := store.page(connection, kinds, within=everything, after=met[-1] if met else None, size=2):
            met += page
            assert len(met) <= len(names), "a page came twice"
    assert sorted(one.id for one in met) == [f"o{number}" for number in range(len(names))]
    assert [one.id for one in met] == [one.id for one in sorted(met, key=lambda one: (store.name_key(one.name), one.id))]


LOOK_UPS: list[tuple[str, list[str]]] = [
    ("精工", ["贵州精工", "遵义精工机械", "中国贵州精工集团"]),
    ("贵州", ["贵州精工", "中国贵州精工集团"]),
    ("bolt", ["Bolt & 50% Co"]),
    ("ＢＯＬＴ", ["Bolt & 50% Co"]),
    ("50%", ["Bolt & 50% Co"]),
    ("5_%", []),
    ("\\", []),
    ("没有", []),
]


def test_an_enterprise_is_found_by_a_part_of_its_name(database: Database) -> None:
    names = ["贵州精工", "遵义精工机械", "中国贵州精工集团", "Bolt & 50% Co"]
    with database.write() as connection:
        for number, name in enumerate(names):
            store.add(connection, an_organisation(f"o{number}", name=name, region="520100"))
        store.add(connection, an_organisation("other", Kind.AGENCY, name="贵州精工代理所"))
    for part, found in LOOK_UPS:
        answered = Organisations(database).find(part)
        assert [one.name for one in answered] == found, part
        assert {one.city for one in answered} <= {"贵阳市"}


def test_a_look_up_gives_ten_at_most(database: Database) -> None:
    with database.write() as connection:
        for number in range(15):
            store.add(connection, an_organisation(f"o{number}", name=f"贵州{number}厂"))
    assert len(Organisations(database).find("贵州")) == 10


def test_one_credit_code_is_one_organisation(database: Database) -> None:
    with database.write() as connection:
        assert store.add(connection, an_organisation("one", credit_code=a_credit_code()))
        assert not store.add(connection, an_organisation("two", credit_code=a_credit_code()))
        assert store.add(connection, an_organisation("three"))
        assert store.add(connection, an_organisation("four"))


def test_of_two_changes_of_one_version_one_is_made(settled: Database) -> None:
    with settled.write() as connection:
        assert store.change(connection, "agency-a", version=1, values={"name": "甲 代理"})
        assert not store.change(connection, "agency-a", version=1, values={"name": "乙"})
        held = store.get(connection, "agency-a")
        assert held is not None
        assert (held.name, held.version) == ("甲 代理", 2)
        found = store.page(connection, AGENCIES, within=store.visible(a_caller(Role.ADMINISTRATOR)), name="甲代", size=5)
        assert [one.id for one in found] == ["agency-a"]


def test_a_bureaus_mark_stands_in_the_log_of_every_agency_that_serves(settled: Database) -> None:
    organisations = Organisations(settled, clock=lambda: NOON)
    with settled.write() as connection:
        store.serve(connection, "agency-b", "enterprise-a", now=NOON)
    new = NewMark(Mark.AGRICULTURAL_LEADER, "provincial", DIGEST, date(2026, 1, 1), date(2026, 12, 31))
    marked = organisations.mark(a_caller(Role.BUREAU, "city-a"), "enterprise-a", new)
    assert marked.entered_by is None
    with settled.read() as connection:
        for log in ("agency-a", "agency-b"):
            (leaf,) = ledger.leaves(connection, log)
            assert (leaf.kind, leaf.agency) == ("enterprise:mark", log)
            assert leaf.attributes == {
                "enterprise": "enterprise-a",
                "mark": "agricultural_leader",
                "value": "provincial",
                "document_sha256": DIGEST,
                "first": "2026-01-01",
                "last": "2026-12-31",
            }
        assert ledger.leaves(connection, INSTALLATION) == []


def test_an_agencys_mark_is_its_own_affair(settled: Database) -> None:
    """No agency can spoil another's count by what it says of an enterprise that both serve."""
    organisations = Organisations(settled, clock=lambda: NOON)
    with settled.write() as connection:
        store.serve(connection, "agency-b", "enterprise-a", now=NOON)
    new = NewMark(Mark.SIZE_CLASS, "large", DIGEST, date(2026, 1, 1))
    organisations.mark(a_caller(Role.AGENCY, "agency-b"), "enterprise-a", new)
    with settled.read() as connection:
        assert len(ledger.leaves(connection, "agency-b")) == 1
        assert ledger.leaves(connection, "agency-a") == []
        assert service.marks_on(connection, "enterprise-a", date(2026, 3, 1), agency="agency-a") == {}
        assert service.marks_on(connection, "enterprise-a", date(2026, 3, 1), agency="agency-b") == {Mark.SIZE_CLASS: "large"}
    assert organisations.marks(a_caller(Role.AGENCY, "agency-a"), "enterprise-a") == []
    assert len(organisations.marks(a_caller(Role.BUREAU, "city-a"), "enterprise-a")) == 1


def test_an_agency_that_begins_to_serve_gets_the_marks_there_are(settled: Database) -> None:
    organisations = Organisations(settled, clock=lambda: NOON)
    organisations.mark(a_caller(Role.BUREAU, "city-a"), "enterprise-a", NewMark(Mark.HIGH_TECH, "", DIGEST, date(2026, 1, 1)))
    with settled.write() as connection:
        assert service.serve(connection, "agency-b", "enterprise-a", now=NOON + timedelta(days=1))
        assert not service.serve(connection, "agency-b", "enterprise-a", now=NOON + timedelta(days=2))
        (leaf,) = ledger.leaves(connection, "agency-b")
        assert (leaf.happened_at, leaf.recorded_at) == (NOON, NOON + timedelta(days=1))


def test_of_a_mark_the_entry_recorded_last_decides(settled: Database) -> None:
    minutes = iter(range(10))
    organisations = Organisations(settled, clock=lambda: NOON + timedelta(minutes=next(minutes)))
    caller = a_caller(Role.BUREAU, "city-a")
    for value, first, last in (
        ("small", date(2026, 1, 1), None),
        ("medium", date(2026, 4, 1), None),
        ("medium", date(2026, 4, 1), date(2026, 6, 30)),
    ):
        organisations.mark(caller, "enterprise-a", NewMark(Mark.SIZE_CLASS, value, DIGEST, first, last))
    with settled.read() as connection:
        for day, value in (
            (date(2025, 12, 31), None),
            (date(2026, 1, 1), "small"),
            (date(2026, 3, 31), "small"),
            (date(2026, 4, 1), "medium"),
            (date(2026, 6, 30), "medium"),
            (date(2026, 7, 1), None),
        ):
            held = service.marks_on(connection, "enterprise-a", day, agency="agency-a")
            assert held.get(Mark.SIZE_CLASS) == value, day


def test_a_size_class_is_computed_by_the_table_that_holds_on_its_first_day(settled: Database) -> None:
    """The mark that results is one as any other; the one of figures says by which comparisons and table."""
    sizes = Sizes(settled, clock=lambda: NOON)
    minutes = iter(range(10))
    organisations = Organisations(settled, clock=lambda: NOON + timedelta(minutes=next(minutes)))
    caller = a_caller(Role.AGENCY, "agency-a")
    old = 'title = "旧表"\nfirst = 2011-01-01\n[[industry]]\ncode = "O"\nname = "其他"\nstaff = [10, 100, 300]\n'
    new = old.replace("旧表", "新表").replace("2011-01-01", "2026-01-01").replace("[10, 100, 300]", "[50, 500, 900]")
    for day, text, value in (("2025-12-31", old, "medium"), ("2026-01-01", new, "small")):
        wanted = NewMark(Mark.SIZE_CLASS, "", DIGEST, date.fromisoformat(day), figures=Figures("O", 120))
        if text is old:
            with pytest.raises(SizeTableMissing):
                organisations.mark(caller, "enterprise-a", wanted)
        assert sizes.load(text.encode())[2]
        assert not sizes.load(text.encode())[2], "the same file again"
        marked = organisations.mark(caller, "enterprise-a", wanted)
        assert (marked.value, marked.first) == (value, wanted.first)
        assert marked.basis is not None
        assert marked.basis.endswith(digest(text.encode()))
        assert "从业人员 120 人" in marked.basis
    assert [title for _, title, _ in sizes.everything()] == ["旧表", "新表"]
    assert [held.basis is None for held in organisations.marks(caller, "enterprise-a")] == [False, False]
    with settled.read() as connection:
        assert service.marks_on(connection, "enterprise-a", date(2026, 3, 1), agency="agency-a") == {Mark.SIZE_CLASS: "small"}
        values = [leaf.attributes["value"] for leaf in ledger.leaves(connection, "agency-a")]
    assert values == ["medium", "small"], "no figure is in the evidence"
    with pytest.raises(MarkRefused):
        organisations.mark(caller, "enterprise-a", replace(wanted, value="large"))
    with pytest.raises(MarkRefused):
        organisations.mark(caller, "enterprise-a", replace(wanted, mark=Mark.HIGH_TECH))
    with pytest.raises(FiguresRefused):
        organisations.mark(caller, "enterprise-a", replace(wanted, figures=Figures("X", 1)))
