"""Judges locust's statistics by limits: `python -m loadtests.judge STATS.csv [LIMITS.toml]`.

Exit status 0: within every limit. 1: some are exceeded, each named on a line. 2: the files can't be read.
"""

import csv
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

LIMITS = Path(__file__).with_name("limits.toml")

Row = Mapping[str, str]
Limits = Mapping[str, Mapping[str, float]]


def exceeded(rows: Mapping[str, Row], limits: Limits) -> Iterator[str]:
    """A line for each limit that is not kept; a request with limits that never happened breaks them."""
    for name, limit in limits.items():
        row = rows.get(name)
        if row is None:
            yield f"{name}: never asked"
            continue
        requests = int(row["Request Count"])
        share = int(row["Failure Count"]) / requests if requests else 1.0
        if requests < limit.get("requests", 1):
            yield f"{name}: {requests} requests, fewer than {limit.get('requests', 1):g}"
        if share > limit.get("failures", 0.0):
            yield f"{name}: {share:.2%} failed, more than {limit.get('failures', 0.0):.2%}"
        for key, column in (("p50_ms", "50%"), ("p95_ms", "95%")):
            if key in limit and float(row[column]) > limit[key]:
                yield f"{name}: {column} took {float(row[column]):g} ms, more than {limit[key]:g}"


def judge(stats: Path, limits: Path = LIMITS) -> int:
    """Prints the verdict; the exit status."""
    try:
        with stats.open(encoding="utf-8", newline="") as file:
            rows = {row["Name"]: row for row in csv.DictReader(file)}
        lines = list(exceeded(rows, tomllib.loads(limits.read_text(encoding="utf-8"))))
    except (OSError, KeyError, ValueError) as error:
        print(f"can't judge {stats} by {limits}: {error!r}", file=sys.stderr)
        return 2
    print("\n".join(lines) or "within every limit")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(judge(*(Path(argument) for argument in sys.argv[1:3])))
