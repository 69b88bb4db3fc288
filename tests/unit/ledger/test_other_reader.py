"""Another implementation reads what we sign and prove: Go's own golang.org/x/mod/sumdb, where Go and the module are."""

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auth.ledger import notes, tlog, tree
from auth.ledger.notes import Signer
from tests import machine

READER = Path(__file__).with_name("reader")
SIGNER = Signer("patents.example.cn/ledger", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = Signer("patents.example.cn/ledger", Ed25519PrivateKey.from_private_bytes(bytes(32)))


@dataclass(frozen=True)
class Case:
    """What the reader is given, and whether it is good."""

    sent: dict[str, Any]
    good: bool


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled program. Its module's hash is pinned in `go.sum`; where it can't be had the test is skipped aloud."""
    go = machine.need("go")
    environment = {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": ""}
    fetch = subprocess.run([go, "mod", "download"], cwd=READER, env=environment, capture_output=True, text=True, check=False)
    if fetch.returncode:
        machine.lack(f"Go could not fetch its module golang.org/x/mod: {fetch.stderr.strip()[-200:]}")
    program = tmp_path_factory.mktemp("reader") / "reader"
    subprocess.run([go, "build", "-mod=readonly", "-buildvcs=false", "-o", program, "."], cwd=READER, env=environment, check=True)
    return program


def text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def a_note(key: notes.Verifier, data: str, *, good: bool) -> Case:
    return Case({"Key": key.vkey, "Note": data}, good)


def signed_notes() -> Iterator[Case]:
    key, checkpoint = SIGNER.verifier, tlog.Checkpoint("patents.example.cn/ledger/机构", 3, tree.leaf_hash(b"x")).text()
    good = notes.sign(checkpoint, SIGNER).written()
    yield a_note(key, good, good=True)
    yield a_note(key, notes.sign(checkpoint, OTHER, SIGNER).written(), good=True)
    yield a_note(key, notes.sign(checkpoint, OTHER).written(), good=False)
    yield a_note(OTHER.verifier, good, good=False)
    yield from (a_note(key, good[:at] + chr(ord(good[at]) ^ 1) + good[at + 1 :], good=False) for at in range(len(good)))


def proofs(most: int) -> Iterator[Case]:
    for size in range(1, most):
        leaves = [tree.leaf_hash(str(number).encode()) for number in range(size)]
        root = text(tree.root(leaves))
        for index in range(size):
            proof = list(map(text, tree.inclusion(leaves, index)))
            sent = {"Index": index, "Size": size, "Leaf": text(leaves[index]), "Root": root, "Proof": proof}
            yield Case(sent, good=True)
            yield Case(sent | {"Leaf": text(tree.leaf_hash(b"another"))}, good=False)
        for old in range(1, size + 1):
            proof = list(map(text, tree.consistency(leaves, old)))
            sent = {"Old": old, "Size": size, "Leaf": text(tree.root(leaves[:old])), "Root": root, "Proof": proof}
            yield Case(sent, good=True)
            yield Case(sent | {"Leaf": text(tree.leaf_hash(b"another"))}, good=False)


def test_go_reads_our_checkpoints_and_proofs(reader: Path) -> None:
    cases = [*signed_notes(), *proofs(20)]
    sent = json.dumps([case.sent for case in cases])
    said = subprocess.run([reader], input=sent, capture_output=True, text=True, check=True).stdout.split()
    assert said == ["good" if case.good else "bad" for case in cases]
