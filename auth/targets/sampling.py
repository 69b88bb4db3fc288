"""Which of the counted are called back, how many are enough, and what their answers say. Pure, and published: anybody who has
the checkpoint and the nonce draws the same people.

The bureau commits to a nonce (its SHA-256) before the checkpoint is made; afterwards neither the agency nor the operator, who
could order facts to their liking, knows the seed, nor can the bureau choose it.
"""

import hashlib
import hmac
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of the whole with its interval, each from 0 to 1."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the call-backs say: the share of the genuine among those who answered, and among all drawn with the unreachable
    counted as false."""

    answered: Estimate
    drawn: Estimate


def commitment(nonce: bytes) -> str:
    """What the bureau hands over before the checkpoint is made."""
    return hashlib.sha256(nonce).hexdigest()


def kept(nonce: bytes, committed: str) -> bool:
    """Whether this is the nonce that was committed."""
    return hmac.compare_digest(commitment(nonce), committed)


def seed(root: bytes, nonce: bytes) -> bytes:
    """SHA-256 of the checkpoint's root (32 bytes) and the nonce (32 bytes)."""
    if len(root) != 32 or len(nonce) != 32:
        raise ValueError("root and nonce have 32 bytes each")
    return hashlib.sha256(root + nonce).digest()


def draw(population: Sequence[int], size: int, *, seed: bytes) -> list[int]:
    """`size` of the seqs, each set of them as likely as any other, in the order in which they are called.

    A shuffle after Fisher and Yates from the front of the population in rising order; a number below n is taken from
    SHA-256(seed || counter in 8 bytes), read big endian; those from the last multiple of n on are passed over.
    """
    held = sorted(set(population))
    if not 0 <= size <= len(held):
        raise ValueError("more are to be drawn than there are")
    counter = 0
    for place in range(size):
        span = len(held) - place
        while True:
            number = int.from_bytes(hashlib.sha256(seed + counter.to_bytes(8, "big")).digest(), "big")
            counter += 1
            if number < 2**256 - 2**256 % span:
                break
        other = place + number % span
        held[place], held[other] = held[other], held[place]
    return held[:size]


def enough(population: int, false: int, *, chance: Fraction) -> int:
    """How many of `population` must be drawn to meet at least one of `false` with this chance (hypergeometric, exact)."""
    if not 0 < false <= population or not 0 < chance < 1:
        raise ValueError("there is none to meet, or no chance is certain")
    for size in range(1, population + 1):
        if 1 - Fraction(math.comb(population - false, size), math.comb(population, size)) >= chance:
            return size
    raise AssertionError("all drawn meet every one")


def estimate(genuine: int, drawn: int, *, risk: float = 0.05) -> Estimate:
    """The share of the genuine with its interval after Clopper and Pearson: it misses the true share at most so often."""
    if not 0 <= genuine <= drawn or drawn == 0:
        raise ValueError("at least one, and no more genuine than drawn")
    low = 0.0 if genuine == 0 else _share(lambda share: 1 - _at_most(genuine - 1, drawn, share), risk / 2)
    high = 1.0 if genuine == drawn else 1 - _share(lambda share: _at_most(genuine, drawn, 1 - share), risk / 2)
    return Estimate(genuine / drawn, low, high)


def outcome(*, yes: int, no: int, unreachable: int, risk: float = 0.05) -> Outcome:
    """The two estimates; somebody must have answered."""
    return Outcome(estimate(yes, yes + no, risk=risk), estimate(yes, yes + no + unreachable, risk=risk))


def _at_most(most: int, drawn: int, share: float) -> float:
    """The chance that at most so many of `drawn` are genuine when this share of the whole is."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 1.0 if most >= drawn else 0.0
    log, rest = math.log(share), math.log1p(-share)
    ways = (math.lgamma(drawn + 1) - math.lgamma(k + 1) - math.lgamma(drawn - k + 1) for k in range(most + 1))
    return min(math.fsum(math.exp(way + k * log + (drawn - k) * rest) for k, way in enumerate(ways)), 1.0)


def _share(rising: Callable[[float], float], value: float) -> float:
    """Where a function that rises from 0 to 1 over 0 to 1 takes the value, to 2^-50."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < value else (low, middle)
    return (low + high) / 2
