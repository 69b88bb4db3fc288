"""Prints each judged set with each mode of ranking: mean and 95 % interval of every measure, and the time of a query."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from loadtests.relevance.judged import Judged, Query, patsnap2244, us640
from loadtests.relevance.measures import MEASURES, interval
from search.engine.factory import open_index, open_reader
from search.engine.model import Request
from search.engine.port import PatentReader
from search.engine.settings import EngineSettings
from search.find import ranked
from search.query import parse

_FOUND = 101
_BATCH = 200

Ask = Callable[[PatentReader, Query], str]
"""The question in the native language."""


def main() -> None:
    data = Path(os.environ.get("PATENTRY_TEST_DATA", "../shared/data"))
    print("| set | mode | " + " | ".join(MEASURES) + " | ms a query |")
    print("|---" * (len(MEASURES) + 3) + "|")
    for judged in (us640(data), patsnap2244(data)):
        with _reader(judged) as reader:
            for name, ask in _MODES.items():
                if judged.queries[0].number is not None or name != "similar, by number":
                    _report(judged, name, ask, reader)


def _report(judged: Judged, name: str, ask: Ask, reader: PatentReader) -> None:
    began = time.perf_counter()
    orders = [_order(judged, query, ask(reader, query), reader) for query in judged.queries]
    spent = (time.perf_counter() - began) / len(orders) * 1_000
    cells = []
    for measure in MEASURES.values():
        values = [measure(order, query.grades) for order, query in zip(orders, judged.queries, strict=True)]
        low, high = interval(values)
        cells.append(f"{sum(values) / len(values):.3f} [{low:.2f}, {high:.2f}]")
    print(f"| {judged.name}, {len(orders)} queries | {name} | " + " | ".join(cells) + f" | {spent:.1f} |", flush=True)


def _order(judged: Judged, query: Query, question: str, reader: PatentReader) -> list[str]:
    found = reader.search(Request(parse(question).tree, size=_FOUND, whole=False))
    return [judged.names[hit.number] for hit in found.hits if hit.number != query.number]


@contextmanager
def _reader(judged: Judged) -> Iterator[PatentReader]:
    with tempfile.TemporaryDirectory() as folder:
        settings = EngineSettings(data=Path(folder))
        index = open_index(settings)
        for start in range(0, len(judged.documents), _BATCH):
            index.write(judged.documents[start : start + _BATCH], merge=lambda held, _new: held)
        index.flush()
        index.close()
        reader = open_reader(settings)
        yield reader
        reader.close()


_MODES: dict[str, Ask] = {
    "text": lambda _reader, query: ranked.free(query.text[:2_000]),
    "similar, by text": lambda reader, query: ranked.similar(reader, query.text),
    "similar, by number": lambda reader, query: ranked.similar(reader, query.number or ""),
}


if __name__ == "__main__":
    main()
