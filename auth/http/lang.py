"""The caller's language: Chinese unless Accept-Language (RFC 9110 section 12.5.4) prefers English."""

from functools import lru_cache
from typing import Literal

Language = Literal["zh", "en"]
_MAX = 200


@lru_cache(maxsize=256)
def language(accept: str) -> Language:
    """Of the two languages the one with the higher weight; Chinese where they are equal or neither is named."""
    weights: dict[str, float] = {}
    for item in accept[:_MAX].split(","):
        tag, _, parameter = item.partition(";")
        primary = tag.strip().lower().partition("-")[0]
        weights.setdefault(primary, _weight(parameter))
    return "en" if weights.get("en", 0) > weights.get("zh", weights.get("*", 0)) else "zh"


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
