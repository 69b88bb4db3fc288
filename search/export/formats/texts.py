"""Texts of a record in the order in which a reference names them."""

from collections.abc import Mapping


def ordered(texts: Mapping[str, str], lang: str) -> list[str]:
    """The one in the language first."""
    return [texts[name] for name in sorted(texts, key=lambda name: name != lang)]
