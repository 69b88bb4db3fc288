"""Judges locust's statistics by limits: `python -m loadtests.judge STATS.csv [LIMITS.toml [IDLE.csv]]`.

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


def exceeded(rows: Mapping[str, Row], limits: Limits, idle: Mapping[str, Row] | None = None) -> Iterator[str]:
    """A line for each limit that is not kept; a request with limits that never happened breaks them. `idle`: the statistics of a
    run without newcomers, which limits by times of idle are held against."""
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
        if idle is not None and "p99_times_idle" in limit:
            before, after = float(idle[name]["99%"]), float(row["99%"])
            if after > limit["p99_times_idle"] * before:
                yield f"{name}: 99% took {after:g} ms, more than {limit['p99_times_idle']:g} times {before:g} ms when idle"


def judge(stats: Path, limits: Path = LIMITS, idle: Path | None = None) -> int:
    """Prints the verdict; the exit status."""
    try:
        told = tomllib.loads(limits.read_text(encoding="utf-8"))
        lines = list(exceeded(_rows(stats), told, _rows(idle) if idle else None))
    except (OSError, KeyError, ValueError) as error:
        print(f"can't judge {stats} by {limits}: {error!r}", file=sys.stderr)
        return 2
    print("\n".join(lines) or "within every limit")
    return 1 if lines else 0


def _rows(stats: Path) -> dict[str, Row]:
    with stats.open(encoding="utf-8", newline="") as file:
        return {row["Name"]: row for row in csv.DictReader(file)}


if __name__ == "__main__":
    sys.exit(judge(*(Path(argument) for argument in sys.argv[1:4])))
