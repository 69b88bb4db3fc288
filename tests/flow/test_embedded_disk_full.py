"""T37 (for a load): a full disk is a clear error, searches go on, and the load goes on once there is room."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from search.patent.model import Patent
from tests.builders import a_patent

ROOT = Path(__file__).parents[2]
SIZE = 20
LOAD = """
import json, resource, sys
from pathlib import Path
from search.engine.embedded.index import EmbeddedIndex
from search.engine.errors import EngineUnavailable
from search.query.tree import All
from tests.flow.embedded_writer import newer
from tests.flow.test_embedded_disk_full import batch

folder, limit, *shape = sys.argv[1:]
index = EmbeddedIndex(Path(folder))
index.write(batch(1, *shape), merge=newer)
index.flush()
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), most))
errors, number = [], 1
while len(errors) < 2:
    number += 1
    try:
        index.write(batch(number, *shape), merge=newer)
        index.flush()
    except EngineUnavailable as error:
        errors.append(error)  # with its traceback, and so all that was in its frames
    assert number < 500, "the disk never filled"
meanwhile = index.count(All())
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
for again in range(1, number + 1):
    index.write(batch(again, *shape), merge=newer)
index.flush()
errors = [str(error) for error in errors]
print(json.dumps({"errors": errors, "meanwhile": meanwhile, "after": index.count(All()), "batches": number}))
index.close()
"""


def batch(number: int, field: str, distinct: str, length: str) -> list[Patent]:
    """Records with one text of `length` words, of which `distinct` come again and again."""
    text = " ".join(f"w{word % int(distinct):x}" for word in range(int(length)))
    given = {"abstracts": {"en": text}} if field == "abstracts" else {"description": {"en": (text,)}}
    return [a_patent(f"CN{number * 1000 + place}A", **given) for place in range(SIZE)]


@pytest.mark.parametrize(
    ("limit", "shape", "reason"),
    [
        (300_000, ("abstracts", "3000", "3000"), "writing documents"),  # the documents are larger than the index
        (500_000, ("description", "300", "30000"), "index"),  # and are not, where they are compressed to little
    ],
)
def test_a_load_on_a_full_disk_stops_with_a_reason_and_goes_on_when_there_is_room(
    tmp_path: Path, limit: int, shape: tuple[str, str, str], reason: str
) -> None:
    command = [sys.executable, "-c", LOAD, str(tmp_path), str(limit), *shape]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert reason in result["errors"][0]
    assert all("剩余空间" in error and "free space" in error for error in result["errors"])
    assert result["meanwhile"] >= SIZE
    assert result["after"] == SIZE * result["batches"]
