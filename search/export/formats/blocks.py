"""Pieces of text joined to blocks worth sending."""

from collections.abc import Iterable, Iterator

BLOCK = 64 * 1024
"""Characters of a block, or a few more."""


def blocks(pieces: Iterable[str], *, encoding: str = "utf-8") -> Iterator[bytes]:
    """The bytes of the pieces: the first at once, the others when a block is full."""
    held: list[str] = []
    size = BLOCK
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield "".join(held).encode(encoding)
            held, size = [], 0
    if held:
        yield "".join(held).encode(encoding)
