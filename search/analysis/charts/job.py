"""What is sent to the process that draws."""

from typing import Any

import msgspec

from search.analysis.charts.drawing import Grammar


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing with the addresses of its marks; `picture`: as PNG."""

    id: str
    grammar: Grammar
    spec: dict[str, Any]
    texts: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    title: str
    description: str
    picture: bool
