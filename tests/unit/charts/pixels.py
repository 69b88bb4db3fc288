"""The pixels of a picture: what there is of PNG (ISO/IEC 15948) in the renderer's, colour of eight bits with transparency."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]


def grey(picture: bytes) -> Grey:
    """Lightness by row and column, 0 black to 255 white."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    size, packed, at = (0, 0), b"", 8
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        body = picture[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            *size, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            assert (depth, colour, interlaced) == (8, 6, 0)
        elif kind == b"IDAT":
            packed += body
        at += length + 12
    width, height = size
    lines = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + width * 4)
    above = np.zeros(width * 4, np.int64)
    found = np.empty((height, width), np.uint8)
    for place, line in enumerate(lines):
        above = _unfiltered(int(line[0]), line[1:].astype(np.int64), above)
        found[place] = above.reshape(width, 4)[:, :3].mean(axis=1)
    return found


def _unfiltered(how: int, line: NDArray[np.int64], above: NDArray[np.int64]) -> NDArray[np.int64]:
    """A line with what its filter took away (clause 9)."""
    if how == 0:
        return line
    if how == 1:
        return np.asarray(line.reshape(-1, 4).cumsum(axis=0).reshape(-1) % 256)
    if how == 2:
        return (line + above) % 256
    made, upper, values = [0, 0, 0, 0], [0, 0, 0, 0, *above.tolist()], line.tolist()
    for place, value in enumerate(values):
        left, up, corner = made[place], upper[place + 4], upper[place]
        made.append((value + ((left + up) // 2 if how == 3 else _paeth(left, up, corner))) % 256)
    return np.array(made[4:])


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def ink(picture: Grey) -> Grey:
    """The least part of the picture that holds all that is dark, as dark (1) and light (0)."""
    dark = picture < 128
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows):
        return np.zeros((0, 0), np.uint8)
    return dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.uint8)
