"""Which known names a typed one may be a slip of."""

from collections.abc import Iterable


def near(typed: str, names: Iterable[str]) -> list[str]:
    """The names that differ from `typed` in at most one character, or one in four, nearest first, ties in the
    order given."""
    found: list[tuple[int, str]] = []
    for name in names:
        most = max(1, max(len(name), len(typed)) // 4)
        if abs(len(name) - len(typed)) <= most and (apart := distance(typed, name)) <= most and apart < len(name):
            found.append((apart, name))
    return [name for _, name in sorted(found, key=lambda pair: pair[0])]


def distance(one: str, other: str) -> int:
    """How many characters must be inserted, deleted, replaced or swapped with their neighbour to make one text the other
    (optimal string alignment)."""
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one):
        before, above, row = above, row, [i + 1]
        for j, b in enumerate(other):
            best = min(above[j] + (a != b), above[j + 1] + 1, row[j] + 1)
            if i and j and a == other[j - 1] and one[i - 1] == b:
                best = min(best, before[j - 1] + 1)
            row.append(best)
    return row[-1]
