"""Which scores count as equal: one rule for both engines (docs/decisions/0041-equal-scores.md).

A score is a sum of float32 numbers.  Another order of its terms, which another segment, shard or engine takes, changes its
last bits, and with them the order of documents that are equal.  So hits are ordered by ``float32(STEP + score)``, which
rounds a score to multiples of 1/512 (coarser only above 16,384), and then by number.
"""

from struct import pack, unpack

STEP = 16384.0
"""2 ** 14: the float32 numbers from here to twice as much lie 2 ** -9 apart."""


def ordered(score: float) -> float:
    """The score as it counts in the order: a multiple of 1/512."""
    found: float = unpack("<f", pack("<f", STEP + score))[0]
    return found - STEP
