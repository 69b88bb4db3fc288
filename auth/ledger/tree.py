"""The Merkle tree of RFC 6962 section 2.1: roots, proofs and their verification, and a frontier that grows leaf by leaf.

Hashes are 32 bytes of SHA-256; a tree is the list of its leaf hashes.  Verification follows RFC 9162 sections 2.1.3.2 and
2.1.4.2 and never raises: whatever is wrong is ``False``.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

HASH_BYTES = 32
EMPTY = hashlib.sha256().digest()
"""Root of the tree without a leaf."""

_sha256 = hashlib.sha256


def leaf_hash(data: bytes) -> bytes:
    """Of a leaf's bytes."""
    return _sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Of an inner node."""
    return _sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The tree's root, level by level: pairs from the left, a last one without a partner goes up as it is."""
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0] if level else EMPTY


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that leaf `index` is in the tree: siblings from the leaf up. `ValueError` for an index outside."""
    if not 0 <= index < len(leaves):
        raise ValueError("no such leaf in the tree")
    proof, level = [], list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            proof.append(level[sibling])
        level, index = _above(level), index >> 1
    return proof


def consistency(leaves: Sequence[bytes], old: int) -> list[bytes]:
    """The proof that the tree of the first `old` leaves is a prefix of this one; empty for 0 and for the whole.
    `ValueError` for a size outside."""
    if not 0 <= old <= len(leaves):
        raise ValueError("no such size of the tree")
    if old in (0, len(leaves)):
        return []
    proof, level, index = [], list(leaves), old - 1
    while index & 1:  # up to the largest perfect subtree that ends the old tree
        level, index = _above(level), index >> 1
    if index:
        proof.append(level[index])
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            proof.append(level[sibling])
        level, index = _above(level), index >> 1
    return proof


def verify_inclusion(proof: Sequence[bytes], *, index: int, size: int, leaf: bytes, root: bytes) -> bool:
    """Whether the proof shows the leaf hash at `index` in the tree of `size` leaves with this root."""
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    node, last = index, size - 1
    held = leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            held = node_hash(sibling, held)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            held = node_hash(held, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and held == root


def verify_consistency(proof: Sequence[bytes], *, old: int, new: int, old_root: bytes, new_root: bytes) -> bool:
    """Whether the proof shows that the tree of `old` leaves is a prefix of the tree of `new` leaves. Nothing shows anything of
    the empty tree: False."""
    if old == new > 0:
        return not proof and old_root == new_root
    if not 0 < old < new or not _are_hashes(old_root, new_root, *proof):
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    path = list(proof) if node else [old_root, *proof]
    if not path:
        return False
    old_held = new_held = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old_held, new_held = node_hash(sibling, old_held), node_hash(sibling, new_held)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new_held = node_hash(new_held, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old_held == old_root and new_held == new_root


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree's size and the roots of the perfect subtrees it consists of, the largest first: all that appending needs."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count() or not _are_hashes(*self.peaks):
            raise ValueError("a frontier has one hash for each bit of its size")

    def append(self, leaf: bytes) -> "Frontier":
        """The frontier with one more leaf hash; a hash for each trailing one bit of the size."""
        peaks, held, size = list(self.peaks), leaf, self.size
        while size & 1:
            held, size = node_hash(peaks.pop(), held), size >> 1
        return Frontier(self.size + 1, (*peaks, held))

    def root(self) -> bytes:
        """The tree's root."""
        if not self.peaks:
            return EMPTY
        held = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            held = node_hash(peak, held)
        return held


def _above(level: list[bytes]) -> list[bytes]:
    nodes = [_sha256(b"\x01" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
    if len(level) & 1:
        nodes.append(level[-1])
    return nodes


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
