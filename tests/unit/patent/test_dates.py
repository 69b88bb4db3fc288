"""Days in the offices' many forms."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.patent import dates

calendar = st.dates(date(1790, 1, 1), date(2100, 12, 31))


@given(calendar)
def test_every_form_of_a_day(day: date) -> None:
    forms = (
        "%Y%m%d",
        "%Y-%m-%d",
        "%Y.%m.%d",
        "%Y/%m/%d",
        "%Y年%m月%d日",
        "%d.%m.%Y",
        "%Y-%m-%dT00:00:00Z",
        " %Y-%m-%dT08:15:00.5+08:00",
    )
    for form in forms:
        assert dates.iso(day.strftime(form)) == day.isoformat(), form
    assert dates.iso(f"{day.year}.{day.month}.{day.day}") == day.isoformat()


@given(st.dates(date(1912, 1, 1), date(2100, 12, 31)))
def test_years_of_the_republic(day: date) -> None:
    year = day.year - 1911
    assert dates.iso(f"{year}/{day.month:02d}/{day.day:02d}", roc=True) == day.isoformat()
    assert dates.iso(day.strftime("%Y%m%d"), roc=True) == day.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "0",
        "00000000",
        "20190230",
        "19940900",
        "2019",
        "201907",
        "9999-12-31",
        "0001-01-01",
        "1789-12-31",
        "07/09/2019",
        "2.02E+12",
        "yesterday",
        "2019-07-09x",
        "٢٠١٩٠٧٠٩",
    ],
)
def test_absent_rather_than_wrong(text: str | None) -> None:
    assert dates.iso(text) is None


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    found = dates.iso(text)
    assert found is None or date.fromisoformat(found)


@given(calendar)
def test_first_and_last_day_of_a_period(day: date) -> None:
    assert dates.days(day.isoformat()) == dates.days(day.strftime("%Y%m%d")) == (day.isoformat(), day.isoformat())
    assert dates.days(f"{day:%Y}") == dates.days(f"{day:%Y}年") == (f"{day.year}-01-01", f"{day.year}-12-31")
    first, last = map(date.fromisoformat, dates.days(f"{day:%Y-%m}"))
    assert first.day == 1
    assert first <= day <= last
    assert (last + timedelta(days=1)).day == 1
    assert last - first < timedelta(days=31)
    assert dates.days(f"{day:%Y%m}") == dates.days(f"{day.year}年{day.month}月") == (first.isoformat(), last.isoformat())


@pytest.mark.parametrize("text", ["", "19", "2019-13", "2019-00", "2019-02-30", "2019-07-00", "20190", "next week"])
def test_a_period_that_is_none_says_what_one_looks_like(text: str) -> None:
    with pytest.raises(dates.DateError) as refused:
        dates.days(text)
    assert "2019-07" in refused.value.zh
    assert "2019-07" in refused.value.en
