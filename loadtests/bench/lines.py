"""P8: the project's own JSON lines to checked records and back, against orjson reading and writing the same lines."""

import io

import orjson

from indexer.model import RawRecord
from indexer.parsers import patentry_json
from indexer.sample.generate import patents
from loadtests.bench.harness import Goal, Outcome, compare, cpu
from search.patent.model import encode

_COUNT = 2_000


def json_lines(*, rounds: int, goal: Goal) -> Outcome:
    """CPU seconds a document."""
    lines = [encode(patent) for patent in patents(_COUNT)]
    file = b"\n".join(lines)

    def ours() -> None:
        for record in patentry_json.records(io.BytesIO(file), "sample.jsonl"):
            assert isinstance(record, RawRecord)
            encode(patentry_json.parse(record))

    def anchor() -> None:
        for line in lines:
            orjson.dumps(orjson.loads(line))

    return compare(cpu(ours, units=_COUNT), cpu(anchor, units=_COUNT), goal, rounds=rounds)
