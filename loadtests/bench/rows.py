"""The table of rows: which work, in which unit, against what, to which goal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from loadtests.bench.harness import Goal, Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """`module` holds `run(rounds, goal) -> Outcome` under the row's function name; imported when it is run, since each row
    pulls in what it measures. `MissingPart` is raised where the machine lacks the anchor or the documents. `small`: other sizes
    of the work, with which a test can run it."""

    name: str
    work: str
    unit: str
    goal: Goal
    module: str
    function: str
    small: Mapping[str, int] = field(default_factory=dict)

    def run(self, rounds: int, **sizes: int) -> Outcome:
        function: Callable[..., Outcome] = getattr(import_module(f"loadtests.bench.{self.module}"), self.function)
        return function(rounds=rounds, goal=self.goal, **sizes)


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
    Row("A1", "verifying a token not seen before / python-jose", "CPU", _at_most(1.0), "tokens", "over_jose", {"count": 5}),
    Row("A1-unseen", "verifying a token not seen before / a microsecond", "CPU", _at_most(25), "tokens", "unseen", {"count": 5}),
    Row("A1-seen", "verifying a token seen before / a microsecond", "CPU", _at_most(5), "tokens", "seen", {"count": 50}),
    Row(
        "A3",
        "sign-ups that come at once / their hashing alone",
        "sign-ups per wall",
        Goal("at_least", 0.9, two_cores=True),
        "signup",
        "throughput",
        {"people": 4},
    ),
    Row("A3-others", "searches while five a second sign up / idle", "wall p99", _at_most(3), "signup", "others", {"times": 1}),
    Row(
        "R1",
        "storing a sign-up / its statements by sqlite3",
        "wall",
        Goal("at_least", 0.7),
        "store",
        "sign_ups",
        {"people": 3},
    ),
    Row("R2", "a standing from 10,000 facts / a millisecond", "CPU", _at_most(50), "targets", "standing", {"facts": 300}),
    Row("R2-anew", "the first of a process / a millisecond", "CPU", _at_most(50), "targets", "anew", {"facts": 300}),
    Row(
        "R2-others",
        "the same, a log with seven projects more: exponent",
        "CPU",
        _at_most(0.1),
        "targets",
        "beside_others",
        {"facts": 300, "others": 1},
    ),
    Row(
        "R3",
        "a page of registrations, 2,000 to 32,000: exponent",
        "CPU",
        _at_most(0.2),
        "paging",
        "registrations",
        {"people": 200, "times": 2},
    ),
    Row("R4", "checking a log of a million facts / a bare SHA-256 loop", "CPU", Goal("at_least", 0.3), "ledger", "root"),
    Row(
        "S8-term",
        "a word's ten of 5,000 to 40,000 documents: exponent",
        "CPU",
        _at_most(0.5),
        "growing",
        "term",
        {"documents": 40, "times": 2},
    ),
    Row("S8-or", "any of three words, the same", "CPU", _at_most(0.8), "growing", "choice", {"documents": 40, "times": 2}),
    Row("S8-facets", "a word with five facets, the same", "CPU", _at_most(1.0), "growing", "facets", {"documents": 40, "times": 2}),
    Row(
        "S9",
        "the thousandth page by cursor / the second",
        "CPU",
        _at_most(2),
        "growing",
        "paging",
        {"documents": 100, "pages": 5},
    ),
    Row(
        "S9-export",
        "an export as CSV / a loop that fetches, parses, writes the rows",
        "rows per wall",
        Goal("at_least", 0.5),
        "exporting",
        "rows",
        {"documents": 60},
    ),
    Row(
        "S9-first",
        "the first byte of an export / a millisecond",
        "wall p50",
        _at_most(100),
        "exporting",
        "first_byte",
        {"documents": 60, "times": 2},
    ),
    Row(
        "N1",
        "a list of 10,000 numbers examined / a second",
        "CPU",
        _at_most(2),
        "doctor",
        "examined",
        {"documents": 30, "lines": 70},
    ),
    Row(
        "Q1",
        "a query read and written in six languages / a millisecond",
        "CPU",
        _at_most(1),
        "query",
        "read_and_written",
        {"times": 2},
    ),
    Row("Q2", "reading a query of 12 to 96 terms: exponent", "CPU", _at_most(1.1), "query", "length", {"terms": 3, "times": 4}),
    Row(
        "D1",
        "distances over 20,000 documents, 95 % of them / a millisecond",
        "CPU",
        _at_most(300),
        "distances",
        "p95",
        {"documents": 40, "times": 8},
    ),
    Row(
        "AN1",
        "a page of eight tables over 200,000 documents / a millisecond",
        "wall p50",
        _at_most(300),
        "analysis",
        "page",
        {"documents": 200, "times": 2},
    ),
    Row(
        "AN1-elastic",
        "the same over Elasticsearch, what is counted read before / a millisecond",
        "wall p50",
        _at_most(1_000),
        "analysis",
        "page_over_elasticsearch",
        {"documents": 200, "times": 2},
    ),
    Row(
        "AN2", "a chart, warm, by the process that draws / a millisecond", "wall p50", _at_most(150), "charts", "warm", {"times": 2}
    ),
    Row("RP1", "a report of 137 pages as DOCX / a second", "wall", _at_most(20), "reports", "docx", {"documents": 40, "keys": 2}),
    Row("I3", "embedded indexing / the engine's own add loop with the tokens", "wall", _at_most(1.15), "index", "indexing"),
)
