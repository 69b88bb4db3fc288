"""T41, T24: edges computed by hand. Each test is one case of a notice's wording."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from auth.clock import SHANGHAI
from auth.targets.days import add_months, closes, opens, quarters
from auth.targets.evaluate import evaluate
from auth.targets.rules import parse, shipped
from auth.targets.standing import Measure, Standing
from tests.unit.targets.years import AGENCY, FIRST, LAST, PROJECT, SHA, Book, noon

GUIZHOU = parse(shipped()["guizhou-2019"])
TIANJIN = parse(shipped()["tianjin-2023"])
END = date(2021, 12, 31)
PARTS = ["a", "b", "c", "d", "e"]
QUARTERS = ["2019-07-01", "2019-10-01", "2020-01-01", "2020-04-01"]


def a_book(**contract: Any) -> Book:
    book = Book()
    book.contract(**contract)
    book.adopt(noon(FIRST) - timedelta(days=20))
    return book


def standing(book: Book, *, as_of: date = END) -> Standing:
    return evaluate(GUIZHOU, book.leaves, PROJECT, as_of=as_of)


def measure(book: Book, target: str, *, as_of: date = END) -> Measure:
    return standing(book, as_of=as_of).measure(target)


def reasons(held: Measure) -> list[str]:
    return [row.reason for row in held.left_out]


@pytest.mark.parametrize(("people", "missing", "met"), [(99, 1, False), (100, 0, True), (101, 0, True)])
def test_no_fewer_than_a_hundred(people: int, missing: int, met: bool) -> None:
    book = a_book()
    for number in range(people):
        book.person(f"p{number}", noon(FIRST) + timedelta(hours=number))
    held = measure(book, "new_users")
    assert (held.count, held.missing, held.met) == (people, missing, met)
    assert held.split == {"mobile": people}


@pytest.mark.parametrize("short", [None, "enterprises", "customised", "agricultural_leaders", "outside_guiyang_zunyi"])
def test_thirty_of_which_ten_two_and_ten(short: str | None) -> None:
    """30 enterprises, 10 customised, 2 leaders of agriculture, 10 outside Guiyang and Zunyi; or one of them one short."""
    book = a_book()
    for number in range(29 if short == "enterprises" else 30):
        name = f"e{number:02}"
        book.agreement(name, noon(FIRST))
        outside = 10 <= number < (19 if short == "outside_guiyang_zunyi" else 20)
        leader = {"marks": ["agricultural_leader"]} if number < (1 if short == "agricultural_leaders" else 2) else {}
        customised = number < (9 if short == "customised" else 10)
        for start in QUARTERS:
            at = noon(date.fromisoformat(start))
            region = "522601" if outside else ["520102", "520302"][number % 2]
            book.push(name, at, customised=customised, parts=PARTS if customised else ["a"], region=region, **leader)
    held = standing(book)
    met = {
        target: held.measure(target).met
        for target in ("enterprises", "customised", "agricultural_leaders", "outside_guiyang_zunyi")
    }
    assert met == {target: target != short for target in met}
    assert held.measure("each_quarter").cells == ((116, 116) if short == "enterprises" else (120, 120))
    assert held.measure("each_quarter").met is (short != "enterprises")


def test_a_third_more_is_rounded_up() -> None:
    """×1.3 of Tianjin line 211: 1 → 2, 2 → 3, 4 → 6, 5 → 7; 10 would be 13 exactly."""
    book = Book()
    book.contract(modifiers=["consecutive"], province="12")
    book.adopt(noon(FIRST), rule="tianjin-2023", direction="regional_protection")
    held = evaluate(TIANJIN, book.leaves, PROJECT, as_of=END)
    assert {
        name: held.measure(name).needed for name in ("staff_trainings", "enterprise_trainings", "protection_cases", "disputes")
    } == {
        "staff_trainings": 2,
        "enterprise_trainings": 3,
        "protection_cases": 6,
        "disputes": 7,
    }
    assert [TIANJIN.modifiers[0].applied(number) for number in (10, 20, 100)] == [13, 26, 130]


def test_a_number_of_the_contract_is_not_raised_again() -> None:
    book = Book()
    book.contract(modifiers=["consecutive"], numbers=["disputes=5"], province="12")
    book.adopt(noon(FIRST), rule="tianjin-2023", direction="regional_protection")
    assert evaluate(TIANJIN, book.leaves, PROJECT, as_of=END).measure("disputes").needed == 5


def test_two_kinds_and_a_ceiling() -> None:
    """「选择其中至少两项」: two services of one kind are one kind; 1万字以内 is a ceiling; 2-3次 is both."""
    book = Book()
    book.contract(province="12")
    book.adopt(noon(FIRST), rule="tianjin-2023", direction="public_service")
    for what in ("special_search", "special_search", "advice"):
        book.write("service:given", noon(FIRST), enterprise="e1", what=what)
    assert evaluate(TIANJIN, book.leaves, PROJECT, as_of=END).measure("kinds").missing == 1
    book.write("service:given", noon(FIRST), enterprise="e1", what="competitor_monitoring")
    assert evaluate(TIANJIN, book.leaves, PROJECT, as_of=END).measure("kinds").met
    book.adopt(noon(FIRST), rule="tianjin-2023", direction="navigation")
    for amount, met in ((9_999, True), (1, True), (1, False)):
        book.write("service:given", noon(FIRST), enterprise="e1", what="navigation_brief", amount=amount)
        assert evaluate(TIANJIN, book.leaves, PROJECT, as_of=END).measure("brief_characters").met is met


def test_a_place_that_is_not_known_counts_nowhere() -> None:
    book = a_book()
    for name, region in (("e1", None), ("e2", "520302"), ("e3", "522601")):
        book.agreement(name, noon(FIRST))
        book.push(name, noon(FIRST), region=region)
    held = measure(book, "outside_guiyang_zunyi")
    assert (held.count, reasons(held)) == (1, ["region_missing", "in_guiyang_or_zunyi"])
    book.person("p1", noon(FIRST), region=None)
    book.person("p2", noon(FIRST), region="110105")
    assert reasons(measure(book, "new_users")) == ["region_missing", "outside_province"]


def test_an_enterprise_in_two_lists_is_one() -> None:
    book = a_book()
    for _ in range(2):
        book.agreement("e1", noon(FIRST))
        book.push("e1", noon(FIRST))
    held = standing(book)
    assert (held.measure("agreements").count, held.measure("enterprises").count) == (1, 1)
    assert reasons(held.measure("enterprises")) == ["counted_already"]


@pytest.mark.parametrize(("microseconds", "quarter"), [(-1000, 1), (-1, 1), (0, 2), (1, 2)])
def test_the_last_millisecond_of_a_quarter(microseconds: int, quarter: int) -> None:
    """A push delivered at 23:59:59.999 on 30 September is of the first quarter."""
    book = a_book()
    book.agreement("e1", noon(FIRST))
    book.push("e1", datetime(2019, 10, 1, tzinfo=SHANGHAI) + timedelta(microseconds=microseconds))
    (lack,) = measure(book, "each_quarter").lacking
    assert lack.lacks == tuple(number for number in (1, 2, 3, 4) if number != quarter)


def test_an_enterprise_with_an_agreement_and_no_push_lacks_every_quarter() -> None:
    book = a_book()
    book.agreement("e1", noon(FIRST))
    held = measure(book, "each_quarter")
    assert (held.lacking[0].key, held.lacking[0].lacks, held.cells) == ("e1", (1, 2, 3, 4), (0, 4))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (opens(FIRST) - timedelta(seconds=1), "before_window"),
        (opens(FIRST), None),
        (opens(FIRST) + timedelta(seconds=1), None),
        (closes(LAST) - timedelta(seconds=1), None),
        (closes(LAST) - timedelta(microseconds=1), None),
        (closes(LAST), "after_window"),
        (closes(LAST) + timedelta(seconds=1), "after_window"),
    ],
)
def test_first_and_last_day_are_inclusive(at: datetime, expected: str | None) -> None:
    """T24: a second before, at, and a second after each edge."""
    book = a_book()
    book.write("training:held", at, training="t1")
    assert reasons(measure(book, "trainings")) == ([expected] if expected else [])


def test_whoever_verified_before_the_window_is_not_new_in_it() -> None:
    book = a_book()
    book.person("p1", opens(FIRST))  # verified two seconds before, activated on the edge
    assert reasons(measure(book, "new_users")) == ["before_window"]


def test_activation_after_the_last_day_is_seen_at_lower_readings() -> None:
    book = a_book()
    book.person("p1", closes(LAST))
    held = measure(book, "new_users")
    assert (held.counts["contact_verified"], held.count, reasons(held)) == (1, 0, ["after_window"])


def test_the_mark_of_then_counts_not_the_one_of_today() -> None:
    book = a_book()
    book.agreement("e1", noon(FIRST))
    mark = {"enterprise": "e1", "mark": "agricultural_leader", "value": "provincial", "document_sha256": SHA}
    book.push("e1", noon(date(2019, 9, 30)))
    book.write("enterprise:mark", noon(date(2020, 6, 1)), **mark, first="2019-10-01", last="2019-12-31")
    assert measure(book, "agricultural_leaders").count == 0
    book.push("e1", noon(date(2019, 12, 31)))
    assert measure(book, "agricultural_leaders").count == 1
    assert measure(book, "agricultural_leaders", as_of=date(2020, 5, 31)).count == 0


@pytest.mark.parametrize(("mask", "lacks"), [(mask, [p for n, p in enumerate(PARTS) if not mask >> n & 1]) for mask in range(32)])
def test_the_missing_parts_are_named(mask: int, lacks: list[str]) -> None:
    """T42: every set of the five parts, over the year and in one push."""
    book = a_book()
    book.agreement("e1", noon(FIRST))
    for part in [part for part in PARTS if part not in lacks]:
        book.push("e1", noon(FIRST), customised=True, parts=[part])
    held = measure(book, "customised")
    assert held.count == (not lacks)
    assert [lack.lacks for lack in held.lacking] == ([tuple(lacks)] if lacks and mask else [])
    assert measure(book, "customised_each_push").count == 0


def test_states_of_an_account() -> None:
    """Held and excluded do not count, released does; a dispute changes nothing, erasing neither; withdrawn is for good."""
    book = a_book()
    for name in ("held", "excluded", "released", "disputed", "erased", "withdrawn"):
        book.person(name, noon(FIRST))
        if name == "released":
            book.write("account:held", noon(FIRST), account=name, reasons=["burst"])
        book.write(f"account:{name}", noon(FIRST), account=name, reasons=["burst"])
    book.write("account:released", noon(FIRST), account="withdrawn")
    held = measure(book, "new_users")
    assert (held.count, sorted(reasons(held))) == (3, ["excluded", "held", "withdrawn"])


def test_moved_to_another_agency_and_back() -> None:
    book = a_book()
    book.person("p1", noon(FIRST))
    decision = {"project": PROJECT, "decision": "attribution", "document_sha256": SHA}
    book.write("project:decision", noon(LAST), account="p1", to="agency2", **decision)
    assert reasons(measure(book, "new_users")) == ["moved"]
    book.write("project:decision", noon(LAST), account="p1", to=AGENCY, **decision)
    assert measure(book, "new_users").count == 1


def test_one_deed_counts_for_one_project() -> None:
    """S3 line 12: the project contracted first has it, unless it names the other."""
    book = Book()
    book.contract(project="p0")
    book.adopt(noon(FIRST), project="p0", counts=["training:held"])
    book.contract()
    book.adopt(noon(FIRST))
    book.write("training:held", noon(FIRST), training="t1")
    book.write("training:held", noon(FIRST), training="t2", project=PROJECT)
    book.person("p1", noon(FIRST))
    first, second = (evaluate(GUIZHOU, book.leaves, project, as_of=END) for project in ("p0", PROJECT))
    assert (first.measure("trainings").count, second.measure("trainings").count) == (1, 1)
    assert (reasons(first.measure("trainings")), reasons(second.measure("trainings"))) == (["another_project"], ["another_project"])
    assert second.measure("new_users").count == 1


def test_a_replaced_enterprise_and_its_successor_are_one() -> None:
    book = a_book()
    for name, start in (("old", QUARTERS[0]), ("old", QUARTERS[1]), ("new", QUARTERS[2]), ("new", QUARTERS[3])):
        book.agreement(name, noon(FIRST))
        book.push(name, noon(date.fromisoformat(start)))
    assert (measure(book, "enterprises").count, measure(book, "each_quarter").count) == (2, 0)
    decision = {"project": PROJECT, "decision": "replacement", "document_sha256": SHA}
    book.write("project:decision", noon(LAST), enterprise="old", by="new", **decision)
    assert (measure(book, "enterprises").count, measure(book, "each_quarter").count) == (1, 1)


def test_extension_plan_and_waiver() -> None:
    book = a_book()
    book.write("training:held", noon(LAST + timedelta(days=1)), training="t1")
    decision = {"project": PROJECT, "document_sha256": SHA}
    book.write("project:decision", noon(LAST), decision="extension", last="2020-09-30", **decision)
    book.write("project:decision", noon(LAST), decision="plan", target="new_users", value=60, **decision)
    book.write("project:decision", noon(LAST), decision="waiver", target="enterprises", **decision)
    held = standing(book)
    assert (held.last, len(held.quarters), held.quarters[-1].last) == (date(2020, 9, 30), 4, date(2020, 9, 30))
    assert (held.measure("trainings").count, held.measure("new_users").needed) == (1, 60)
    assert (held.measure("enterprises").met, held.measure("enterprises").waived) == (True, SHA)
    assert standing(book, as_of=LAST - timedelta(days=1)).last == LAST


def test_what_is_recorded_late_is_not_seen_before() -> None:
    """As of D counts what was recorded before the end of D, in Shanghai."""
    book = a_book()
    book.write("training:held", noon(FIRST), recorded=closes(LAST) - timedelta(microseconds=1), training="t1")
    book.write("training:held", noon(FIRST), recorded=closes(LAST), training="t2")
    counts = [measure(book, "trainings", as_of=LAST + timedelta(days=days)).count for days in (-1, 0, 1)]
    assert counts == [0, 1, 2]


def test_the_forecast_goes_on_as_on_the_average_day() -> None:
    book = a_book()
    for number in range(10):
        book.person(f"p{number}", noon(FIRST) + timedelta(hours=number))
    held = [measure(book, "new_users", as_of=day).forecast for day in (FIRST - timedelta(days=1), FIRST + timedelta(days=182), END)]
    assert held == [None, 10 * 366 // 183, 10]


@pytest.mark.parametrize(
    ("first", "months", "expected"),
    [
        ("2020-02-29", 12, "2021-03-01"),
        ("2019-11-30", 3, "2020-03-01"),
        ("2018-11-30", 3, "2019-03-01"),
        ("2019-12-31", 2, "2020-03-01"),
        ("2019-12-31", 12, "2020-12-31"),
        ("2020-01-31", 1, "2020-03-01"),
        ("2019-10-15", 3, "2020-01-15"),
    ],
)
def test_months_on(first: str, months: int, expected: str) -> None:
    """29 February and ends of months: the day before ends the period."""
    assert add_months(date.fromisoformat(first), months).isoformat() == expected


def spans(first: str, last: str, *, calendar: bool) -> list[tuple[str, str]]:
    held = quarters(date.fromisoformat(first), date.fromisoformat(last), calendar=calendar)
    return [(span.first.isoformat(), span.last.isoformat()) for span in held]


def test_quarters_of_a_year_from_29_february_are_four() -> None:
    held = spans("2020-02-29", "2021-02-28", calendar=False)
    assert held == [
        ("2020-02-29", "2020-05-28"),
        ("2020-05-29", "2020-08-28"),
        ("2020-08-29", "2020-11-28"),
        ("2020-11-29", "2021-02-28"),
    ]


def test_quarters_by_the_calendar_are_cut_to_the_window() -> None:
    held = spans("2019-11-15", "2020-04-10", calendar=True)
    assert held == [("2019-11-15", "2019-12-31"), ("2020-01-01", "2020-03-31"), ("2020-04-01", "2020-04-10")]
    assert spans("2017-06-01", "2017-10-31", calendar=False) == [("2017-06-01", "2017-08-31"), ("2017-09-01", "2017-10-31")]


@pytest.mark.parametrize(("first", "last", "counted"), [("0001-01-01", "9999-12-31", 3), ("2019-08-01", "2019-08-31", 1)])
def test_a_mark_is_borne_on_its_days_in_shanghai_whatever_they_are(first: str, last: str, counted: int) -> None:
    """From the first instant of the first day to the last of the last, which may be those of the calendar itself."""
    book = a_book()
    book.write(
        "enterprise:mark",
        noon(FIRST),
        enterprise="e1",
        mark="size_class",
        value="small",
        first=first,
        last=last,
        document_sha256=SHA,
    )
    for number, at in enumerate(
        (opens(date(2019, 8, 1)) - timedelta(microseconds=1), opens(date(2019, 8, 1)), closes(date(2019, 8, 31)))
    ):
        book.person(f"p{number}", at, enterprise="e1", size="large")
    assert measure(book, "new_users").count == counted
