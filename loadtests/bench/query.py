"""Q1, Q2: a query read and written in every language, against a millisecond; how reading grows with the text."""

from loadtests.bench.harness import Goal, Outcome, compare, constant, cpu, growth
from search.query import parse
from search.query.dialects import NAMES, write

_MILLISECOND = constant(1e-3)
_TEXTS = (
    'title:(battery OR 电池) AND applicant:"宁德时代" AND ipc:H01M10/0525 AND publication_date:[2019 TO 2020]',
    "(电池 或 电容) 石墨烯 非 铅酸",
    'ta=(battery or accumulator) and pa="siemens ag" and cl=H01M10 and pd=2019:2020 not ti=lead',
    "(batter$ ADJ3 (electrode OR anode)).clm. AND H01M10/0525.cpc. AND @pd>=20190101<=20201231",
    "电池/TI*(正极/AB+负极/AB)-铅酸/TI*20190101>20201231/PD @LX=UM,AI",
    "发明名称=(电池 AND 正极+) AND 申请（专利权）人=(宁德时代) AND 公开日=20190101:20201231",
    '"solid electrolyte" (anode OR cathode) -lead assignee:toyota assignee:panasonic after:priority:20190101',
)
"""Queries as experts write them, in each language."""
_TERMS = {
    "native": ("ti:电池", " AND "),
    "cql": ("ti=cell", " and "),
    "ppubs": ("cell.ti.", " AND "),
    "cprs": ("电池/TI", "*"),
    "pss": ("发明名称=(电池)", " AND "),
    "google": ("TI=(cell)", " "),
}


def read_and_written(*, rounds: int, goal: Goal, times: int = 50) -> Outcome:
    """CPU seconds of one query: its language found out, read, checked, and written in all languages."""

    def work() -> None:
        for _ in range(times):
            for text in _TEXTS:
                tree = parse(text, "auto").tree
                for name in NAMES:
                    write(tree, name)

    return compare(cpu(work, units=times * len(_TEXTS)), _MILLISECOND, goal, rounds=rounds)


def length(*, rounds: int, goal: Goal, terms: int = 12, times: int = 8) -> Outcome:
    """The exponent of reading's CPU time in the length of a text, over all languages."""
    del goal
    small, big = _texts(terms), _texts(terms * times)

    def reading(texts: dict[str, str], count: int) -> None:
        for _ in range(count):
            for name, text in texts.items():
                parse(text, name)

    return growth(cpu(lambda: reading(small, 40), units=40), cpu(lambda: reading(big, 40), units=40), times=times, rounds=rounds)


def _texts(terms: int) -> dict[str, str]:
    return {name: between.join([term] * terms) for name, (term, between) in _TERMS.items()}
