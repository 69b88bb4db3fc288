"""What a marked sample and a list of known documents say of a branch. Pure."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.959964
"""Of a normal distribution, 95 % lie within so many standard deviations."""


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `of`, and the interval that holds the true share in 95 of 100 such samples; nothing of none."""

    hits: int
    of: int
    low: float = 0.0
    high: float = 1.0

    @property
    def share(self) -> float | None:
        return self.hits / self.of if self.of else None


def share(hits: int, of: int) -> Share:
    """The share with Wilson's interval (E. B. Wilson, JASA 22 (1927), 209), which stays sound for few and for all."""
    if not of:
        return Share(0, 0)
    observed, squared = hits / of, _Z * _Z / of
    middle = (observed + squared / 2) / (1 + squared)
    half = _Z * sqrt(observed * (1 - observed) / of + squared / (4 * of)) / (1 + squared)
    return Share(hits, of, 0.0 if hits == 0 else middle - half, 1.0 if hits == of else middle + half)


@dataclass(frozen=True, slots=True)
class Estimate:
    """How well a branch's query works: `precision` of the documents that were drawn and judged and are in the branch still,
    `recall` of the known documents that are held. `unjudged` are drawn and still to be judged; `left` were drawn and are no longer
    there; `missed` are known and not found, `absent` known and not held."""

    precision: Share
    recall: Share
    unjudged: tuple[str, ...] = ()
    left: int = 0
    missed: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
