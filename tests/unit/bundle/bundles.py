"""Evidence bundles of generated years, the verifier as a bureau runs it, and what somebody without the key can make of a bundle."""

import hashlib
import importlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from types import ModuleType

import msgspec

from auth.ledger import canonical, model, notes, tlog, tree
from auth.ledger.keys import Keys, create
from auth.ledger.model import Leaf
from auth.targets import bundle, rules
from auth.targets.archive import archive
from tests.unit.targets import years

FOLDER = Path(bundle.__file__).parent / "verifier"
AS_OF = date(2020, 7, 31)
KEYS = create("patents.example.cn/ledger")
SALT = bytes(range(32))
FINGERPRINT = "5a" * 32


@cache
def verifier() -> ModuleType:
    """`verify.py` loaded as the script that it is, with its neighbour beside it."""
    sys.path.insert(0, str(FOLDER))
    try:
        verify = importlib.import_module("verify")
        verify.is_signed = cache(verify.is_signed)  # thousands of tampers leave the same few signatures as they are
        return verify
    finally:
        sys.path.remove(str(FOLDER))


@dataclass(frozen=True)
class Made:
    """A bundle and the files in it; `lines` are the leaves."""

    data: bytes
    files: Mapping[str, bytes]
    lines: Sequence[bytes]


def a_log(seed: int, *, rule: str = "guizhou-2019", least: int = 0, direction: str | None = None) -> list[Leaf]:
    """A generated year whose project adopted the shipped rule; at least so many facts."""
    rng = Random(seed)
    leaves = years.a_year(rng)
    while len(leaves) < least:
        leaves = years.a_year(rng, people=16, pushes=90)
    terms = {"rule": rule, "version": 1, "sha256": rules.parse(rules.shipped()[rule]).sha256}
    terms |= {"direction": direction} if direction else {}
    return [_adopting(leaf, terms) for leaf in leaves]


def _adopting(leaf: Leaf, terms: Mapping[str, str | int]) -> Leaf:
    if leaf.kind != "project:rule_adopted" or leaf.attributes["project"] != years.PROJECT:
        return leaf
    return msgspec.structs.replace(leaf, attributes={**leaf.attributes, **terms})


def documents(leaves: Sequence[Leaf]) -> list[bytes]:
    """The canonical bytes of the leaves."""
    return [canonical.dumps(model.document(leaf, seq=leaf.seq, recorded_at=leaf.recorded_at)) for leaf in leaves]


def sampled(leaves: Sequence[Leaf]) -> tuple[list[Leaf], dict[str, tuple[str, bytes]]]:
    """The leaves with one account's commitment made of a known salt, and that salt."""
    chosen = next(leaf.account for leaf in leaves if leaf.kind == "account:contact_verified")
    person = hashlib.sha256(SALT + bytes.fromhex(FINGERPRINT)).hexdigest()
    changed = [
        msgspec.structs.replace(leaf, person=person) if leaf.account == chosen and leaf.person is not None else leaf
        for leaf in leaves
    ]
    return changed, {chosen or "": (FINGERPRINT, SALT)}


def a_bundle(seed: int = 0, *, least: int = 200, keys: Keys = KEYS, rule: str = "guizhou-2019") -> Made:
    """A bundle of a log with three signed checkpoints."""
    leaves, salts = sampled(a_log(seed, least=least, rule=rule))
    return signed(documents(leaves), salts=salts, keys=keys, rule=rule)


def signed(
    lines: Sequence[bytes], *, salts: Mapping[str, tuple[str, bytes]], keys: Keys = KEYS, rule: str = "guizhou-2019"
) -> Made:
    """The product's bundle of these leaves, signed by `keys`."""
    checkpoints = [checkpoint(lines, size, keys) for size in (len(lines) // 3, len(lines) // 2, len(lines))]
    files = bundle.build(
        years.PROJECT,
        years.AGENCY,
        as_of=AS_OF,
        rule=rules.shipped()[rule],
        leaves=lines,
        checkpoints=checkpoints,
        salts=salts,
    )
    return Made(archive(files), files, lines)


def checkpoint(lines: Sequence[bytes], size: int, keys: Keys = KEYS) -> notes.SignedNote:
    """The signed checkpoint of the first leaves."""
    root = tree.root([tree.leaf_hash(line) for line in lines[:size]])
    return notes.sign(tlog.Checkpoint(keys.origin(years.AGENCY), size, root).text(), keys.signer)


def packed(files: Mapping[str, bytes]) -> bytes:
    """The zip of changed files, its sums made anew: what anybody can do."""
    held = {name: data for name, data in files.items() if name != "SHA256SUMS"}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(held.items()))
    return archive({**held, "SHA256SUMS": sums.encode()})


def pinned(*keys: Keys) -> dict[bytes, bytes]:
    """The keys as the verifier holds them; by default the log's."""
    return dict(verifier().read_key(one.signer.verifier.vkey, "key") for one in keys or (KEYS,))


def own() -> dict[str, bytes]:
    """The verifier's own copies."""
    return {name: (FOLDER / name).read_bytes() for name in ("verify.py", "recount.py")}


def first_fault(data: bytes, *, last: bytes | None = None, keys: Mapping[bytes, bytes] | None = None) -> str | None:
    """Where the verifier finds the first bad thing, and what; ``None`` for PASS."""
    verify = verifier()
    try:
        verify.verify(verify.unpack(data), pinned() if keys is None else keys, last, own())
    except verify.Bad as bad:
        return ": ".join(bad.args)
    return None


def signed_text(size: int, root: bytes, keys: Keys = KEYS) -> str:
    """A signed checkpoint of any size and root: what a key's holder can always make."""
    return notes.sign(tlog.Checkpoint(keys.origin(years.AGENCY), size, root).text(), keys.signer).written()


def a_sampled_log(**changed: str | int) -> list[bytes]:
    """The lines of a log in which a sample was committed to, drawn from the root of all facts up to then, and closed; with
    attributes `changed`, the root following a changed size."""
    lines = documents(a_log(5, least=60))
    at = msgspec.json.decode(lines[-1])["recorded_at"]
    nonce, size = bytes(range(32)), int(changed.get("size", len(lines) + 1))
    steps: dict[str, dict[str, str | int]] = {
        "committed": {"target": "new_users", "commitment": hashlib.sha256(nonce).hexdigest()},
        "drawn": {"size": size, "people": 3},
        "closed": {"nonce": nonce.hex(), "yes": 2, "no": 0, "unreachable": 1},
    }
    for kind, attributes in steps.items():
        if kind == "drawn":
            attributes["root"] = tree.root([tree.leaf_hash(line) for line in lines[:size]]).hex()
        told = {"project": years.PROJECT, "sample": "s1"} | attributes
        held = {name: changed.get(name, value) for name, value in told.items()}
        fact = {"v": 1, "seq": len(lines), "kind": f"sample:{kind}", "recorded_at": at, "happened_at": at, "attributes": held}
        lines.append(canonical.dumps(fact))
    return lines
