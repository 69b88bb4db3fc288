"""有效发明专利拥有量 on both engines: high-value inventions and enterprise lists of thousands, counted again one by one."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from search.analysis import kin
from search.analysis.errors import ApplicantsAsked, NoList
from search.analysis.model import Analysis, Ask, Row
from search.analysis.service import Analyst
from search.engine import layout
from search.engine.model import Question, Request, Results, Table, Unit
from search.engine.port import PatentReader
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Legal, Patent, Reference
from search.query.tree import All, Query, Range, Value, Word, both
from search.saved.collections.divided import Division
from tests.contract.conftest import Place
from tests.contract.library import paper, parties, symbols
from tests.contract.lists import Lists
from tests.contract.shelf import Shelf

TODAY = date(2026, 11, 24)
FIRMS = tuple(f"园区第{number}公司" for number in range(90))
GROUP = (FIRMS[0], "Park One Co., Ltd.")
UNITS: tuple[Unit, ...] = ("publication", "application", "family")


def _grant(random: random.Random, number: int) -> Patent:
    """An invention of one or two firms, its family told by a source, by a priority, by itself, or not at all."""
    filed = f"{random.randint(2010, 2020)}-0{random.randint(1, 9)}-1{random.randint(0, 9)}"
    application = f"CN20{random.randint(10, 20)}1{number:07}.0"
    claimed = random.choice(((), (Reference(number=f"US6100{number % 40:04}", date="2010-01-01"),)))
    return paper(
        f"CN{10_000_000 + number}B",
        stage="granted",
        type=random.choice(("invention", "invention", "utility_model")),
        publication_date="2021-05-10",
        application=Reference(number=application, date=filed),
        priorities=claimed,
        titles={"zh": random.choice(("一种电池", "一种水泵"))},
        applicants=parties(*random.sample((*FIRMS[:70], GROUP[1]), random.randint(1, 2)), country="CN", region="贵州省"),
        family=f"F{number}" if number % 3 == 0 else None,
        ipc=symbols(random.choice(("H01M 10/0525", "F04D 1/00"))),
        legal=Legal(status=random.choice(("in_force", "in_force", "lapsed")), since="2022-01-01", version=1),
    )


def _abroad(random: random.Random, number: int, of: Patent) -> Patent:
    """A member of its family, or of another one, at an office abroad or in Hong Kong; some were filed first and are claimed."""
    country = random.choice(("US", "WO", "EP", "HK"))
    own = random.choice((f"{country}2019{number:07}", f"US6100{number % 40:04}"))
    claimed = (of.application,) if of.application and number % 2 else ()
    return paper(
        f"{country}{2_000_000_000 + number}A1",
        stage="published",
        type="invention",
        publication_date="2019-02-02",
        application=Reference(number=own, date="2018-01-01"),
        priorities=claimed,
        titles={"en": "A thing"},
        applicants=parties("Somebody"),
        family=of.family if number % 3 else None,
    )


def _stock() -> dict[str, Patent]:
    chance = random.Random(375)
    grants = [_grant(chance, number) for number in range(240)]
    members = [_abroad(chance, number, chance.choice(grants)) for number in range(120)]
    return {patent.number: patent for patent in (*grants, *members)}


HELD = _stock()
LISTS = Lists()


@pytest.fixture(scope="module")
def shelf(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    opened = Shelf.open(place(), ordinals)
    opened.put(*HELD.values())
    yield opened
    opened.index.close()


def density(shelf: Shelf, query: Query = All(), **ask: Any) -> Analysis:  # noqa: B008  frozen
    analyst = Analyst(shelf.index, entities=lambda _user: [GROUP], kept=LISTS)
    return analyst.answer("density", Ask(**({"query": query, "today": TODAY, "at": TODAY.isoformat()} | ask)))


def owned() -> list[Patent]:
    return [
        patent
        for patent in HELD.values()
        if patent.number.startswith("CN") and patent.type == "invention" and patent.legal and patent.legal.status == "in_force"
    ]


def units(documents: list[Patent], unit: Unit) -> set[str]:
    return {str(layout.entry(each, 1).get(layout.UNITS.get(unit, "number"), each.number)) for each in documents}


def is_old(patent: Patent, at: str = "2016-11-24") -> bool:
    return patent.application is not None and (patent.application.date or "9") <= at


def is_abroad(patent: Patent) -> bool:
    """By looking at every document there is."""
    home = ("CN", "HK", "MO", "TW")
    members = [each for each in HELD.values() if layout.family(each) == layout.family(patent)]
    return any(not each.number.startswith(home) for each in members)


def is_strategic(patent: Patent) -> bool:
    return patent.ipc[0].symbol == "H01M 10/0525"


@pytest.mark.parametrize("unit", UNITS)
def test_high_value_inventions_count_once_and_each_kind_opens_what_it_counts(shelf: Shelf, unit: Unit) -> None:
    table = density(shelf, unit=unit, strategic="ipc:H01M", populations={"": 20_000})
    kinds = {"over_10_years": is_old, "family_abroad": is_abroad, "strategic": is_strategic}
    expected = {name: units([each for each in owned() if met(each)], unit) for name, met in kinds.items()}
    expected["high_value"] = set.union(*expected.values())
    part = next(part for part in table.parts if part.name == "density.high_value")
    assert {row.keys[0]: row.count for row in part.rows} == {name: len(found) for name, found in expected.items()}
    assert {name: table.figures[name] for name in expected} == {name: len(found) for name, found in expected.items()}
    assert 0 < len(expected["family_abroad"]) < len(expected["high_value"]) < sum(map(len, expected.values())), "not their sum"
    assert table.figures["high_value_density"] == len(expected["high_value"]) / 2
    opens(shelf, part.rows, unit)
    assert {"high_value", "not_official"} <= {caveat.code for caveat in table.caveats}
    assert "family_abroad" in {caveat.code for caveat in part.caveats}


def opens(shelf: Shelf, rows: tuple[Row, ...], unit: Unit) -> None:
    asked = [Question(unit=unit, within=LISTS.opened(row.query)) for row in rows]
    assert [row.count for row in rows] == [each.total for each in shelf.index.aggregate(All(), asked)]


def test_a_family_abroad_alone_and_none(shelf: Shelf) -> None:
    """Without a query an industry is not told; of pumps in a population without members abroad there is none."""
    assert density(shelf, Word("水泵")).figures["strategic"] is None
    alone = next(each for each in owned() if not is_abroad(each) and not is_old(each))
    table = density(shelf, LISTS.opened(f"number:{alone.number}"))
    assert (table.figures["owned"], table.figures["family_abroad"], table.figures["high_value"]) == (1, 0, 0)
    opens(shelf, table.parts[0].rows, "application")


def test_too_many_to_look_up_is_said_and_not_guessed(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kin, "LOOKED_AT", 5)  # twenty thousand documents would take the time of all these tests
    table = density(shelf)
    assert (table.figures["family_abroad"], table.figures["high_value"], table.figures["high_value_density"]) == (None, None, None)
    assert [row.keys[0] for row in table.parts[0].rows] == ["over_10_years"]
    assert "families_many" in {caveat.code for caveat in table.caveats}
    assert all(row.values["high_value"] is None for row in table.rows)


@pytest.mark.parametrize("merged", [False, True])
def test_a_list_of_thousands_of_enterprises(shelf: Shelf, merged: bool) -> None:
    names = (*FIRMS, *(f"没有文献的公司{number}" for number in range(4_000)))
    table = density(shelf, applicants=names, merged=merged, unit="application")
    together = {name: set(GROUP) if merged and name in GROUP else {name} for name in names}
    held = {
        name: [each for each in owned() if group & {party.name for party in each.applicants}] for name, group in together.items()
    }
    expected = {name: len(units(documents, "application")) for name, documents in held.items() if documents}
    assert {row.keys[0]: row.count for row in table.rows} == expected
    assert len(expected) > 60
    for row in table.rows:
        assert row.values["over_10_years"] == len(units(list(filter(is_old, held[row.keys[0]])), "application"))
        best = [each for each in held[row.keys[0]] if is_old(each) or is_abroad(each)]
        assert row.values["high_value"] == len(units(best, "application"))
    every = {each.number: each for documents in held.values() for each in documents}
    assert table.total == table.figures["owned"] == len(units(list(every.values()), "application"))
    opens(shelf, table.rows, "application")
    opens(shelf, next(part.rows for part in table.parts if part.name == "density.high_value"), "application")
    unknown = next(part for part in table.parts if part.name == "density.unknown")
    known = {party.name for patent in HELD.values() for party in patent.applicants}
    assert [row.keys[0] for row in unknown.rows] == [name for name in names if not together[name] & known]
    assert table.figures["unknown"] == len(unknown.rows) > 4_000
    assert table.figures["without"] == len(names) - len(expected)
    assert shelf.index.count(LISTS.opened(unknown.rows[0].query)) == 0


class Asking:
    """A reader that tells how many questions, and how many searches, it was asked."""

    def __init__(self, reader: PatentReader) -> None:
        self._reader = reader
        self.questions = self.searches = 0

    def aggregate(self, query: Query, questions: Sequence[Question], **more: Any) -> list[Table]:
        self.questions += len(questions)
        return self._reader.aggregate(query, questions, **more)

    def search(self, request: Request) -> Results:
        self.searches += 1
        return self._reader.search(request)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)


@pytest.mark.parametrize("unit", UNITS)
def test_a_thousand_merges_are_counted_exactly_by_few_questions(shelf: Shelf, unit: Unit) -> None:
    others = [f"没有文献的公司{number}" for number in range(2_000)]
    names = [*FIRMS, *others]
    pairs = [(one, other) for one, other in zip(names[::2], names[1::2], strict=True)]
    reader = Asking(shelf.index)
    analyst = Analyst(cast("PatentReader", reader), entities=lambda _user: pairs, kept=LISTS)
    ask = Ask(query=All(), today=TODAY, at=TODAY.isoformat(), unit=unit, merged=True, applicants=tuple(names))
    table = analyst.answer("density", ask)
    held = {pair[0]: [each for each in owned() if {*pair} & {party.name for party in each.applicants}] for pair in pairs}
    expected = {name: len(units(documents, unit)) for name, documents in held.items() if documents}
    assert {row.keys[0]: row.count for row in table.rows} == expected
    for row in table.rows:
        best = [each for each in held[row.keys[0]] if is_old(each) or is_abroad(each)]
        assert row.values["high_value"] == len(units(best, unit))
    apart = [sum(name in {party.name for party in each.applicants} for each in owned() for name in pair) for pair in pairs]
    assert sum(apart) > sum(len(documents) for documents in held.values()), "names of some pairs meet in a document"
    assert reader.questions < len(pairs) / 4


def test_families_are_looked_up_once_for_all_branches_and_kept_as_one_list(shelf: Shelf) -> None:
    branches = {str(place): (word, f"20{10 + place}-01-01") for place, word in enumerate(("电池", "水泵") * 5)}
    divisions = [
        Division(code, code, code, 1, None, both(Word(word, "title"), Range("application_date", first, None)))
        for code, (word, first) in branches.items()
    ]
    lists, reader, alone = Lists(), Asking(shelf.index), Asking(shelf.index)
    analyst = Analyst(cast("PatentReader", reader), divided=lambda _user, _id, *, expand: divisions, kept=lists)
    ask = Ask(query=All(), today=TODAY, at=TODAY.isoformat())
    table = analyst.answer("branches", replace(ask, said=Value("collection", "0" * 16), each="density"))
    assert [kind for kind, _ in lists.kept] == ["numbers"]
    assert set(lists.kept[0][1]) == {each.number for each in owned() if is_abroad(each)}
    Analyst(cast("PatentReader", alone), kept=lists).answer("density", ask)
    assert reader.searches == alone.searches
    kinds = next(part for part in table.parts if part.name == "density.high_value")
    told = {row.keys: row for row in kinds.rows}
    for code, (word, first) in branches.items():
        held = [
            each for each in owned() if word in each.titles["zh"] and each.application and (each.application.date or "") >= first
        ]
        row = told[code, "family_abroad"]
        assert row.count == len(units([each for each in held if is_abroad(each)], "application"))
        assert row.query.endswith("#1")


def test_a_list_by_its_number_and_one_that_is_not_there(shelf: Shelf) -> None:
    number = LISTS.keep("", FIRMS, label="园区", kind="names")
    table = density(shelf, listed=number)
    assert f"#{number}" in table.population
    assert table.rows == density(shelf, applicants=FIRMS).rows, "the same list is the same question, and is kept once"
    with pytest.raises(NoList):
        density(shelf, listed=99)
    with pytest.raises(ApplicantsAsked):
        density(shelf, applicants=tuple(map(str, range(5_001))))


def test_places_whose_people_are_told_and_that_own_nothing(shelf: Shelf) -> None:
    table = density(shelf, populations={"贵州": 10_000, "贵州省": 20_000})
    assert [row.keys[0] for row in table.rows] == ["贵州省"]
    assert "贵州。" in next(caveat.zh for caveat in table.caveats if caveat.code == "places_absent")
