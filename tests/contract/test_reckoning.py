"""Statuses reckoned in an index: whichever engine it is. The names are the specification."""

from datetime import date

from search.cli.reckoning import Reckoned, reckon
from search.patent.model import Patent, Reference, decode
from search.query.tree import Range, Value
from tests.contract.library import paper
from tests.contract.shelf import Shelf

APPLICATION = Reference(number="CN201910792871.4", date="2019-08-26")


def stock() -> list[Patent]:
    published = paper("CN1A", type="invention", stage="published", publication_date="2020-02-01", application=APPLICATION)
    granted = paper("CN1B", type="invention", stage="granted", publication_date="2021-02-01", application=APPLICATION)
    return [published, granted, paper("US2A1")]


def run(shelf: Shelf, day: str) -> Reckoned:
    found = reckon(shelf.index, today=date.fromisoformat(day))
    shelf.flush()
    return found


def test_what_is_due_is_reckoned_and_then_found_by_its_status(shelf: Shelf) -> None:
    shelf.put(*stock())
    assert shelf.numbers(Range("legal_change", high="2022-01-01")) == ["CN1A", "CN1B", "US2A1"]
    assert run(shelf, "2022-01-01") == Reckoned(looked_at=3, changed=3)
    assert shelf.numbers(Value("legal", "in_force")) == ["CN1A", "CN1B"]
    assert shelf.facet("legal") == [("in_force", 2), ("unknown", 1)]
    assert run(shelf, "2039-08-25") == Reckoned()


def test_the_day_of_change_brings_an_application_back(shelf: Shelf) -> None:
    shelf.put(*stock())
    run(shelf, "2022-01-01")
    untouched = shelf.ordinal("US2A1")
    assert run(shelf, "2039-08-26") == Reckoned(looked_at=2, changed=2)
    assert shelf.numbers(Value("legal", "expired")) == ["CN1A", "CN1B"]
    assert shelf.ordinal("US2A1") == untouched


def test_nothing_but_the_status_is_written(shelf: Shelf) -> None:
    shelf.put(*stock())
    run(shelf, "2022-01-01")
    [line] = shelf.index.get(["CN1A"])
    assert line is not None
    record = decode(line)
    [before, *_] = stock()
    assert {name for name in before.__struct_fields__ if getattr(before, name) != getattr(record, name)} == {"legal", "version"}
    assert record.legal is not None
    assert record.legal.version == record.version == 2
