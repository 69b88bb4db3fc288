"""Analysis on both engines: every row of every table is recounted document by document, and opens what it counts."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from search.analysis.errors import ApplicantsAsked
from search.analysis.model import Analysis, Ask, Name, Row
from search.analysis.service import PAGE, QUESTIONS, Analyst
from search.engine.errors import TooManyCells
from search.engine.layout import DIMENSIONS
from search.engine.model import Question
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Legal, Reference
from search.query import parse
from search.query.tree import All, Query, Range, Value, Word
from search.text.content import is_function
from tests.contract import recount
from tests.contract.conftest import Place
from tests.contract.library import paper, parties
from tests.contract.lists import Lists
from tests.contract.shelf import Shelf
from tests.contract.stock import UNITS, populations, stock

TODAY = date(2026, 11, 24)
FIRM, PARTNER, TRANSLATED = "甲公司", "乙公司", "Jia Co., Ltd."


def _valve(number: int) -> Any:
    """Valves by kind of right, from applicants at home and abroad, a tenth of them without a country, over many years; two were
    filed ten years before a day at the end of a month."""
    name, country = [(FIRM, "CN"), ("丙公司", "HK"), ("丁公司", "TW"), ("Valve Inc.", "US"), ("戊公司", None)][number % 5]
    filed = {16: "2008-12-31", 17: "2008-12-29"}.get(number, f"{2000 + number}-03-01")
    return paper(
        f"CN30{number:03}B",
        stage="granted",
        type=("invention", "invention", "utility_model", "design")[number % 4],
        publication_date=f"{2001 + number}-05-10",
        application=Reference(number=f"CN2020{number:08}.0", date=filed),
        titles={"zh": "蝶阀"},
        applicants=parties(name, country=country, region="贵州省" if country == "CN" else None),
        legal=Legal(status="in_force", since="2001-01-01", version=1),
    )


def _gauge(number: int) -> Any:
    """Gauges of a firm in Guizhou and its partner: one applicant under two names, documents before grant and after, in force,
    lapsed and pending."""
    granted = number % 2 == 0
    names = [(FIRM,), (FIRM, PARTNER), (TRANSLATED,), (PARTNER,), (FIRM, TRANSLATED)][number // 2 % 5]
    states = ["in_force", "lapsed", "in_force", "pending"]
    status = states[number // 2 % 4] if granted else "pending"
    return paper(
        f"CN20{number // 2:03}{'B' if granted else 'A'}",
        stage="granted" if granted else "published",
        type="invention",
        publication_date=f"{2018 + number // 10 + granted}-0{1 + number % 9}-10",
        application=Reference(number=f"CN2010{number // 2:08}.0", date=f"{2008 + number // 5}-03-01"),
        titles={"zh": "压力表的校准方法" if number % 3 else "压力传感器"},
        applicants=parties(*names, country="CN", region="贵州省", city="贵阳市"),
        inventors=parties(f"发明人{number % 7}", f"发明人{number % 3}"),
        legal=Legal(status=status, since="2022-05-01" if status == "lapsed" else "2019-01-01", version=1),
    )


HELD = {patent.number: patent for patent in (*stock(120, seed=1), *map(_gauge, range(40)), *map(_valve, range(20)))}
READ = {number: recount.read(patent) for number, patent in HELD.items()}
ASKED: Mapping[Name, Mapping[str, Any]] = {
    "custom": {"by": ("origin", "section", "application_year")},
    "grants": {"applicants": (FIRM, PARTNER), "first": "2018-01-01", "last": "2021-12-31"},
    "density": {"populations": {"贵州省": 38_650_000, "": 100_000}},
    "network": {"by": ("inventor",)},
}

OF_APPLICANTS: tuple[Name, ...] = ("parties", "matrix", "competitors", "network", "citations", "grants", "density")
"""Where names that belong together count together."""


@pytest.fixture(scope="module")
def shelf(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    opened = Shelf.open(place(), ordinals)
    opened.put(*list(HELD.values())[:80])
    opened.put(*list(HELD.values())[80:])
    yield opened
    opened.index.close()


LISTS = Lists()


def answer(shelf: Shelf, name: Name, query: Query = All(), **ask: Any) -> Analysis:  # noqa: B008  frozen
    analyst = Analyst(shelf.index, entities=lambda _user: [(FIRM, TRANSLATED)], kept=LISTS)
    return analyst.answer(name, Ask(**({"query": query, "today": TODAY} | ask)))


def tables(analysis: Analysis) -> Iterator[Analysis]:
    yield analysis
    for part in analysis.parts:
        yield from tables(part)


def found(shelf: Shelf, text: str) -> list[recount.Read]:
    """The documents that a text opens."""
    return [READ[number] for number in shelf.numbers(LISTS.opened(text), size=len(HELD))]


def counts(analysis: Analysis) -> dict[str, int]:
    return {row.keys[0]: row.count for row in analysis.rows}


@pytest.mark.parametrize(
    ("name", "merged"), [*((name, False) for name in QUESTIONS if name != "branches"), *((name, True) for name in OF_APPLICANTS)]
)
def test_every_row_is_what_counting_document_by_document_gives_and_what_it_opens(shelf: Shelf, name: Name, merged: bool) -> None:
    opened: dict[str, list[recount.Read]] = {}
    for place, (query, filters) in enumerate(populations()):
        unit = UNITS[place % 3]
        rows: list[Row] = []
        ask = ASKED.get(name, {}) | {"filters": filters, "unit": unit, "size": (50, 5)[place % 2], "merged": merged}
        for table in tables(answer(shelf, name, query, **ask)):
            if table.population not in opened:
                opened[table.population] = found(shelf, table.population)
            population = opened[table.population]
            assert table.total == len({document.units[unit] for document in population}), table.name
            for row in table.rows:
                if known(table, row):
                    assert row.count == len({each.units[unit] for each in population if has(each, table, row)}), (table.name, row)
            rows += table.rows[:: 1 + len(table.rows) // 6]
        asked = [Question(unit=unit, within=LISTS.opened(row.query)) for row in rows]
        assert [row.count for row in rows] == [each.total for each in shelf.index.aggregate(All(), asked)]


def known(table: Analysis, row: Row) -> bool:
    """Whether the keys alone say what is counted: not of an applicant under several names, or cited."""
    several = FIRM in row.keys or TRANSLATED in row.keys
    return set(table.by) <= DIMENSIONS.keys() and not several


def has(document: recount.Read, table: Analysis, row: Row) -> bool:
    return all(key in document.keys[dimension] for dimension, key in zip(table.by, row.keys, strict=True))


def test_a_page_is_its_tables_without_their_parts(shelf: Shelf) -> None:
    for merged in (False, True):
        ask = Ask(query=Word("电池"), today=TODAY, merged=merged, size=7)
        analyst = Analyst(shelf.index, entities=lambda _user: [(FIRM, TRANSLATED)])
        page = analyst.page(ask)
        assert [table.name for table in page] == list(PAGE)
        assert page == [analyst.answer(name, ask, brief=True) for name in PAGE]
        for table in page:
            assert analyst.answer(table.name, ask).rows == table.rows  # type: ignore[arg-type]


def test_sums_hold(shelf: Shelf) -> None:
    """Of a dimension with one value: rows add up to what is known, years to the last cumulative, crossings to their sides."""
    for table in tables(answer(shelf, "trend", unit="publication")):
        known = round(table.coverage[table.by[0]] * table.total)
        assert sum(row.count for row in table.rows) == known == table.rows[-1].values["cumulative"]
    crossed = answer(shelf, "matrix", unit="publication", by=("type", "stage"), size=50)
    for place, side in enumerate(crossed.parts):
        for row in side.rows:
            cells = sum(cell.count for cell in crossed.rows if cell.keys[place] == row.keys[0])
            both = [each for each in READ.values() if row.keys[0] in each.keys[side.by[0]] and each.keys[crossed.by[1 - place]]]
            assert cells == len(both) <= row.count


def test_applicants_together_count_each_document_once(shelf: Shelf) -> None:
    apart, together = (counts(answer(shelf, "parties", Word("压力表"), merged=merged)) for merged in (False, True))
    both = shelf.index.aggregate(
        Word("压力表"), [Question(unit="application", within=parse(f'applicant=="{FIRM}" OR applicant=="{TRANSLATED}"').tree)]
    )
    assert apart[FIRM] < together[FIRM] == both[0].total < apart[FIRM] + apart[TRANSLATED]
    assert TRANSLATED not in together
    assert together[PARTNER] == apart[PARTNER]


def test_crossings_take_names_together_as_well(shelf: Shelf) -> None:
    table = answer(shelf, "matrix", Word("压力表"), by=("application_year", "applicant"), merged=True)
    names = {row.keys[1] for row in table.rows}
    assert FIRM in names
    assert TRANSLATED not in names
    for row in table.rows:
        wanted = {FIRM, TRANSLATED} if row.keys[1] == FIRM else {row.keys[1]}
        of_year = found(shelf, f"压力表 AND application_date:[{row.keys[0]}-01-01 TO {row.keys[0]}-12-31]")
        assert row.count == len({each.units["application"] for each in of_year if wanted & set(each.keys["applicant"])})
    assert sum(counts(answer(shelf, "custom", Word("压力表"), by=("applicant",), merged=True)).values()) == sum(
        row.count for row in table.parts[1].rows
    )


def test_competitors_by_name_count_together_only_where_they_are_merged(shelf: Shelf) -> None:
    apart, together = (answer(shelf, "competitors", applicants=(FIRM, PARTNER), merged=merged) for merged in (False, True))
    assert counts(apart)[FIRM] < counts(together)[FIRM]
    assert counts(apart)[PARTNER] == counts(together)[PARTNER]
    joint = next(part for part in apart.parts if part.name == "competitors.joint")
    assert [row.keys for row in joint.rows] == [(FIRM, PARTNER)]


def test_grants_are_those_of_the_period(shelf: Shelf) -> None:
    table = answer(shelf, "grants", applicants=(FIRM,), first="2019-01-01", last="2020-12-31", irregular=2)
    expected = {
        patent.application.number
        for patent in HELD.values()
        if patent.application
        and patent.stage == "granted"
        and "2019-01-01" <= (patent.publication_date or "") <= "2020-12-31"
        and any(party.name == FIRM for party in patent.applicants)
    }
    assert table.figures["grants"] == len(expected) > 0
    assert table.figures["irregular"] == 2
    assert {"not_official", "grants", "irregular"} <= {caveat.code for caveat in table.caveats}


def test_the_kinds_of_grants_are_all_there_whatever_is_listed(shelf: Shelf) -> None:
    valves = [patent for patent in HELD.values() if patent.titles == {"zh": "蝶阀"} and patent.applicants[0].name == FIRM]
    table = answer(shelf, "grants", Word("蝶阀"), applicants=(FIRM,), size=1)
    kinds = {kind: sum(patent.type == kind for patent in valves) for kind in ("invention", "utility_model", "design")}
    assert len(table.rows) == 1
    assert {kind: table.figures[kind] for kind in kinds} == kinds
    assert table.figures["grants"] == len(valves) > max(kinds.values())
    by_year = next(part for part in table.parts if part.by == ("grant_year",))
    assert sum(row.count for row in by_year.rows) == len(valves), "years are all there"


@pytest.mark.parametrize("name", ["classes", "legal", "regions"])
def test_years_are_never_cut_to_the_first_ones(shelf: Shelf, name: Name) -> None:
    few, many = (answer(shelf, name, Word("蝶阀"), by=("application_year",), size=size) for size in (2, 50))
    assert few.rows == many.rows
    assert sum(counts(few).values()) == few.total == 20


def test_who_comes_from_abroad(shelf: Shelf) -> None:
    """Neither Hong Kong nor Taiwan is abroad; without a country a document is in the total alone."""
    foreign = answer(shelf, "regions", Word("蝶阀")).parts[-1]
    assert counts(foreign) == {"US": 4}
    assert foreign.total == 8
    assert "from_abroad" in {caveat.code for caveat in foreign.caveats}


def test_ten_years_are_ten_years_at_the_end_of_a_month(shelf: Shelf) -> None:
    table = answer(shelf, "density", Word("蝶阀"), at="2018-12-31")
    old = [
        patent
        for patent in HELD.values()
        if patent.titles == {"zh": "蝶阀"} and patent.type == "invention" and patent.application
        if (patent.application.date or "9") <= "2008-12-31" and (patent.publication_date or "9") <= "2018-12-31"
    ]
    assert {"2008-12-29", "2008-12-31"} <= {patent.application.date for patent in old if patent.application}
    assert table.figures["over_10_years"] == len(old)


def test_a_year_that_goes_on_is_no_lag_of_publication(shelf: Shelf) -> None:
    trend = answer(shelf, "trend", Word("蝶阀"), today=date(2018, 6, 1))
    filed, *rest = trend.parts and (trend, *trend.parts)
    assert "lag" in {caveat.code for caveat in filed.caveats}
    for part in rest:
        codes = {caveat.code for caveat in part.caveats}
        assert "lag" not in codes
        assert ("year_unfinished" in codes) == any(row.incomplete for row in part.rows)
    assert any(row.incomplete for part in rest for row in part.rows)


@pytest.mark.parametrize("at", ["2022-04-30", "2022-05-01", "2026-01-01"])
def test_inventions_in_force_on_a_day(shelf: Shelf, at: str) -> None:
    """One that lapsed on 2022-05-01 was in force the day before."""
    table = answer(shelf, "density", at=at, populations={"贵州省": 20_000, "": 50_000})
    owned = [
        patent
        for patent in HELD.values()
        if patent.country == "CN" and patent.type == "invention" and patent.stage == "granted" and patent.legal
        if (patent.publication_date or "9") <= at
        and (patent.legal.status == "in_force" or (patent.legal.status == "lapsed" and (patent.legal.since or "") > at))
    ]
    number = len({READ[patent.number].units["application"] for patent in owned})
    in_guizhou = len(
        {READ[each.number].units["application"] for each in owned if any(p.region == "贵州省" for p in each.applicants)}
    )
    assert table.figures["owned"] == number > 0
    assert table.figures["density"] == round(number / 5, 4)
    assert counts(table)["贵州省"] == in_guizhou
    assert next(row for row in table.rows if row.keys == ("贵州省",)).values["density"] == in_guizhou / 2
    assert "ended" in {caveat.code for caveat in table.caveats}


def test_enterprises_of_a_park_by_their_names(shelf: Shelf) -> None:
    table = answer(shelf, "density", applicants=(FIRM, PARTNER, "没有文献的公司"), populations={"": 10_000})
    assert table.by == ("applicant",)
    assert table.figures["density"] == table.figures["owned"] < sum(counts(table).values()), "a joint one counts once in all"


def test_an_enterprise_under_all_its_names(shelf: Shelf) -> None:
    apart, together = (
        answer(shelf, "density", Word("压力表"), applicants=(FIRM, TRANSLATED, PARTNER), merged=merged) for merged in (False, True)
    )
    assert counts(apart)[FIRM] < counts(together)[FIRM]
    assert TRANSLATED in counts(apart)
    assert TRANSLATED not in counts(together)
    assert "merged" in {caveat.code for caveat in together.caveats}
    for row in together.rows:
        asked = Question(unit="application", within=parse(row.query, "native").tree)
        assert shelf.index.aggregate(All(), [asked])[0].total == row.count


def test_two_names_of_one_applicant_are_no_competitors(shelf: Shelf) -> None:
    with pytest.raises(ApplicantsAsked):
        answer(shelf, "competitors", applicants=(FIRM, TRANSLATED), merged=True)
    table = answer(shelf, "competitors", applicants=(FIRM, TRANSLATED, PARTNER), merged=True)
    assert set(counts(table)) == {FIRM, PARTNER}
    assert "counted_in_each" in {caveat.code for caveat in table.caveats}, "joint ones are in both rows"


def test_what_is_not_cut_is_not_said_to_be(shelf: Shelf) -> None:
    for table in tables(answer(shelf, "hot", Word("压力表"), size=50)):
        assert ("cut" in {caveat.code for caveat in table.caveats}) == (len(table.rows) == 50)
    places = answer(shelf, "density", size=1)
    assert "cut" in {caveat.code for caveat in places.caveats}


def test_function_words_of_titles_are_not_hot(shelf: Shelf) -> None:
    for table in tables(answer(shelf, "hot", Value("country", "CN"), by=("word",), size=1_000)):
        words = [row.keys[0] for row in table.rows]
        assert words
        assert not list(filter(is_function, words))


def test_no_document_is_an_empty_table_that_says_why(shelf: Shelf) -> None:
    query = parse("电池 AND 不存在的词").tree
    for name in QUESTIONS.keys() - {"branches"}:  # which are those of a collection: `test_branches`
        table = answer(shelf, name, query, **({"filters": {"country": Value("country", "CN")}} | ASKED.get(name, {})))
        assert (table.total, table.rows) == (0, ())
        assert table.caveats[0].code == "no_documents"
        assert "不存在的词 单独有 0 件" in table.caveats[0].zh
        assert "country:CN alone has" in table.caveats[0].en


def test_a_field_that_nobody_filled(shelf: Shelf) -> None:
    table = answer(shelf, "parties", by=("agent",), query=Word("压力表"))
    assert table.coverage == {"agent": 0.0}
    assert "field_empty" in {caveat.code for caveat in table.caveats}
    assert table.rows == ()


def test_coverage_and_duplicates_are_told(shelf: Shelf) -> None:
    table = answer(shelf, "regions")
    units: dict[str, bool] = {}
    for document in READ.values():
        unit = document.units["application"]
        units[unit] = units.get(unit, False) or bool(document.keys["region"])
    assert table.total == len(units)
    assert table.coverage["region"] == pytest.approx(sum(units.values()) / len(units), abs=1e-6)
    assert table.left_out == len(READ) - len(units) > 0
    assert {"coverage", "duplicates", "places"} <= {caveat.code for caveat in table.caveats}


def test_years_within_the_lag_are_marked(shelf: Shelf) -> None:
    """The newest publication held is of 2024: filings since the middle of 2023 are not all published, whatever today is."""
    trend = answer(shelf, "trend", Range("publication_date", "2001-01-01", None))
    assert not any(row.incomplete for row in trend.rows), "no filing of this stock is so late"
    published = next(part for part in trend.parts if part.by == ("publication_year",))
    assert [row.keys[0] for row in published.rows if row.incomplete] == []
    early = answer(shelf, "trend", today=date(2018, 3, 1))
    assert [row.keys[0] for row in early.rows if row.incomplete] == [row.keys[0] for row in early.rows if row.keys[0] >= "2016"]
    assert "lag" in {caveat.code for caveat in early.caveats}


def test_too_much_is_refused(shelf: Shelf) -> None:
    with pytest.raises(TooManyCells):
        answer(shelf, "classes", size=10**9)


def test_a_page_is_one_call(shelf: Shelf) -> None:
    calls: list[int] = []

    class Counted:
        """The index, that says how often it was asked for tables."""

        def __getattr__(self, name: str) -> Any:
            return getattr(shelf.index, name)

        def aggregate(self, query: Query, questions: list[Question], **filters: Any) -> Any:
            calls.append(len(questions))
            return shelf.index.aggregate(query, questions, **filters)

    Analyst(Counted()).page(Ask(query=Word("电池"), today=TODAY))  # type: ignore[arg-type]  a reader in all it is asked for
    assert len(calls) == 1
    assert calls[0] > len(PAGE)
