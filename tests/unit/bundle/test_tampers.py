"""T33: whatever is changed in a bundle of 200 facts is found, and told."""

import secrets
from random import Random

from tests.unit.bundle import bundles, tampers


def test_every_tamper_is_found() -> None:
    seed = secrets.randbits(32)
    rng = Random(seed)
    made = bundles.a_bundle(rng.randrange(1000))
    assert bundles.first_fault(made.data) is None
    tried, missed = 0, []
    for name, data in tampers.every(made, rng):
        tried += 1
        if bundles.first_fault(data) is None:
            missed.append(name)
    print(f"{tried} tampers, {tried - len(missed)} found (seed {seed}, {len(made.lines)} facts)")
    assert not missed, (seed, missed)
    assert tried > 4000


def test_the_first_bad_thing_is_named() -> None:
    made = bundles.a_bundle()
    size = len(made.lines)
    changed = made.files["leaves.jsonl"].replace(b'"grade":"delivered"', b'"grade":"opened"', 1)
    data = bundles.packed({**made.files, "leaves.jsonl": changed})
    assert (bundles.first_fault(data) or "").endswith(": root")
    data = bundles.packed({**made.files, "counts.csv": made.files["counts.csv"] + b" "})
    assert bundles.first_fault(data) == "counts.csv: count"
    data = bundles.packed({**made.files, "rule.toml": made.files["rule.toml"].replace(b"at_least = 100", b"at_least = 10")})
    assert bundles.first_fault(data) == "rule.toml: rule"
    at = made.data.index(made.files["rows.csv"]) + 5
    assert bundles.first_fault(made.data[:at] + b"?" + made.data[at + 1 :]) == "rows.csv: archive"
    assert bundles.first_fault(made.data, keys=bundles.pinned(bundles.create("patents.example.cn/ledger"))) == (
        f"checkpoints/{size // 3}.txt: signature"
    )
