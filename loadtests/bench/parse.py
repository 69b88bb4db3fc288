"""P1, P2: real USPTO grants to whole records, against patpubrender and against a plain lxml tree.

The peer runs under a Python of its own, named by ``PATENTRY_BENCH_PEER``: a virtual environment outside this repository that
has patpubrender.
"""

import io
import os
import pickle
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from lxml import etree

from indexer.model import RawRecord
from indexer.parsers import uspto_xml
from loadtests.bench.harness import Goal, Measure, Outcome, compare, cpu, wall
from loadtests.bench.rows import MissingPart

_PEER = Path(__file__).with_name("peer.py")


def grants(*, rounds: int, goal: Goal) -> Outcome:
    """CPU seconds a document, ours and patpubrender's, each on one core."""
    documents = _documents()
    with _peer("process_time") as anchor:
        return compare(cpu(_parse_all, units=len(documents)), anchor, goal, rounds=rounds)


def tree(*, rounds: int, goal: Goal) -> Outcome:
    """CPU seconds a document, ours and a tree of the whole document that is thrown away."""
    documents = _documents()

    def trees() -> None:
        for record in documents:
            etree.fromstring(record.data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))

    return compare(cpu(_parse_all, units=len(documents)), cpu(trees, units=len(documents)), goal, rounds=rounds)


def two_cores(*, rounds: int, goal: Goal) -> Outcome:
    """Wall seconds a document: ours in two processes, each with its half, and patpubrender in one."""
    documents = _documents()
    # Spawned, not forked: a fork would hold the peer's pipe open and the peer would never end.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool, _peer("perf_counter") as anchor:
        list(pool.map(_parse_half, (0, 1)))
        ours = wall(lambda: list(pool.map(_parse_half, (0, 1))), units=len(documents))
        return compare(ours, anchor, goal, rounds=rounds)


@cache
def _documents() -> tuple[RawRecord, ...]:
    folder = Path(os.environ.get("PATENTRY_TEST_DATA", "../shared/data")) / "uspto" / "grants"
    files = sorted(folder.glob("*.xml"))
    if not files:
        raise MissingPart("no real USPTO grants (set PATENTRY_TEST_DATA)")
    found = [record for file in files for record in uspto_xml.records(io.BytesIO(file.read_bytes()), file.name)]
    return tuple(record for record in found if isinstance(record, RawRecord) and b"<us-patent-grant" in record.data)


def _parse_all() -> None:
    for record in _documents():
        uspto_xml.parse(record)


def _parse_half(start: int) -> None:
    for record in _documents()[start::2]:
        uspto_xml.parse(record)


@contextmanager
def _peer(clock: Literal["process_time", "perf_counter"]) -> Iterator[Measure]:
    """The peer's cost a document by its own clock; one process for all rounds, so its start is not counted."""
    python = os.environ.get("PATENTRY_BENCH_PEER")
    if not python:
        raise MissingPart("peer absent (PATENTRY_BENCH_PEER: the Python of an environment with patpubrender); see P2")
    documents = [record.data.decode() for record in _documents()]
    with tempfile.NamedTemporaryFile() as file:
        file.write(pickle.dumps(documents))
        file.flush()
        command = [python, str(_PEER), file.name, clock]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            told, answers = process.stdin, process.stdout

            def measure() -> float:
                told.write("\n")
                told.flush()
                return float(answers.readline()) / len(documents)

            yield measure
            told.close()
