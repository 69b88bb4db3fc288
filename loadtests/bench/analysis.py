"""AN1: a page of analysis, its eight tables over the documents of a query, in the embedded engine; AN1-elastic: over Elasticsearch,
by a process that has read their columns.

The records are small, since no table reads a text: what matters is how many there are, how many different applicants, inventors,
classes and cited documents they have, and how many of them are of one application or family.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import cycle
from random import Random

from loadtests.bench.harness import Goal, Outcome, compare, constant, p50
from loadtests.bench.library import library, over_elasticsearch
from search.analysis.model import Ask
from search.analysis.service import Analyst
from search.engine.errors import StillReading
from search.patent import technology
from search.patent.model import Citation, Legal, Party, Patent, Reference, Symbol
from search.patent.numbers import application
from search.query.tree import All, Query, Range

_MILLISECOND = constant(0.001)
_TODAY = date(2026, 1, 1)
_REGIONS = ("广东省", "江苏省", "北京市", "浙江省", "上海市", "山东省", "安徽省", "四川省", None)
_SUBCLASSES = sorted(symbol for field in technology.FIELDS for symbol in field.classes if len(symbol) == 4)


def page(*, rounds: int, goal: Goal, documents: int = 200_000, times: int = 21) -> Outcome:
    """Wall seconds of a page, the median of questions that match between half of the documents and all, each another one."""
    with library(_records(documents)) as reader:
        return _measured(Analyst(reader), rounds, goal, times)


def page_over_elasticsearch(*, rounds: int, goal: Goal, documents: int = 200_000, times: int = 21) -> Outcome:
    """As `page`."""
    with over_elasticsearch(_records(documents)) as reader:
        analyst, read = Analyst(reader), False
        while not read:
            with suppress(StillReading):
                read = bool(analyst.page(Ask(query=All(), today=_TODAY)))
        return _measured(analyst, rounds, goal, times)


def _measured(analyst: Analyst, rounds: int, goal: Goal, times: int) -> Outcome:
    asked = cycle(_questions(21))
    work = p50(lambda: analyst.page(Ask(query=next(asked), today=_TODAY)), times=times)
    return compare(work, _MILLISECOND, goal, rounds=rounds)


def _questions(count: int) -> list[Query]:
    """More of them than the engine remembers the matches of."""
    return [Range("publication_date", high=f"{2026 - number * 10 // count}-{number % 12 + 1:02}-28") for number in range(count)]


def _records(count: int) -> Iterator[Patent]:
    """Of a fifth of the applications an application and a grant; some families have several applications."""
    random = Random(1)

    def one_of(many: int) -> int:
        """The first ones far oftener than the last."""
        return int(many ** random.random()) - 1

    def symbols(most: int) -> tuple[Symbol, ...]:
        several = range(random.randrange(most))
        return tuple(
            Symbol(symbol=f"{_SUBCLASSES[one_of(len(_SUBCLASSES))]} {random.randrange(1, 30)}/{random.randrange(40):02}")
            for _ in several
        )

    for number in range(count):
        filed = number % (count * 5 // 6 + 1)
        year = 2005 + filed * 7919 % 20
        granted = number != filed
        yield Patent(
            number=f"CN{100_000_000 + number}{'B' if granted else 'A'}",
            country="CN",
            doc_number=f"{100_000_000 + number}",
            kind="B" if granted else "A",
            stage="granted" if granted else "published",
            type=random.choice(("invention", "utility_model")),
            publication_date=f"{year + 1 + granted}-{filed % 12 + 1:02}-{filed % 28 + 1:02}",
            application=Reference(number=application(f"CN{year}1{filed:07}"), date=f"{year}-{filed % 12 + 1:02}-01"),
            applicants=tuple(
                Party(
                    name=f"第{one_of(40_000)}号有限公司",
                    country=random.choice(("CN", "CN", "CN", "US", "JP")),
                    region=random.choice(_REGIONS),
                    city=f"第{one_of(300)}市",
                )
                for _ in range(random.choice((1, 1, 1, 2)))
            ),
            inventors=tuple(Party(name=f"发明人{one_of(150_000)}") for _ in range(random.randrange(1, 6))),
            ipc=symbols(5),
            cpc=symbols(4),
            citations=tuple(Citation(number=f"US{7_000_000 + one_of(900_000)}B2") for _ in range(random.randrange(5))),
            legal=Legal(status=random.choice(("in_force", "lapsed", "pending")), version=1),
            family=f"F{filed * 4 // 5}",
        )
