"""The table of rows: which work, in which unit, against what, to which goal."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from loadtests.bench.harness import Goal, Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """`module` holds `run(rounds, goal) -> Outcome` under the row's function name; imported when it is run, since each row
    pulls in what it measures. `MissingPart` is raised where the machine lacks the anchor or the documents."""

    name: str
    work: str
    unit: str
    goal: Goal
    module: str
    function: str

    def run(self, rounds: int) -> Outcome:
        function: Callable[..., Outcome] = getattr(import_module(f"loadtests.bench.{self.module}"), self.function)
        return function(rounds=rounds, goal=self.goal)


class MissingPart(Exception):
    """The row cannot be measured here; the message says what is absent."""


def _at_most(ratio: float) -> Goal:
    return Goal("at_most", ratio)


ROWS: tuple[Row, ...] = (
    Row("S1-light", "a search page / raw ASGI with the same search", "wall p50", _at_most(1.6), "service", "light_over_asgi"),
    Row("S1-full", "a page with facets and highlights / the same", "wall p50", _at_most(1.10), "service", "full_over_asgi"),
    Row("S2", "the same page / the search called directly", "wall p50", _at_most(1.25), "service", "full_direct"),
    Row("S4", "a signed-in page, engine stubbed / raw ASGI page", "CPU", _at_most(12), "service", "stubbed"),
    Row("S5", "serialising a page / orjson.dumps of it", "CPU", _at_most(1.5), "service", "serialising"),
    Row("S7", "start to the first 200 / a bare FastAPI app", "wall", _at_most(2.0), "start", "cold_start"),
    Row("P1", "USPTO grants to records / patpubrender, one core", "docs per CPU", Goal("at_least", 2.0), "parse", "grants"),
    Row("P2", "USPTO grants to records / a plain lxml tree", "docs per CPU", Goal("at_least", 0.75), "parse", "tree"),
    Row(
        "P1-2",
        "ours on two cores / patpubrender on one",
        "docs per wall",
        Goal("at_least", 3.8, two_cores=True),
        "parse",
        "two_cores",
    ),
    Row("P8", "own JSON lines to records / orjson.loads and dumps", "docs per CPU", Goal("at_least", 0.6), "lines", "json_lines"),
    Row("I1", "bulk to a fake Elasticsearch / urllib3 and orjson", "CPU", _at_most(0.5), "bulk", "bulk_cpu"),
    Row("I1-wall", "the same", "wall", _at_most(1.10), "bulk", "bulk_wall"),
    Row("R4", "checking a log of a million facts / a bare SHA-256 loop", "CPU", Goal("at_least", 0.3), "ledger", "root"),
    Row("I3", "embedded indexing / the engine's own add loop with the tokens", "wall", _at_most(1.15), "index", "indexing"),
)
