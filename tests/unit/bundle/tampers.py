"""Every way to change a bundle that tests know: each yields its name and the changed zip."""

import json
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from auth.ledger import canonical
from auth.ledger.keys import create
from auth.targets import bundle, rules
from auth.targets.archive import archive
from tests.unit.bundle.bundles import KEYS, Made, checkpoint, packed, signed
from tests.unit.targets import years

Tamper = tuple[str, bytes]


def flips(made: Made, rng: Random, count: int) -> Iterator[Tamper]:
    """One bit of the file."""
    for _ in range(count):
        at, bit = rng.randrange(len(made.data)), rng.randrange(8)
        yield f"bit {bit} of byte {at}", made.data[:at] + bytes([made.data[at] ^ 1 << bit]) + made.data[at + 1 :]


def fields(made: Made) -> Iterator[Tamper]:
    """Each field of each fact, one at a time, everything that needs no key made anew."""
    for seq, line in enumerate(made.lines):
        for path in _paths(json.loads(line)):
            yield f"fact {seq} {path}", _relined(made, {seq: canonical.dumps(_edited(json.loads(line), path))})


def _paths(leaf: Mapping[str, Any]) -> list[tuple[str, ...]]:
    own = [(name,) for name in leaf if name != "attributes"]
    return own + [("attributes", name) for name in leaf["attributes"]]


