"""The Merkle tree: T34's probes, and the recursive definition of RFC 6962 section 2.1 as the oracle."""

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.ledger import tree

Hashes = list[bytes]


def some(count: int) -> Hashes:
    return [tree.leaf_hash(str(number).encode()) for number in range(count)]


def split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def mth(leaves: Hashes) -> bytes:
    """RFC 6962 section 2.1, word for word, over leaf hashes."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(index: int, leaves: Hashes) -> Hashes:
    """RFC 6962 section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*path(index, leaves[:k]), mth(leaves[k:])]
    return [*path(index - k, leaves[k:]), mth(leaves[:k])]


def proof(old: int, leaves: Hashes, *, whole: bool = True) -> Hashes:
    """RFC 6962 section 2.1.2: PROOF and SUBPROOF."""
    if old == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if old <= k:
        return [*proof(old, leaves[:k], whole=whole), mth(leaves[k:])]
    return [*proof(old - k, leaves[k:], whole=False), mth(leaves[:k])]


def test_every_root_and_proof_is_that_of_the_definition() -> None:
    for size in range(34):
        leaves = some(size)
        assert tree.root(leaves) == mth(leaves)
        for index in range(size):
            assert tree.inclusion(leaves, index) == path(index, leaves)
        for old in range(1, size + 1):
            assert tree.consistency(leaves, old) == proof(old, leaves)


def test_every_right_proof_is_good_and_only_in_its_place() -> None:
    for size in range(1, 18):
        leaves = some(size)
        root = mth(leaves)
        for index in range(size):
            good = [
                (at, of)
                for at in range(18)
                for of in range(18)
                if tree.verify_inclusion(path(index, leaves), index=at, size=of, leaf=leaves[index], root=root)
            ]
            assert (index, size) in good
            assert {at for at, of in good if of == size} == {index}


def test_every_consistency_proof_is_good_and_only_for_its_trees() -> None:
    for new in range(18):
        leaves = some(new)
        for old in range(1, new + 1):
            steps = tree.consistency(leaves, old)
            for other in range(new + 1):
                good = tree.verify_consistency(steps, old=other, new=new, old_root=mth(leaves[:old]), new_root=mth(leaves))
                assert good == (other == old)


@given(st.integers(1, 300), st.data())
def test_a_flipped_bit_anywhere_is_found(size: int, data: st.DataObject) -> None:
    leaves = some(size)
    index = data.draw(st.integers(0, size - 1))
    steps, root = tree.inclusion(leaves, index), tree.root(leaves)
    assert tree.verify_inclusion(steps, index=index, size=size, leaf=leaves[index], root=root)
    parts = [leaves[index], root, *steps]
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[which] = (int.from_bytes(parts[which]) ^ 1 << bit).to_bytes(32)
    assert not tree.verify_inclusion(parts[2:], index=index, size=size, leaf=parts[0], root=parts[1])


DEEDS: list[Callable[[Hashes, int], Hashes]] = [
    lambda leaves, at: [*leaves[:at], tree.leaf_hash(b"another"), *leaves[at + 1 :]],  # changed
    lambda leaves, at: [*leaves[:at], *leaves[at + 1 :]],  # deleted
    lambda leaves, at: [*leaves[:at], tree.leaf_hash(b"more"), *leaves[at:]],  # inserted
    lambda leaves, at: [*leaves[:at], leaves[at], *leaves[at:]],  # doubled
    lambda leaves, at: [*leaves[:at], *reversed(leaves[at : at + 2]), *leaves[at + 2 :]],  # swapped
]


@given(st.integers(2, 300), st.sampled_from(DEEDS), st.data())
def test_two_histories_are_never_consistent(size: int, deed: Callable[[Hashes, int], Hashes], data: st.DataObject) -> None:
    """A leaf changed before the old checkpoint: no proof that the other log can make is good."""
    leaves = some(size)
    old = data.draw(st.integers(2, size))
    changed = deed(leaves, data.draw(st.integers(0, old - 2)))
    steps = tree.consistency(changed, min(old, len(changed)))
    roots = {"old_root": tree.root(leaves[:old]), "new_root": tree.root(changed)}
    assert not tree.verify_consistency(steps, old=old, new=len(changed), **roots)


@given(st.integers(0, 200), st.integers(0, 60))
def test_a_frontier_grows_to_the_same_root(before: int, more: int) -> None:
    leaves = some(before + more)
    frontier = tree.Frontier()
    for leaf in leaves[:before]:
        frontier = frontier.append(leaf)
    assert frontier.root() == mth(leaves[:before])
    kept = tree.Frontier(frontier.size, frontier.peaks)
    for leaf in leaves[before:]:
        kept = kept.append(leaf)
    assert (kept.size, kept.root()) == (before + more, mth(leaves))


@pytest.mark.parametrize(("size", "peaks"), [(1, 0), (0, 1), (3, 1), (-1, 1)])
def test_a_frontier_that_is_none_is_refused(size: int, peaks: int) -> None:
    with pytest.raises(ValueError, match="one hash for each bit"):
        tree.Frontier(size, tuple(some(peaks)))


def test_an_index_or_size_outside_the_tree_has_no_proof() -> None:
    for index in (-1, 3):
        with pytest.raises(ValueError, match="no such leaf"):
            tree.inclusion(some(3), index)
    for old in (-1, 4):
        with pytest.raises(ValueError, match="no such size"):
            tree.consistency(some(3), old)


@pytest.mark.data
def test_all_probes_of_another_implementation_are_answered_right(real_data: Path) -> None:
    """T34: 196 probes of transparency-dev/merkle, right and wrong ones."""
    probes = sorted((real_data / "ledger" / "merkle").rglob("*.json"))
    wrong = [str(probe) for probe in probes if _is_good(probe) == json.loads(probe.read_text())["wantErr"]]
    assert (len(probes), wrong) == (196, [])


def _is_good(file: Path) -> bool:
    probe = json.loads(file.read_text())
    steps = [base64.b64decode(step) for step in probe["proof"] or []]
    hashed = {name: base64.b64decode(probe[name] or "") for name in ("root", "leafHash", "root1", "root2") if name in probe}
    if "inclusion" in file.parts:
        return tree.verify_inclusion(
            steps, index=probe["leafIdx"], size=probe["treeSize"], leaf=hashed["leafHash"], root=hashed["root"]
        )
    return tree.verify_consistency(
        steps, old=probe["size1"], new=probe["size2"], old_root=hashed["root1"], new_root=hashed["root2"]
    )
