"""T37 for a load by its command: a full disk ends it with a sentence and status 2; with room again the same command goes on."""

import os
import subprocess
import sys
from pathlib import Path

from auth.database import Database
from search.migrations import migrate
from tests import machine
from tests.builders import a_patent
from tests.flow.loading import opened
from tests.flow.test_load_pipeline import lines

LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from indexer.cli import app
app(sys.argv[2:])
"""


def test_t37_a_load_that_fills_the_disk_says_so_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    text = " ".join(f"w{word:x}" for word in range(400))
    patents = [a_patent(f"CN{110000000 + place}B", abstracts={"en": f"{place} {text}"}) for place in range(5000)]
    file, data = lines(tmp_path / "a.jsonl", *patents), tmp_path / "data"
    data.mkdir()
    database = Database(f"sqlite:///{data / 'patentry.sqlite'}")
    migrate(database)
    database.close()
    environment = {**os.environ, "PATENTRY_DATA": str(data), "PATENTRY_LANG": "zh", "ELASTICSEARCH_URL": "", "DATABASE_URL": ""}

    def load(limit: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", LIMITED, str(limit), "load", str(file)]
        return subprocess.run(command, cwd=machine.ROOT, env=environment, capture_output=True, text=True, check=False)

    full = load(8_000_000)
    assert full.returncode == 2, full.stderr
    assert "Traceback" not in full.stderr
    assert len(full.stderr.strip().splitlines()) == 1
    again = load(-1)
    assert again.returncode == 0, again.stderr
    assert "中断前已读取" in again.stdout
    bench = opened(data)
    held = bench.state()
    bench.index.close()
    bench.database.close()
    assert {number: patent.abstracts for number, patent in held.items()} == {one.number: one.abstracts for one in patents}