def _edited(leaf: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    held = leaf
    for name in path[:-1]:
        held = held[name]
    held[path[-1]] = _other(held[path[-1]])
    return leaf


def _other(value: Any) -> Any:
    """A value of the same shape where there is one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return value[1:] or ["x"]
    changed = {"0": "1", "1": "2", "small": "micro", "rd": "other", "mobile": "email", "a": "b"}.get(value)
    return changed or value[:-1] + {"0": "1", "a": "b", "Z": "Z"}.get(value[-1], "0") if value[-1] != "Z" else _later(value)


def _later(instant: str) -> str:
    return instant[:-2] + ("1" if instant[-2] == "0" else "0") + "Z"


def _relined(made: Made, changed: Mapping[int, bytes]) -> bytes:
    lines = [changed.get(seq, line) for seq, line in enumerate(made.lines)]
    return _with(made, "leaves.jsonl", b"".join(line + b"\n" for line in lines))


def _with(made: Made, name: str, data: bytes) -> bytes:
    return packed({**made.files, name: data})


def orders(made: Made, rng: Random, count: int) -> Iterator[Tamper]:
    """Facts deleted, inserted, swapped, doubled, and the tail cut; with their numbers set right again, or not."""
    for _ in range(count):
        lines = list(made.lines)
        one, two = sorted(rng.sample(range(len(lines)), 2))
        what = rng.choice(["deleted", "inserted", "swapped", "doubled", "cut"])
        if what == "deleted":
            del lines[one]
        elif what == "inserted":
            lines.insert(one, lines[two])
        elif what == "swapped":
            lines[one], lines[two] = lines[two], lines[one]
        elif what == "doubled":
            lines.append(lines[one])
        else:
            del lines[one:]
        right = rng.random() < 0.5
        if right:
            lines = [canonical.dumps({**json.loads(line), "seq": seq}) for seq, line in enumerate(lines)]
        if lines != list(made.lines):
            yield f"{what} at {one} and {two}, numbered: {right}", _with(made, "leaves.jsonl", b"".join(x + b"\n" for x in lines))


def counts(made: Made, rng: Random) -> Iterator[Tamper]:
    """Each number and word of the counts, and each cell of the sheets."""
    text = made.files["counts.json"].decode()
    document = json.loads(text)
    for number, target in enumerate(document["targets"]):
        for name in target:
            edited = json.loads(text)
            held = edited["targets"][number]
            held[name] = held[name] + 1 if type(held[name]) is int else None
            held = {key: value for key, value in held.items() if value is not None}
            edited["targets"][number] = held
            yield f"counts.json {target['id']} {name}", _with(made, "counts.json", canonical.dumps(edited) + b"\n")
    for sheet in ("counts.csv", "rows.csv"):
        lines = made.files[sheet].split(b"\r\n")
        for number in rng.sample(range(len(lines) - 1), min(len(lines) - 1, 40)):
            line = lines[number]
            changed = line.replace(b"0", b"1", 1) if b"0" in line else line.replace(b"1", b"2", 1) if b"1" in line else line + b" "
            yield f"{sheet} row {number}", _with(made, sheet, b"\r\n".join([*lines[:number], changed, *lines[number + 1 :]]))
            yield f"{sheet} row {number} gone", _with(made, sheet, b"\r\n".join([*lines[:number], *lines[number + 1 :]]))


def lines_of_rule(made: Made) -> Iterator[Tamper]:
    """Each line of the rule file left out, each number in it lowered: also where the counts are made to fit."""
    text = made.files["rule.toml"].decode()
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1]):
        yield f"rule line {number} gone", _with(made, "rule.toml", "\n".join([*lines[:number], *lines[number + 1 :]]).encode())
        if line.startswith("at_least"):
            lowered = "\n".join([*lines[:number], "at_least = 1", *lines[number + 1 :]]).encode()
            yield f"rule line {number} lowered", _with(made, "rule.toml", lowered)
            standing = bundle.evaluate(
                rules.parse(lowered), [bundle.model.leaf(one) for one in made.lines], years.PROJECT, as_of=bundle.date(2020, 7, 31)
            )
            files = {**made.files, "rule.toml": lowered, "counts.json": standing.to_json() + b"\n"}
            yield f"rule line {number} lowered and counted", packed(files)


def files(made: Made) -> Iterator[Tamper]:
    """Each file left out, emptied, doubled under another name, with a byte more."""
    for name, data in made.files.items():
        if name == "SHA256SUMS":
            continue
        yield f"{name} gone", packed({other: held for other, held in made.files.items() if other != name})
        yield f"{name} empty", _with(made, name, b"")
        yield f"{name} longer", _with(made, name, data + b"\n")
        yield f"{name} twice", packed({**made.files, f"a{name}": data})
    yield "no sums", archive({name: data for name, data in made.files.items() if name != "SHA256SUMS"})
    yield "cut short", made.data[:-1]
    yield "longer", made.data + b"\0"
    yield "empty", b""
    yield "another project", _with(made, "manifest.json", made.files["manifest.json"].replace(b'"p1"', b'"p2"'))
    yield "another day", _with(made, "manifest.json", made.files["manifest.json"].replace(b"07-31", b"08-31"))
    yield "another version", _with(made, "manifest.json", made.files["manifest.json"].replace(b'"v":1', b'"v":2'))
    yield "something unknown", _with(made, "manifest.json", made.files["manifest.json"].replace(b'"v":1', b'"v":1,"w":1'))


def signatures(made: Made) -> Iterator[Tamper]:
    """Another key of the same name signs: the log as it is, and one with a fact changed."""
    other = create(KEYS.name)
    salts = {one: (held["fingerprint"], bytes.fromhex(held["salt"])) for one, held in json.loads(made.files["salts.json"]).items()}
    yield "signed by another key", signed(made.lines, salts=salts, keys=other).data
    edited = [*made.lines[:-1], canonical.dumps(_edited(json.loads(made.lines[-1]), ("happened_at",)))]
    yield "rewritten and signed by another key", signed(edited, salts=salts, keys=other).data
    last = checkpoint(made.lines, len(made.lines))
    forged = checkpoint(edited, len(edited))
    mixed = last.written().replace(last.text, forged.text)
    yield "another root under the signature", _with(made, f"checkpoints/{len(made.lines)}.txt", mixed.encode())


def every(made: Made, rng: Random, *, bits: int = 2000) -> Iterator[Tamper]:
    """All of them."""
    yield from flips(made, rng, bits)
    yield from fields(made)
    yield from orders(made, rng, 200)
    yield from counts(made, rng)
    yield from lines_of_rule(made)
    yield from files(made)
    yield from signatures(made)
