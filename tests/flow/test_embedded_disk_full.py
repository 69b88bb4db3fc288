"""T37 (for a load): a full disk is a clear error, searches go on, and the load goes on once there is room."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

LOAD = """
import json, resource, sys
from pathlib import Path
from search.engine.embedded.index import EmbeddedIndex
from search.engine.errors import EngineUnavailable
from search.query.tree import All
from tests.flow.embedded_writer import batch, newer

index = EmbeddedIndex(Path(sys.argv[1]))
index.write(batch(1, 100), merge=newer)
index.flush()
limit = int(sys.argv[2])
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
errors, number = [], 1
while len(errors) < 3:
    number += 1
    try:
        index.write(batch(number, 100), merge=newer)
        index.flush()
    except EngineUnavailable as error:
        errors.append(str(error))
    assert number < 500, "the disk never filled"
meanwhile = index.count(All())
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
for again in range(1, number + 1):
    index.write(batch(again, 100), merge=newer)
index.flush()
print(json.dumps({"errors": errors, "meanwhile": meanwhile, "after": index.count(All()), "batches": number}))
index.close()
"""


def load(data: Path, limit: int) -> dict[str, int | list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(data), str(limit)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, int | list[str]] = json.loads(done.stdout)
    return result


def test_a_load_on_a_full_disk_stops_with_a_reason_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    for limit in (60_000, 200_000, 1_000_000):
        result = load(tmp_path / str(limit), limit)
        errors, batches = result["errors"], result["batches"]
        assert isinstance(errors, list)
        assert isinstance(batches, int)
        assert all("documents" in error or "index" in error for error in errors)
        assert result["meanwhile"] >= 101
        assert result["after"] == 100 * batches + 1
