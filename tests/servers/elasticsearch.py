"""A real Elasticsearch for tests, for measuring and for trying things out: fetched from Maven Central, started, stopped.

It is the distribution that Elastic publishes for integration tests: the server itself, without the parts this product does
not use.  `python -m tests.servers.elasticsearch` runs one in the foreground (``make elastic``); the fixture
`elasticsearch_url` runs one for the whole test session.  Nothing here ever touches a cluster that it did not start.

Needs Maven, once, and Java 21 or newer (`tests.machine` finds them).
"""

import argparse
import contextlib
import json
import os
import signal
import subprocess
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import machine

VERSION = "9.5.4"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
NOBODY = 65534  # the server refuses to run as root; this id owns nothing
START_S = 120

SETTINGS = """\
cluster.name: patentry-test
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: 0
path.data: {data}
node.portsfile: true
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""


def cache() -> Path:
    """The folder outside the repository where what was fetched is kept."""
    return Path(os.environ.get("PATENTRY_CACHE", Path.home() / ".cache" / "patentry"))


def distribution() -> Path:
    """The server's zip, fetched once by Maven."""
    kept = cache() / f"elasticsearch-{VERSION}.zip"
    if kept.exists():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        copy = ["dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
        fetched = subprocess.run(
            [str(machine.need("maven")), "-q", "-B", *copy], cwd=folder, capture_output=True, text=True, check=False
        )
        if fetched.returncode:
            raise RuntimeError(f"Maven could not fetch {ARTIFACT}:\n{(fetched.stdout + fetched.stderr).strip()[-2000:]}")
        (Path(folder) / kept.name).rename(kept)
    return kept


@contextlib.contextmanager
def running(*, port: int = 0, heap: str = "512m", data: Path | None = None) -> Iterator[str]:
    """A server of one node, answering on the yielded address until the block ends. Port 0 is any free one; without a folder
    for its data they end with it, and stand in memory where the machine allows that, for each new index waits for the disk."""
    java, archive = machine.need("java"), distribution()
    memory = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(prefix="patentry-elasticsearch-") as folder,
        tempfile.TemporaryDirectory(prefix="patentry-elasticsearch-", dir=memory if memory.is_dir() else None) as passing,
    ):
        home = _lay_out(archive, Path(folder), port=port, data=data or Path(passing))
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "ES_JAVA_HOME": str(java),
            "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}",
            "ES_TMPDIR": str(home / "tmp"),
        }
        log = home / "logs" / "console.log"
        as_root = os.geteuid() == 0
        with log.open("wb") as console:
            process = subprocess.Popen(
                [str(home / "bin" / "elasticsearch")],
                cwd=home,
                env=environment,
                stdout=console,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=NOBODY if as_root else None,
                group=NOBODY if as_root else None,
                extra_groups=[] if as_root else None,
            )
        try:
            yield _address(process, home, log)
        finally:
            _stop(process)


def _lay_out(archive: Path, folder: Path, *, port: int, data: Path) -> Path:
    """The unpacked server with its settings, owned by who will run it."""
    with zipfile.ZipFile(archive) as unpacked:
        unpacked.extractall(folder)
    home = folder / f"elasticsearch-{VERSION}"
    for name in ("logs", "plugins", "tmp"):
        (home / name).mkdir(exist_ok=True)
    for program in (home / "bin").iterdir():
        program.chmod(0o755)
    data.mkdir(parents=True, exist_ok=True)
    (home / "config" / "elasticsearch.yml").write_text(SETTINGS.format(port=port, data=data.resolve()))
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", str(folder), str(data)], check=True)
    return home


def _address(process: subprocess.Popen[bytes], home: Path, log: Path) -> str:
    """Waits until the node has written its port and says it is healthy."""
    waited = 0.0
    while waited < START_S:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError, urllib.error.URLError):
            host = next(line for line in (home / "logs" / "http.ports").read_text().split() if "127.0.0.1" in line)
            query = "_cluster/health?wait_for_status=yellow&timeout=60s"
            with urllib.request.urlopen(f"http://{host}/{query}", timeout=70) as answer:
                if json.load(answer)["status"] in ("yellow", "green"):
                    return f"http://{host}"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
        waited += 0.1
    raise RuntimeError(f"Elasticsearch did not start:\n{log.read_text(errors='replace')[-4000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its own session: only what was started here
        process.wait()


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """The address of a server shared by the session; without Java or Maven its tests are skipped, or fail with CI=true."""
    with running() as url:
        yield url


def main() -> None:
    """Runs a server until it is interrupted."""
    options = argparse.ArgumentParser(description="a real Elasticsearch of one node for trying things out")
    options.add_argument("--port", type=int, default=9200)
    options.add_argument("--heap", default="512m")
    options.add_argument("--data", type=Path, help="a folder to keep the data in; without it they end with the server")
    chosen = options.parse_args()
    for stop in (signal.SIGINT, signal.SIGTERM):  # a shell's background job starts with Ctrl-C ignored
        signal.signal(stop, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), running(port=chosen.port, heap=chosen.heap, data=chosen.data) as url:
        print(f"Elasticsearch {VERSION} is ready: ELASTICSEARCH_URL={url}  (Ctrl-C stops it)", flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
