"""Texts cut with the help of a second process: the same as without it, whatever becomes of that process."""

import os
import signal
import sys
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice, pairwise
from pathlib import Path

import pytest

from indexer.sample.generate import patents
from search.engine import layout
from search.engine.embedded import cutting
from search.engine.embedded.cutting import Cut, Cutter, Helper, Texts, cut
from search.engine.embedded.index import EmbeddedIndex
from search.query import parse
from search.text.positions import streams
from tests.unit.engine.corpus import newer

DOCUMENTS = list(patents(420))
TEXTS: list[Texts] = [layout.texts(patent) for patent in DOCUMENTS[:200]]
STREAMS = [{field: streams(values) for field, values in texts.items()} for texts in TEXTS]

_CONNECTED = "import sys, time; from multiprocessing.connection import Connection; c = Connection(int(sys.argv[1]));"
_HERE = f"{_CONNECTED} c.send_bytes({cutting.HERE!r});"
FAULTY = {
    "ends at once": "pass",
    "goes without a word": f"{_CONNECTED} c.close()",
    "never says that it is there": f"{_CONNECTED} c.recv_bytes()",
    "ends with the first chunk": f"{_HERE} c.recv_bytes()",
    "answers what is no answer": f"{_HERE} c.recv_bytes(); c.send_bytes(b'x' * 100); c.recv_bytes()",
    "ends within an answer": f"{_HERE} c.recv_bytes(); import os; os.write(int(sys.argv[1]), b'\\0\\0\\1\\0answer')",
    "says nothing any more": f"{_HERE} time.sleep(600)",
    "takes nothing any more": f"{_HERE} c.recv_bytes(); time.sleep(600)",
}


def _program(text: str) -> Sequence[str]:
    return (sys.executable, "-c", text)


@pytest.fixture(name="cutter")
def fixture_cutter() -> Iterator[Cutter]:
    cutter = Cutter(cores=2)
    yield cutter
    cutter.close()


def _await(cutter: Cutter) -> None:
    """The process has said something, or has ended."""
    helper = cutter._started(TEXTS)
    assert helper is not None
    assert helper._connection.poll(60)


def _gathered(found: Iterator[tuple[int, Cut]]) -> list[object]:
    """The streams of each document in its place, every one of which comes once."""
    held: dict[int, object] = {}
    for start, some in found:
        for place, fields in enumerate(some.documents, start):
            assert place not in held
            held[place] = {name: field.streams for name, field in fields.items()}
    return [held[place] for place in sorted(held)]


def test_the_process_gives_what_is_cut_here(cutter: Cutter) -> None:
    helper = Helper(cutting.PROGRAM, 60)
    chunks = deque(cutting._chunks(TEXTS))
    starts = [chunk.start for chunk in chunks]
    try:
        while not helper.chunks:
            helper.give(chunks)
        taken = [(chunk.start, cut(chunk.documents)) for chunk in helper.chunks]
        assert [helper.done(wait=True) for _ in taken] == taken
        assert helper.done(wait=False) is None
    finally:
        helper.end()
    assert starts[0] == 0
    assert all(before < after for before, after in pairwise(starts))


def test_all_documents_come_once_with_help_and_without(cutter: Cutter) -> None:
    _await(cutter)
    assert _gathered(cutter.cut(TEXTS)) == STREAMS
    assert _gathered(cutter.cut(TEXTS)) == STREAMS
    assert _gathered(Cutter(cores=1).cut(TEXTS)) == STREAMS


def test_units_are_the_tokens_of_the_stream() -> None:
    found = cut(TEXTS[:20])
    units = iter(array("I", found.units))
    for fields in found.documents:
        for field in fields.values():
            stream = " ".join(found.tokens[place] for place in islice(units, field.units))
            gaps = field.streams.exact.replace("· ", "").removesuffix(" ·").removesuffix("·").replace("∅", "")
            assert stream == gaps
    assert list(units) == []


def test_little_is_cut_alone() -> None:
    cutter = Cutter(cores=2)
    assert _gathered(cutter.cut(TEXTS[:20])) == STREAMS[:20]
    assert list(cutter.cut([])) == []
    assert cutter.helper is None


def test_one_core_has_no_second_process() -> None:
    cutter = Cutter(cores=1)
    assert _gathered(cutter.cut(TEXTS)) == STREAMS
    assert cutter.helper is None


@pytest.mark.parametrize("fault", FAULTY)
def test_a_faulty_process_is_given_up(fault: str) -> None:
    cutter = Cutter(_program(FAULTY[fault]), cores=2, patience_s=0.5)
    if "never" not in fault:
        _await(cutter)
    assert _gathered(cutter.cut(TEXTS)) == STREAMS
    assert _gathered(cutter.cut(TEXTS)) == STREAMS
    cutter.close()


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_process_that_is_struck_down_loses_nothing(blow: signal.Signals) -> None:
    cutter = Cutter(cores=2, patience_s=60 if blow == signal.SIGKILL else 0.5)
    _await(cutter)
    pid = cutter.helper
    assert pid is not None

    def striking() -> Iterator[tuple[int, Cut]]:
        for number, found in enumerate(cutter.cut(TEXTS)):
            if number == 1:
                with suppress(ProcessLookupError):  # a machine that is busier than the patience is long
                    os.kill(pid, blow)
            yield found

    assert _gathered(striking()) == STREAMS
    assert cutter.helper is None
    assert _ended(pid)


def test_what_is_not_taken_any_more_is_not_taken_for_the_next(cutter: Cutter) -> None:
    _await(cutter)
    for _ in cutter.cut(TEXTS):
        break
    assert _gathered(cutter.cut(TEXTS[::-1])) == STREAMS[::-1]


def test_an_index_is_the_same_when_its_help_is_killed(tmp_path: Path) -> None:
    helped, alone = (EmbeddedIndex(tmp_path / name) for name in ("helped", "alone"))
    helped._serving._cutter = Cutter(cores=2)
    alone._serving._cutter = Cutter(cores=1)
    for index in (helped, alone):
        index._serving._leave_index()  # the writer is opened anew, with that cutter
    pids = []
    for start in (0, 210):
        for index in (helped, alone):
            index.write(DOCUMENTS[start : start + 210], merge=newer)
        pids.append(helped._serving._cutter.helper)
        if pids[0] is not None and start == 0:
            os.kill(pids[0], signal.SIGKILL)
    for index in (helped, alone):
        index.flush()
    assert pids[0] is not None
    assert helped.health().documents == len(DOCUMENTS)
    for text in ("*", "battery", "title:方法", "控制 NEAR/3 方法", "method SENT/0 device", "claims:(第 ADJ/1 部)"):
        tree = parse(text).tree
        assert helped.count(tree) == alone.count(tree)
    helped.close()
    alone.close()
    assert _ended(pids[0])


def _ended(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return False
    return True
