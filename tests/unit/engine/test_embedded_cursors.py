"""Views that stand: files of rows which every process reads until they expire."""

from pathlib import Path

import pytest

from search.engine.embedded.cursors import LIFETIME, Cursors
from search.engine.errors import CursorExpired
from tests.unit.engine.corpus import SetClock

GENERATION = "0123456789abcdef"
HITS = [(row, float(row % 7)) for row in range(1, 101)]


@pytest.fixture(name="clock")
def fixture_clock() -> SetClock:
    return SetClock()


@pytest.fixture(name="cursors")
def fixture_cursors(tmp_path: Path, clock: SetClock) -> Cursors:
    return Cursors(tmp_path / "cursors", clock)


def opened(cursors: Cursors) -> str:
    after = cursors.open(GENERATION, HITS, 30).after
    assert after
    return after


def test_pages_follow_each_other_to_the_end(cursors: Cursors) -> None:
    first = cursors.open(GENERATION, HITS, 30)
    assert (first.total, first.hits) == (100, HITS[:30])
    found, after = first.hits, first.after
    while after:
        page = cursors.page(GENERATION, after, 30)
        found, after = found + page.hits, page.after
        assert page.total == 100
    assert found == HITS


def test_what_fits_one_page_needs_no_file(cursors: Cursors, tmp_path: Path) -> None:
    assert cursors.open(GENERATION, HITS, 100).after is None
    assert cursors.open(GENERATION, [], 10).total == 0
    assert not (tmp_path / "cursors").exists()


def test_another_process_reads_it(cursors: Cursors, tmp_path: Path, clock: SetClock) -> None:
    assert Cursors(tmp_path / "cursors", clock).page(GENERATION, opened(cursors), 30).hits == HITS[30:60]


def test_it_is_nobody_elses_to_read(cursors: Cursors, tmp_path: Path) -> None:
    opened(cursors)
    assert (tmp_path / "cursors").stat().st_mode & 0o077 == 0


def test_it_expires_after_a_quarter_of_an_hour(cursors: Cursors, clock: SetClock) -> None:
    after = opened(cursors)
    clock.go(minutes=14, seconds=59)
    assert cursors.page(GENERATION, after, 1).hits
    clock.go(seconds=2)
    with pytest.raises(CursorExpired):
        cursors.page(GENERATION, after, 1)


def test_expired_files_go_when_another_view_opens(cursors: Cursors, tmp_path: Path, clock: SetClock) -> None:
    opened(cursors)
    (tmp_path / "cursors" / f".{GENERATION}.1767225000.unfinished").touch()
    clock.go(seconds=LIFETIME.total_seconds() + 1)
    name, _, _ = opened(cursors).partition(":")
    assert [file.name for file in (tmp_path / "cursors").iterdir()] == [name]


@pytest.mark.parametrize("spoilt", ["{}:", "../{}:30", "x{}:30", "{}:-1", "{}:1" + "9" * 30, "", "x"])
def test_a_cursor_that_was_not_given_is_refused(cursors: Cursors, spoilt: str) -> None:
    name, _, _ = opened(cursors).partition(":")
    with pytest.raises(CursorExpired):
        cursors.page(GENERATION, spoilt.format(name), 10)


def test_a_cursor_of_another_generation_is_refused(cursors: Cursors) -> None:
    with pytest.raises(CursorExpired):
        cursors.page("f" * 16, opened(cursors), 10)


def test_an_offset_beyond_the_end_is_the_end(cursors: Cursors) -> None:
    name, _, _ = opened(cursors).partition(":")
    page = cursors.page(GENERATION, f"{name}:5000", 10)
    assert (page.hits, page.after) == ([], None)
