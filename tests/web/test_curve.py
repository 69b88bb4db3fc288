"""A target drawn: steps on the days of the deeds, the line to the forecast within the drawing, and when nothing is drawn."""

from datetime import timedelta

from auth.targets.evaluate import evaluate
from auth.targets.rules import parse, shipped
from auth.targets.service import Rows
from search.web.curve import HEIGHT, WIDTH, Curve, curve
from tests.unit.targets.years import FIRST, LAST, Book, noon

RULES = parse(shipped()["guizhou-2019"])


def drawn(people: dict[int, int], *, on: int, target: str = "new_users") -> Curve | None:
    """The curve `on` so many days after the first, of so many people on each of the days given."""
    book = Book()
    book.contract()
    book.adopt(noon(FIRST) - timedelta(days=20), counts=["registrations"])
    for day, count in sorted(people.items()):
        for number in range(count):
            book.person(f"p{day}-{number}", noon(FIRST + timedelta(days=day)) + timedelta(minutes=number))
    standing = evaluate(RULES, book.leaves, "p1", as_of=FIRST + timedelta(days=on))
    measure = standing.measure(target)
    return curve(standing, Rows(measure, {leaf.seq: leaf for leaf in book.leaves}))


def points(text: str | None) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, _, y in (pair.partition(",") for pair in (text or "").split())]


def test_it_rises_on_the_days_of_the_deeds_and_ends_today() -> None:
    made = drawn({10: 2, 30: 3}, on=60)
    assert made is not None
    days = (LAST - FIRST).days + 1
    steps = points(made.points)
    assert [round(x * days / WIDTH) for x, _ in steps] == [0, 10, 10, 10, 10, 30, 30, 30, 30, 30, 30, 61]
    assert [y for _, y in steps] == sorted((y for _, y in steps), reverse=True)
    assert (made.count, made.needed, made.forecast) == (5, 100, 30)
    assert made.needed_y is not None
    assert made.needed_y < min(y for _, y in steps)


def test_a_line_ahead_never_leaves_the_drawing() -> None:
    steep = drawn({5: 90}, on=20)
    assert steep is not None
    for x, y in points(steep.ahead):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    flat = drawn({5: 2}, on=200)
    assert flat is not None
    assert points(flat.ahead)[-1][0] == WIDTH


def test_no_forecast_of_the_first_days_nor_after_the_last() -> None:
    for on in (3, 365, 400):
        made = drawn({1: 3}, on=on)
        assert made is not None
        assert made.ahead is made.forecast is None


def test_nothing_is_drawn_before_the_first_day() -> None:
    assert drawn({}, on=-5) is None
