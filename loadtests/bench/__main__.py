"""`python -m loadtests.bench NAME… --rounds 9`: prints the ratios of these rows, or of `all`, with target and verdict."""

import argparse
import platform
import sys
from datetime import UTC, datetime

from rich import box
from rich.console import Console
from rich.table import Table

from loadtests.bench.harness import calibrate, verdict
from loadtests.bench.rows import ROWS, MissingPart, Row


def main() -> int:
    names = [row.name for row in ROWS]
    parser = argparse.ArgumentParser(prog="python -m loadtests.bench", description=__doc__)
    parser.add_argument("names", nargs="+", choices=["all", *names], metavar="NAME", help=f"all, or of {', '.join(names)}")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    rows = [row for row in ROWS if "all" in asked.names or row.name in asked.names]
    console = Console(width=None if sys.stdout.isatty() else 240)
    cores = calibrate()
    console.print(
        f"{datetime.now(UTC):%Y-%m-%d} · Python {platform.python_version()} · {platform.machine()} · "
        f"two busy processes do {cores:.2f} of one · {asked.rounds} rounds"
    )
    table = Table("row", "work / anchor", "unit", "target", "median", "95 %", "ours", "anchor", "verdict", box=box.MARKDOWN)
    for row in rows:
        table.add_row(row.name, row.work, row.unit, str(row.goal), *_cells(row, asked.rounds, cores, console))
    console.print(table)
    return 0


def _cells(row: Row, rounds: int, cores: float, console: Console) -> tuple[str, ...]:
    try:
        outcome = row.run(rounds)
    except MissingPart as absent:
        return "", "", "", "", f"not measured: {absent}"
    console.print(f"{row.name}: " + " ".join(f"{ratio:.3f}" for ratio in outcome.ratios))
    low, high = outcome.interval()
    costs = (f"{outcome.ours * 1e6:,.1f} us", f"{outcome.anchor * 1e6:,.1f} us")
    return f"{outcome.median:.3f}", f"{low:.3f}-{high:.3f}", *costs, verdict(outcome, row.goal, cores=cores)


if __name__ == "__main__":
    sys.exit(main())
