"""How many people live where, as it is pasted or typed: a place and a number a line."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from search.analysis.errors import PeopleUnreadable

_LINE = re.compile(r"(?P<place>[^\d]*?)[\s:：,，;；=]*(?P<number>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>[万亿]?)\s*人?")
_TIMES = {"": 1, "万": 10_000, "亿": 100_000_000}
_MOST = 100_000_000_000
_SIGNS = tuple("-−–—－+＋")
"""Of a number: people are no balance, and a place has no such end."""


def read(text: str, beside: Mapping[str, float] = MappingProxyType({})) -> dict[str, float]:
    """Persons by place, a line without a place under the empty key, with those told `beside`; a first line without a number is a
    head. Raises `PeopleUnreadable`, for a place that was told already too, unless its people are as many."""
    found = dict(beside)
    lines = text.strip().splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip() or (number == 1 < len(lines) and not re.search(r"\d", line)):
            continue
        told = _LINE.fullmatch(line.strip())
        persons = float(re.sub("[,，]", "", told["number"])) * _TIMES[told["unit"]] if told else 0.0
        place = told["place"].strip() if told else ""
        if told is None or not 0 < persons <= _MOST or place.endswith(_SIGNS) or found.get(place, persons) != persons:
            raise PeopleUnreadable(number, line.strip())
        found[place] = persons
    return found
