"""I1: sending full-text documents to an Elasticsearch that answers at once, against urllib3 and orjson by hand.

Both are given the same entries, already cut into tokens, and both write them as JSON: the ratio is that of the client's path alone.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import urllib3

from indexer.sample.generate import patents
from loadtests import server
from loadtests.bench.harness import Goal, Measure, Outcome, compare, cpu, wall
from search.engine.elastic import bulk, client
from search.engine.elastic.mapping import source
from search.engine.settings import EngineSettings

_COUNT = 1_000


def bulk_cpu(*, rounds: int, goal: Goal) -> Outcome:
    """CPU seconds of this process a document."""
    return _bulk(cpu, rounds, goal)


def bulk_wall(*, rounds: int, goal: Goal) -> Outcome:
    """Wall seconds a document."""
    return _bulk(wall, rounds, goal)


def _bulk(clock: Callable[..., Measure], rounds: int, goal: Goal) -> Outcome:
    entries = [(patent.number, source(patent, ordinal)) for ordinal, patent in enumerate(patents(_COUNT))]
    with _fake() as address, urllib3.PoolManager() as pool:
        connection = client.connect(EngineSettings(data=Path(), elasticsearch_url=address))

        def ours() -> None:
            actions = [bulk.action("index", "i", number, entry) for number, entry in entries]
            outcomes = bulk.send(connection, actions, through_alias=False)
            assert all(outcome.stored for outcome in outcomes)

        def anchor() -> None:
            for start in range(0, _COUNT, bulk.MOST_ACTIONS):
                lines: list[bytes] = []
                for number, entry in entries[start : start + bulk.MOST_ACTIONS]:
                    lines += [orjson.dumps({"index": {"_id": number}}), orjson.dumps(entry)]
                body = b"\n".join(lines) + b"\n"
                answer = pool.request("POST", f"{address}/i/_bulk", body=body, headers={"content-type": "application/x-ndjson"})
                assert not orjson.loads(answer.data)["errors"]

        outcome = compare(clock(ours, units=_COUNT), clock(anchor, units=_COUNT), goal, rounds=rounds)
        connection.close()
        return outcome


@contextmanager
def _fake() -> Iterator[str]:
    port = server.free_port()
    with subprocess.Popen([sys.executable, "-m", "loadtests.bench.fake_elasticsearch", str(port)]) as process:
        try:
            server.await_ready(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
