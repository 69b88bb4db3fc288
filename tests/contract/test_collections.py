"""What a collection and its branches hold, over either engine, is what sets of numbers say."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from auth.access.model import Identity
from auth.credentials.passwords import Passwords
from auth.database import Database
from auth.roles import Role
from auth.users.service import Users
from search.find.doctor.service import Doctor
from search.loads.ordinals import DatabaseOrdinals
from search.migrations import migrate
from search.patent.model import Reference
from search.query.tree import Query
from search.saved.collections import trees
from search.saved.collections.importing import Importer
from search.saved.collections.model import Branch, Document
from search.saved.collections.service import Collections, Wanted
from tests.contract.conftest import Place
from tests.contract.library import paper
from tests.contract.shelf import Shelf

WORDS = ("阀门", "电池", "轴承", "石墨")
NUMBERS = [f"CN{100 + place}A" for place in range(24)]
TITLES = {number: {word for bit, word in enumerate(WORDS) if place >> bit & 1} for place, number in enumerate(NUMBERS)}


@pytest.fixture(scope="module")
def stock(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    """Twenty-four documents, each with some of the words."""
    opened = Shelf.open(place(), ordinals)
    opened.put(*(paper(number, titles={"zh": "、".join(sorted(words)) or "无"}) for number, words in TITLES.items()))
    yield opened
    opened.index.close()


class Drawn:
    """A collection drawn at random, as people might have made it, and what it holds by sets of numbers."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.word = chance.choice((None, *WORDS))
        self.put_in, self.put_out = self.some(), self.some()
        self.branches: dict[str, Branch] = {}
        for _ in range(chance.randint(1, 6)):
            parents = [code for code in self.branches if code.count(".") < 2]
            parent = chance.choice((None, *parents))
            code = f"{parent}.{len(self.branches)}" if parent else str(len(self.branches))
            word = chance.choice((None, *WORDS))
            self.branches[code] = Branch(code, parent, 1, code, canonical=f"title:{word}" if word else None)
        self.placed = {code: (self.some(), self.some()) for code in self.branches if chance.random() < 0.6}

    def some(self) -> list[str]:
        return sorted(self.chance.sample(NUMBERS, self.chance.randint(0, 4)))

    def tree(self, code: str = "") -> Query:
        whole = trees.collection(f"title:{self.word}" if self.word else None, self.put_in, self.put_out)
        return trees.branch(code, self.branches, self.placed, whole) if code else whole

    def numbers(self, code: str = "") -> set[str]:
        """By sets: `tests` know nothing of trees."""
        whole = (having(self.word) | set(self.put_in)) - set(self.put_out)
        if not code:
            return whole
        held = whole & self.own(code)
        above = self.branches[code].parent
        while above:
            held -= set(self.placed.get(above, ((), ()))[1])
            above = self.branches[above].parent
        return held

    def own(self, code: str) -> set[str]:
        put_in, put_out = self.placed.get(code, ((), ()))
        canonical = self.branches[code].canonical
        held = having(canonical.removeprefix("title:") if canonical else None) | set(put_in)
        for each in self.branches.values():
            if each.parent == code:
                held |= self.own(each.code)
        return held - set(put_out)


def having(word: str | None) -> set[str]:
    return {number for number, words in TITLES.items() if word in words}


@pytest.mark.parametrize("seed", range(40))
def test_a_collection_and_its_branches_hold_what_the_sets_say(stock: Shelf, seed: int) -> None:
    drawn = Drawn(random.Random(seed))
    codes = ["", *drawn.branches]
    found = {code: set(stock.numbers(drawn.tree(code))) for code in codes}
    assert found == {code: drawn.numbers(code) for code in codes}
    for code, branch in drawn.branches.items():
        assert found[code] <= found[branch.parent or ""]


def test_what_waits_is_replaced_when_it_is_loaded(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(paper("CN102000001A"))
    database = Database(f"sqlite:///{tmp_path / 'patentry.sqlite'}")
    migrate(database)
    li = Users(database, Passwords()).add("li@example.org", "seven copper lanterns drift", role=Role.RESEARCHER)
    caller = Identity(user=li.id, email=None, name=None, role=Role.RESEARCHER, organisation=None, session="s1")
    collections = Collections(database, lambda _user, _number: None, shelf.index)
    id = collections.add(caller, Wanted("清单"), branches=[Branch("1", None, 1, "正极")]).id  # noqa: A001
    table = "公开号,申请号,备注,标签,技术分支\nCN102000001A,,,,\nCN108888888A,,核心,量产,正极\n,CN201810000001.4,同一申请,,\n"
    told = Importer(collections, Doctor(shelf.index)).bring(li.id, id, table.encode(), lang="zh")
    assert told.counts == {"found": 1, "waiting": 2}
    assert shelf.numbers(tree(collections, li.id, id)) == ["CN102000001A"]
    assert [record.number for record in collections.waiting(li.id, id)] == ["CN108888888A", "CN201810000001.4"]
    filed = Reference(number="CN201810000001.4")
    shelf.put(paper("CN108888888A"), paper("CN107777777A", application=filed), paper("CN107777777B", application=filed))
    assert set(shelf.numbers(tree(collections, li.id, id))) == {"CN102000001A", "CN107777777A", "CN107777777B", "CN108888888A"}
    assert shelf.numbers(tree(collections, li.id, f"{id}/1")) == ["CN108888888A"]
    assert collections.waiting(li.id, id) == []
    said = collections.said(li.id, id)
    assert said["CN108888888A"] == Document("CN108888888A", "in", note="核心", tags=("量产",))
    assert said["CN107777777B"].note == "同一申请"
    collections.step(li.id, id, told.deed or 0, undone=True)
    assert shelf.numbers(tree(collections, li.id, id)) == []
    assert collections.said(li.id, id) == {}
    database.close()


def tree(collections: Collections, user: str, name: str) -> Query:
    found = collections.tree(user, name)
    assert found is not None
    return found
