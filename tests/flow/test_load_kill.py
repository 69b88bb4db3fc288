"""kill -9 at any moment of `patentry load` loses at most the batch in flight; the next run goes on and ends the same."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from auth.database import Database
from search.engine.model import Request
from search.migrations import migrate
from search.query.tree import All, Value, Word
from tests import machine
from tests.flow import load_corpus
from tests.flow.loading import Bench, opened

KILLS = 50 if machine.soaking() else 10


def start(corpus: Path, data: Path) -> subprocess.Popen[str]:
    """`patentry load` over the corpus, in a process of its own."""
    environment = {**os.environ, "PATENTRY_DATA": str(data), "PATENTRY_LANG": "en", "ELASTICSEARCH_URL": "", "DATABASE_URL": ""}
    command = [sys.executable, "-m", "indexer", "load", str(corpus)]
    return subprocess.Popen(command, cwd=machine.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def fresh(data: Path) -> None:
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    database = Database(f"sqlite:///{data / 'patentry.sqlite'}")
    migrate(database)
    database.close()


def finished(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate()
    assert process.returncode == 1, err  # some are refused, all others are loaded
    return out


def state(data: Path) -> dict[str, Any]:
    """All that is held, what searches find, what is refused, how far each file is."""
    bench = opened(data)
    try:
        return {
            "documents": bench.state(),
            "found": [found(bench, query) for query in (All(), Word("旋耕机"), Word("tiller"), Value("country", "US"))],
            "refused": [(one.name, one.offset, one.format, one.reason, one.kept) for one in bench.loads.refusals()],
            "kept": {one.name: bench.kept.get(one.key, one.offset) for one in bench.loads.refusals()},
            "files": [(one.name, one.mark, one.done, one.read, one.refused) for one in bench.loads.files()],
        }
    finally:
        bench.index.close()
        bench.database.close()


def found(bench: Bench, query: Any) -> tuple[Any, ...]:
    results = bench.index.search(Request(query, size=50, facets=("country", "year", "applicant")))
    return results.total, results.facets, [hit.number for hit in results.hits]


def test_killed_again_and_again_a_load_ends_like_an_undisturbed_one(tmp_path: Path) -> None:
    corpus = load_corpus.write(tmp_path / "corpus")
    fresh(tmp_path / "whole")
    began = time.monotonic()
    finished(start(corpus, tmp_path / "whole"))
    took = time.monotonic() - began
    expected = state(tmp_path / "whole")
    assert len(expected["documents"]) > 5000
    assert len(expected["refused"]) > 50

    chance, data, kills, ended, went_on = random.Random(31), tmp_path / "killed", 0, 0, 0
    fresh(data)
    while kills < KILLS or not ended:
        process = start(corpus, data)
        try:
            process.wait(timeout=chance.uniform(0.1, 1.0) * took if kills < KILLS else None)
        except subprocess.TimeoutExpired:
            process.kill()
            kills += 1
            process.communicate()
            continue
        went_on += "before the interruption" in finished(process)
        ended += 1
        assert state(data) == expected
        fresh(data)
    assert went_on  # some kill fell into the middle of the load, and the next run did not begin anew
