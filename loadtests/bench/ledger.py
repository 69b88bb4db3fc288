"""R4: checking a log, each leaf hashed and the root of the tree computed, against a bare loop of SHA-256 over the same leaves."""

import hashlib

from auth.ledger import tree
from loadtests.bench.harness import Goal, Outcome, compare, cpu

COUNT = 1_000_000
_LEAF_BYTES = 300  # of a typical fact


def root(*, rounds: int, goal: Goal) -> Outcome:
    """CPU seconds a leaf, over a million leaves; the root alone is to take less than two seconds."""
    leaves = [str(number).encode().ljust(_LEAF_BYTES) for number in range(COUNT)]

    def ours() -> None:
        tree.root(list(map(tree.leaf_hash, leaves)))

    def anchor() -> None:
        for leaf in leaves:
            hashlib.sha256(leaf).digest()

    return compare(cpu(ours, units=COUNT), cpu(anchor, units=COUNT), goal, rounds=rounds)
