"""Analysis of a collection whose records wait for their documents, over either engine: every row is recounted one by one, its query
opens what of it is held, and the list of records the rest."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from auth.access.model import Identity
from auth.credentials.passwords import Passwords
from auth.database import Database
from auth.http.problems import NotFound
from auth.roles import Role
from auth.users.service import Users
from search.analysis.model import Analysis, Ask, Name
from search.analysis.service import PAGE, QUESTIONS, Analyst
from search.engine.layout import DIMENSIONS
from search.engine.model import Question, Unit
from search.find.doctor.service import Doctor
from search.loads.ordinals import DatabaseOrdinals
from search.migrations import migrate
from search.patent.model import Patent, Reference
from search.patent.numbers import application
from search.query import parse
from search.query.sets import resolve
from search.query.tree import All, Query
from search.saved.collections.beside import Waiting
from search.saved.collections.divided import NOWHERE, Division
from search.saved.collections.importing import Importer
from search.saved.collections.model import OUTSIDE, Branch
from search.saved.collections.problems import DeedOverlaid
from search.saved.collections.service import Collections, Wanted
from search.saved.collections.works import Said, mark, say
from tests.contract import recount
from tests.contract.conftest import Place
from tests.contract.library import paper, parties, symbols
from tests.contract.recount import Read
from tests.contract.shelf import Shelf
from tests.contract.stock import UNITS

TODAY = date(2026, 11, 24)
FIRM, TRANSLATED, OTHER = "甲公司", "Jia Co., Ltd.", "乙公司"
TITLES = ("锂电池的电极", "电池隔膜", "水泵阀门", "电极涂布方法")
IPC = ("H01M 10/0525", "H01M 4/02", "F16K 1/00", "B05D 1/26")
HEAD = ("公开号", "申请号", "标题", "申请人", "发明人", "申请日", "公开日", "IPC", "技术分支")
BRANCH = "正极"


def _filed(place: int) -> str:
    return application(f"CN2010100{place:05}")


def _told(place: int, chance: Random) -> Patent:
    """A publication with what an import tells of it; every other one is of the application before it."""
    return paper(
        f"CN102000{place // 2:03}{'AB'[place % 2]}",
        stage=("published", "granted")[place % 2],
        type="invention",
        publication_date=f"20{12 + place % 12}-05-10",
        application=Reference(number=_filed(place // 2) if place % 7 else None, date=f"20{10 + place % 9}-0{1 + place % 8}-15"),
        titles={"zh": chance.choice(TITLES)},
        applicants=parties(*chance.sample((FIRM, TRANSLATED, OTHER, "丙大学"), chance.randint(0, 2))),
        inventors=parties(*chance.sample(("王一", "李二", "张三"), chance.randint(0, 2))),
        ipc=symbols(*chance.sample(IPC, chance.randint(0, 2))),
    )


def _loaded(place: int, told: Patent) -> Patent:
    """With what is known of it once it is loaded; some claim what another one filed, or have a family by its name."""
    further: dict[str, Any] = {"priorities": (Reference(number=_filed(place // 4), date="2010-01-01"),)} if place % 5 == 0 else {}
    further |= {"family": f"F{place // 6}"} if place % 3 == 0 else {}
    known = {name: getattr(told, name) for name in told.__struct_fields__ if name != "number"}
    return paper(told.number, **known | {"abstracts": {"zh": "一种装置。"}} | further)


def _related(record: Patent) -> Patent:
    """A record in the family of the first document that is held of its application."""
    filed = record.application.number if record.application else None
    kin = [each for each in HELD if filed and each.application and each.application.number == filed]
    return replace(record, family=kin[0].family, priorities=kin[0].priorities) if kin else record


_CHANCE = Random(5)
EVERY = [_told(place, _CHANCE) for place in range(80)]
_NOT_HELD = _CHANCE.sample(EVERY, 30)
HELD = [_loaded(place, each) for place, each in enumerate(EVERY) if each not in _NOT_HELD]
RECORDS = [_related(each) for each in _NOT_HELD]
LISTED = [*RECORDS, *HELD[::3]]
READ = {each.number: recount.read(each) for each in (*HELD, *RECORDS)}
WAITING = {each.number for each in RECORDS}

ASKED: Mapping[Name, Mapping[str, Any]] = {
    "custom": {"by": ("applicant", "section", "application_year")},
    "grants": {"applicants": (FIRM, OTHER)},
    "network": {"by": ("inventor",)},
    "branches": {"by": ("applicant",)},
}
UNTOLD: tuple[Name, ...] = ("regions", "citations", "density")
"""What an import does not tell of."""

OF_APPLICANTS: tuple[Name, ...] = ("parties", "matrix", "competitors", "network", "citations", "grants")


def sheet(some: Sequence[Patent]) -> bytes:
    """A table as other systems export it."""
    out = io.StringIO()
    written = csv.writer(out)
    written.writerow(HEAD)
    for each in some:
        filed = each.application or Reference()
        names = [";".join(party.name for party in found) for found in (each.applicants, each.inventors)]
        classes = ";".join(symbol.symbol for symbol in each.ipc)
        branch = BRANCH if each.number.endswith("1B") else ""
        written.writerow((each.number, filed.number, each.titles["zh"], *names, filed.date, each.publication_date, classes, branch))
    return out.getvalue().encode()


class Desk:
    """An account with a collection over an engine: its query finds 隔膜, its branch 1 电极 in titles, besides what is listed."""

    def __init__(self, shelf: Shelf, folder: Path) -> None:
        self.shelf = shelf
        self.database = Database(f"sqlite:///{folder / 'patentry.sqlite'}")
        migrate(self.database)
        self.user = self.account("li@example.org")
        self.collections = Collections(self.database, lambda _user, _number: None, shelf.index)
        branches = [Branch("1", None, 1, BRANCH, canonical="title:电极"), Branch("2", None, 2, "阀", canonical="title:阀门")]
        caller = Identity(user=self.user, email=None, name=None, role=Role.RESEARCHER, organisation=None, session="s1")
        self.id = self.collections.add(caller, Wanted("清单", "title:隔膜"), branches=branches).id
        self.waiting = Waiting(self.collections, shelf.index)
        self.analyst = Analyst(
            shelf.index,
            entities=lambda _user: [(FIRM, TRANSLATED)],
            divided=self.divided,
            records=self.waiting.beside,
        )

    def account(self, mail: str) -> str:
        return Users(self.database, Passwords()).add(mail, "seven copper lanterns drift", role=Role.RESEARCHER).id

    def bring(self, some: Sequence[Patent]) -> Mapping[str, int]:
        told = Importer(self.collections, Doctor(self.shelf.index)).bring(self.user, self.id, sheet(some), lang="zh")
        return told.counts

    def tree(self, text: str) -> Query:
        def kept(name: str) -> Query | None:
            return self.collections.tree(self.user, name)

        return resolve(parse(text, "native").tree, lambda _number: None, kept)

    def divided(self, user: str, id: str, *, expand: bool) -> list[Division]:  # noqa: A002
        assert expand
        shape = self.collections.shape(user, id)
        trees = {**shape.trees, OUTSIDE: shape.outside}
        names = {code: (each.name, each.name) for code, each in shape.branches.items()} | {OUTSIDE: NOWHERE}
        return [Division(code, *names[code], int(code != OUTSIDE), None, tree) for code, tree in trees.items()]

    def asked(self, name: Name, text: str, **ask: Any) -> Analysis:
        said = parse(text, "native").tree
        return self.analyst.answer(name, Ask(query=self.tree(text), said=said, today=TODAY, user=self.user, **ask))

    def held(self, texts: Sequence[str], unit: Unit) -> list[int]:
        """How many units held each text finds."""
        return [found.total for found in self.shelf.index.aggregate(All(), [_asked(self.tree(text), unit) for text in texts])]

    def records(self, text: str, unit: Unit = "publication") -> list[str]:
        return [each.number for each in self.waiting.narrowed(self.user, [self.id], self.tree(text), unit=unit)]


def _asked(tree: Query, unit: Unit) -> Question:
    return Question(unit=unit, within=tree)


@pytest.fixture(scope="module")
def desk(place: Place, ordinals: DatabaseOrdinals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = Shelf.open(place(), ordinals)
    opened.put(*HELD)
    made = Desk(opened, tmp_path_factory.mktemp("desk"))
    assert made.bring(LISTED) == {"found": len(LISTED) - len(RECORDS), "waiting": len(RECORDS)}
    yield made
    made.database.close()
    opened.index.close()


def populations(id: str) -> dict[str, set[str]]:  # noqa: A002
    """Texts about the collection, and the numbers that they find, held or not."""
    listed = {each.number for each in LISTED}
    titles = {each.number: each.titles["zh"] for each in EVERY}
    whole = listed | {each.number for each in HELD if "隔膜" in titles[each.number]}
    marked = {number for number in listed if number.endswith("1B")}
    return {
        f'collection:"{id}"': whole,
        f'collection:"{id}" AND title:电池': {number for number in whole if "电池" in titles[number]},
        f'collection:"{id}/1"': {number for number in whole if "电极" in titles[number] or number in marked},
        f'collection:"{id}" NOT applicant=="{FIRM}"': {n for n in whole if FIRM not in READ[n].keys["applicant"]},
    }


def tables(analysis: Analysis) -> Iterator[Analysis]:
    yield analysis
    for part in analysis.parts:
        yield from tables(part)


def units(numbers: set[str], unit: Unit) -> set[str]:
    return {READ[number].units[unit] for number in numbers}


@pytest.mark.parametrize(("name", "merged"), [*((name, False) for name in QUESTIONS), *((name, True) for name in OF_APPLICANTS)])
def test_every_row_is_counted_over_documents_and_records_and_opens_both(desk: Desk, name: Name, merged: bool) -> None:
    seen = 0
    first = list(QUESTIONS).index(name) + merged
    for place in (first % 4, (first + 1) % 4):
        text, numbers = list(populations(desk.id).items())[place]
        unit = UNITS[(first + place) % 3]
        asked = {**ASKED.get(name, {})} | {"unit": unit, "size": (50, 3)[place % 2], "merged": merged}
        for table in tables(desk.asked(name, text, **asked)):
            held = set(desk.shelf.numbers(desk.tree(table.population)))
            found = held | set(desk.records(table.population))
            if table.population == text:
                assert found == numbers
                assert held == numbers - WAITING
            assert table.total == len(units(found, unit))
            assert table.waiting == len(units(found, unit) - units(held, unit))
            for row in table.rows:
                if set(table.by) <= DIMENSIONS.keys() and not (merged and {FIRM, TRANSLATED} & set(row.keys)):
                    both = {number for number in found if _has(READ[number], table.by, row.keys)}
                    assert row.count == len(units(both, unit)), (table.name, row)
                    assert row.held == len(units(both - WAITING, unit)), (table.name, row)
            rows = table.rows[:: 1 + len(table.rows) // 3]
            assert [row.held for row in rows] == desk.held([row.query for row in rows], unit), table.name
            for row in rows:
                assert row.waiting == len(units(set(desk.records(row.query, unit)), unit)), (table.name, row)
                seen += row.waiting
    assert seen or name in UNTOLD, "of no row a record was counted"


def _has(document: Read, by: Sequence[str], keys: Sequence[str]) -> bool:
    return all(key in document.keys[dimension] for dimension, key in zip(by, keys, strict=True))


def test_a_page_is_its_tables_with_their_records(desk: Desk) -> None:
    text = f'collection:"{desk.id}"'
    ask = Ask(query=desk.tree(text), said=parse(text, "native").tree, today=TODAY, user=desk.user)
    page = desk.analyst.page(ask)
    assert [table.name for table in page] == list(PAGE)
    assert page == [desk.analyst.answer(name, ask, brief=True) for name in PAGE]
    assert all(table.waiting for table in page)
    assert all("records" in {caveat.code for caveat in table.caveats} for table in page)


def test_records_count_only_where_they_are_asked_for(desk: Desk) -> None:
    text = f'collection:"{desk.id}"'
    alone = desk.asked("legal", text, records=False, unit="publication")
    whole = desk.asked("legal", text, unit="publication")
    assert (alone.total, alone.waiting) == (whole.total - whole.waiting, 0)
    assert whole.waiting == len(RECORDS)
    assert desk.asked("legal", "title:电池", unit="publication").waiting == 0


def test_nobody_counts_the_records_of_a_collection_that_is_not_his(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.waiting.beside(desk.account("zhang@example.org"), [desk.id])


def test_people_put_records_in_and_out_of_the_collection_and_its_branches(
    place: Place, ordinals: DatabaseOrdinals, tmp_path: Path
) -> None:
    shelf = Shelf.open(place(), ordinals)
    shelf.put(*HELD[:5])
    desk = Desk(shelf, tmp_path)
    some = [each for each in RECORDS if each.titles["zh"] == "水泵阀门"][:3]
    desk.bring(some)
    one, other, third = sorted(each.number for each in some)
    desk.collections.do(desk.user, desk.id, mark("1", [one], "place", True))
    desk.collections.do(desk.user, desk.id, mark("2", [other], "place", False))
    desk.collections.do(desk.user, desk.id, say([third], Said(placed=True, stands="out")))
    assert desk.records(f'collection:"{desk.id}"') == [one, other]
    assert one in desk.records(f'collection:"{desk.id}/1"')
    assert desk.records(f'collection:"{desk.id}/2"') == [one]
    desk.database.close()
    shelf.index.close()


def test_a_document_that_is_loaded_takes_its_record_s_place_and_counts_once(
    place: Place, ordinals: DatabaseOrdinals, tmp_path: Path
) -> None:
    shelf = Shelf.open(place(), ordinals)
    shelf.put(*HELD)
    desk = Desk(shelf, tmp_path)
    desk.bring(LISTED)
    text = f'collection:"{desk.id}"'
    for loaded in range(0, len(RECORDS), 10):
        read = desk.tree(text)
        shelf.put(*RECORDS[loaded : loaded + 10])
        for unit in UNITS:
            late = desk.analyst.answer("legal", Ask(query=read, said=parse(text).tree, today=TODAY, user=desk.user, unit=unit))
            found = desk.asked("legal", text, unit=unit)
            numbers = {each.number for each in LISTED} | set(shelf.numbers(desk.tree(text)))
            assert late.total == found.total == len(units(numbers, unit))
            held = set(shelf.numbers(desk.tree(text)))
            assert late.waiting == found.waiting == len(units(numbers, unit) - units(held, unit))
    assert found.waiting == 0
    assert desk.waiting.beside(desk.user, [desk.id]) is None
    desk.database.close()
    shelf.index.close()


@pytest.mark.parametrize("looked", [False, True])
def test_an_import_is_stepped_back_whole_with_what_was_loaded_since(
    place: Place, ordinals: DatabaseOrdinals, tmp_path: Path, looked: bool
) -> None:
    """Whether anybody looked at the collection in between or not; what a person said of a document since stays in the way."""
    shelf = Shelf.open(place(), ordinals)
    desk = Desk(shelf, tmp_path)
    some = [replace(each, titles={"zh": "水泵"}) for each in EVERY if each.number.endswith("1B")][:2]
    waits = next(each for each in EVERY if each.titles["zh"] == "水泵阀门" and not each.number.endswith("1B"))
    desk.bring([*some, waits])
    (deed,) = desk.collections.deeds(desk.user, desk.id)

    def held(text: str = "") -> list[str]:
        return shelf.numbers(desk.tree(f'collection:"{desk.id}{text}"'))

    shelf.put(*some)
    if looked:
        assert held("/1") == [each.number for each in some]
    desk.collections.step(desk.user, desk.id, deed.number, undone=True)
    assert (held(), held("/1"), desk.collections.waiting(desk.user, desk.id)) == ([], [], [])
    desk.collections.step(desk.user, desk.id, deed.number, undone=False)
    assert held() == held("/1") == [each.number for each in some]
    assert [each.number for each in desk.collections.waiting(desk.user, desk.id)] == [waits.number]
    desk.collections.do(desk.user, desk.id, say([some[0].number], Said(note="看过")))
    with pytest.raises(DeedOverlaid):
        desk.collections.step(desk.user, desk.id, deed.number, undone=True)
    (said, _) = desk.collections.deeds(desk.user, desk.id)
    desk.collections.step(desk.user, desk.id, said.number, undone=True)
    desk.collections.step(desk.user, desk.id, deed.number, undone=True)
    assert (held(), desk.collections.marks(desk.user, desk.id, "place")) == ([], [])
    desk.database.close()
    shelf.index.close()
