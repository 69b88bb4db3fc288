"""Which known names a typed one may be a slip of."""

from collections.abc import Iterable
from string import ascii_lowercase, digits

_LETTERS = ascii_lowercase + digits


def near(typed: str, names: Iterable[str]) -> list[str]:
    """The names that differ from `typed` in at most one character, or one in four, nearest first, ties in the
    order given."""
    found: list[tuple[int, str]] = []
    for name in names:
        most = max(1, max(len(name), len(typed)) // 4)
        if abs(len(name) - len(typed)) <= most and (apart := distance(typed, name)) <= most and apart < len(name):
            found.append((apart, name))
    return [name for _, name in sorted(found, key=lambda pair: pair[0])]


def slips(word: str) -> list[str]:
    """Every text that one letter or digit inserted, deleted, replaced or swapped with its neighbour makes of a Latin word."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = [before + after[1:] for before, after in cuts if after]
    found += [before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1]
    found += [before + letter + after[1:] for before, after in cuts if after for letter in _LETTERS]
    found += [before + letter + after for before, after in cuts for letter in _LETTERS]
    return [text for text in dict.fromkeys(found) if text and text != word]


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
