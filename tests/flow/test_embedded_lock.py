"""One process writes, any number read beside it."""

import os
from pathlib import Path

import pytest

from search.engine.embedded.index import EmbeddedIndex
from search.engine.embedded.reader import EmbeddedReader
from search.engine.errors import EngineLocked
from search.query.tree import All
from tests.flow.writer import lines, writer
from tests.unit.engine.corpus import SetClock


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    index = EmbeddedIndex(tmp_path)
    with writer(tmp_path) as process:
        said = next(lines(process))
    assert said.startswith("EngineLocked")
    assert f"pid {os.getpid()}" in said
    assert "等它结束" in said
    index.close()


def test_the_lock_goes_with_its_holder_however_it_ends(tmp_path: Path) -> None:
    with writer(tmp_path) as process:
        assert next(lines(process)) == "open"
        with pytest.raises(EngineLocked, match=f"pid {process.pid}: embedded_writer"):
            EmbeddedIndex(tmp_path)
        process.kill()
        process.wait()
        EmbeddedIndex(tmp_path).close()


def test_a_reader_follows_a_load_in_another_process(tmp_path: Path) -> None:
    """`patentry load` beside a running service: the new documents are found within a second of the flush."""
    clock = SetClock()
    reader = EmbeddedReader(tmp_path, clock=clock)
    assert reader.count(All()) == 0
    with writer(tmp_path, size=10, flush_every=2) as process:
        said = lines(process)
        for flushes in (1, 2, 3):
            assert "flushed" in said  # reads on to the line
            clock.go(seconds=1)
            assert reader.count(All()) >= 20 * flushes
            assert all(hit is not None for hit in reader.get(["CN1000A", "CN2009A"]))
    reader.close()
