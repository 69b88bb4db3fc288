"""A formula of MathML as one line of text that a reader would type: ``(a + b)/(2 c)``, ``x_i^2``, ``√(x)``."""

from collections.abc import Callable

from lxml import etree

from indexer.parsers import xml

_BINDING = frozenset("()[]{}|,;.′'!")
"""Operators that stand close; all others have a blank on both sides."""


def formula(element: etree._Element) -> str:
    """The text of a ``math`` element or of anything within one; never raises on unknown elements."""
    return " ".join(_text(element).split())


def _text(element: etree._Element) -> str:
    name = xml.name(element)
    if name in ("mi", "mn", "mtext", "ms", "mo"):
        own = "".join(element.itertext()).strip()
        return f" {own} " if name == "mo" and own not in _BINDING else own
    parts = [_text(child) for child in element]
    shape = _SHAPES.get(name)
    return shape(parts) if shape is not None and len(parts) >= _NEEDED.get(name, 1) else _row(parts)


def _row(parts: list[str]) -> str:
    """Neighbours that are both words keep a blank between them: ``R D`` is no word ``RD``."""
    line = ""
    for part in parts:
        glued = line[-1:].isalnum() and part[:1].isalnum()
        line += f" {part}" if glued else part
    return line


def _group(part: str) -> str:
    part = part.strip()
    return part if len(part) <= 1 or part.isalnum() else f"({part})"


_SHAPES: dict[str, Callable[[list[str]], str]] = {
    "mfrac": lambda parts: f"{_group(parts[0])}/{_group(parts[1])}",
    "msup": lambda parts: f"{parts[0]}^{_group(parts[1])}",
    "mover": lambda parts: f"{parts[0]}^{_group(parts[1])}",
    "msub": lambda parts: f"{parts[0]}_{_group(parts[1])}",
    "munder": lambda parts: f"{parts[0]}_{_group(parts[1])}",
    "msubsup": lambda parts: f"{parts[0]}_{_group(parts[1])}^{_group(parts[2])}",
    "munderover": lambda parts: f"{parts[0]}_{_group(parts[1])}^{_group(parts[2])}",
    "msqrt": lambda parts: f"√{_group(_row(parts))}",
    "mroot": lambda parts: f"{_group(parts[0])}^(1/{_group(parts[1])})",
    "mfenced": lambda parts: f"({', '.join(parts)})",
    "mtr": ", ".join,
    "mtable": "; ".join,
    "mspace": lambda parts: " ",
}
_NEEDED = {"mfrac": 2, "msup": 2, "mover": 2, "msub": 2, "munder": 2, "msubsup": 3, "munderover": 3, "mroot": 2, "mspace": 0}
