"""T54, S9: the memory of an export stays where it is, in each format, however many documents leave."""

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.sample.generate import patents
from search.engine.factory import open_index
from search.engine.settings import EngineSettings
from search.export.model import FORMATS
from tests import machine

DOCUMENTS = 100_000 if machine.soaking() else 1_500
MOST_MB = 20

MEASURED = """
import sys
from importlib import import_module
from pathlib import Path
from search.engine.factory import open_reader
from search.engine.settings import EngineSettings
from search.export.model import Layout
from search.export.rows import Rows
from search.query.tree import All

def size(what):
    return int(Path("/proc/self/status").read_text().partition(what + ":")[2].split()[0])

def exported(name, most):
    rows = Rows(reader, All(), most=most)
    return sum(map(len, import_module("search.export.formats." + name).written(rows, Layout()))), rows.count

reader = open_reader(EngineSettings(Path(sys.argv[1])))
for name in sys.argv[2:]:
    exported(name, 200)
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = size("VmRSS")
    length, count = exported(name, None)
    print(name, count, length, size("VmHWM") - before)
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    index = open_index(EngineSettings(folder), ordinals=None)
    found = patents(DOCUMENTS, seed=3)
    while batch := [patent for _, patent in zip(range(500), found, strict=False)]:
        index.write(batch, merge=lambda _held, new: new)
    index.flush()
    index.close()
    return folder


def test_memory_does_not_grow_with_the_documents_t54(data: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, data, *FORMATS], cwd=machine.ROOT, capture_output=True, text=True, check=True
    )
    measured = [line.split() for line in told.stdout.splitlines()]
    assert [name for name, *_ in measured] == list(FORMATS)
    for name, count, _length, grown in measured:
        assert int(count) == DOCUMENTS
        assert int(grown) <= MOST_MB * 1024, name
    whole = next(int(length) for name, _, length, _ in measured if name == "jsonl")
    assert machine.soaking() or whole > 6 * 2**20  # or nothing was shown: held as records they would take several times as much
