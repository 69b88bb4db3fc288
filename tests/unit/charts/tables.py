"""Tables of every shape that is drawn, with names that mean harm and characters beyond the first plane."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from search.analysis.model import Analysis, Row

HARM = '</text><script>alert(1)</script>"{{datum}}" ~3 http://l.invalid/0'
RARE = "\U00020bb7野家"
NAMES = ("深圳锂源电池有限公司", HARM, RARE, "LG Energy Solution Limited Liability Company of Seoul and Everywhere", "清华大学")


def a_row(*keys: str, count: int = 1, incomplete: bool = False) -> Row:
    return Row(keys, count, f"query of {' '.join(keys)}", incomplete=incomplete)


def a_table(by: Sequence[str], rows: Sequence[Row], *, name: str = "custom", **more: Any) -> Analysis:
    total = sum(row.count for row in rows)
    return Analysis(name, tuple(by), tuple(rows), ("share",), "title:电池", total, "application", **more)


PARTIES = a_table(["applicant"], [a_row(name, count=1_200 - 200 * place) for place, name in enumerate(NAMES)], name="parties")
TREND = a_table(
    ["application_year"],
    [a_row(str(year), count=(year - 2014) * 3 % 17, incomplete=year > 2023) for year in range(2012, 2026)],
    name="trend",
)
MATRIX = a_table(
    ["applicant", "subclass"],
    [a_row(name, key, count=1 + place * 7) for place, name in enumerate(NAMES) for key in ("H01M", "H02J", "B60L")],
    name="matrix",
)
SHADES = a_table(
    ["applicant", "application_year"],
    [a_row(name, str(year), count=year - 2009) for name in NAMES for year in (2010, 2012, 2013)],
    name="custom",
)
NETWORK = a_table(
    ["applicant", "applicant"],
    [a_row(NAMES[0], NAMES[1], count=9), a_row(NAMES[0], NAMES[2], count=2), a_row(NAMES[3], NAMES[4], count=1)],
    name="network",
    parts=(a_table(["applicant"], [a_row(name, count=20 - place) for place, name in enumerate(NAMES)], name="network.nodes"),),
)
COMPETITORS = a_table(
    ["applicant"],
    [a_row(name, count=30) for name in NAMES],
    name="competitors",
    parts=(
        a_table(
            ["applicant", "application_year"],
            [a_row(name, str(year), count=year % 7) for name in NAMES for year in range(2015, 2020)],
            name="competitors.trend",
        ),
    ),
)
LIFECYCLE = a_table(
    ["application_year"],
    [
        replace(
            a_row(str(year), count=year - 2005, incomplete=year > 2018), values={"fitted": year - 2004.5 if year < 2019 else None}
        )
        for year in range(2006, 2021)
    ],
    name="lifecycle",
    figures={"ceiling": 200.0, "ceiling_low": 150.0, "ceiling_high": 300.0},
)
EVERY = (PARTIES, TREND, MATRIX, SHADES, NETWORK, COMPETITORS, LIFECYCLE)
EMPTY = a_table(["applicant"], [], name="parties")
