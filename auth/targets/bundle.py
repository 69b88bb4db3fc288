"""The evidence bundle: a project's count, and all that a third party needs to count again. Pure; `docs/verify.md` describes it.

Every leaf of the agency's log is in it, so nothing that speaks against the agency can be left out.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib import resources

from auth.clock import SHANGHAI, day
from auth.ledger import canonical, model, tlog, tree
from auth.ledger.model import Leaf
from auth.ledger.notes import SignedNote
from auth.targets.evaluate import evaluate
from auth.targets.rules import Rules, parse
from auth.targets.standing import Measure, Standing

VERSION = 1
"""`v` of the manifest."""

PROGRAMS = ("recount.py", "verify.html", "verify.py")
"""What checks a bundle; it carries them for the archive, and whoever checks runs a copy of his own."""

_NUMBERS = (
    "指标 target",
    "名称 name",
    "读数 reading",
    "数量 counted",
    "决定 decides",
    "要求 needed",
    "上限 at most",
    "缺 missing",
    "达到 met",
)
_ROWS = ("指标 target", "序号 seq", "时间 at", "事由 kind", "帐号 account", "企业 enterprise", "结果 result")
_MET = {True: "是 yes", False: "否 no", None: "—"}


def build(
    project: str,
    log: str,
    *,
    as_of: date,
    rule: bytes,
    leaves: Sequence[bytes],
    checkpoints: Sequence[SignedNote],
    salts: Mapping[str, tuple[str, bytes]],
) -> dict[str, bytes]:
    """The files, of which `archive` makes the zip. `rule` is the file adopted as of that day; `leaves` the whole log up to the
    newest of `checkpoints`, which rise by size; `salts` the fingerprint and salt of each account that was sampled for a
    call-back. `NoContract`."""
    facts = [model.leaf(data) for data in leaves]
    rules = parse(rule)
    standing = evaluate(rules, facts, project, as_of=as_of)
    opened = {account: {"fingerprint": fingerprint, "salt": salt.hex()} for account, (fingerprint, salt) in salts.items()}
    files = {
        "manifest.json": _line({"v": VERSION, "project": project, "log": log, "as_of": as_of.isoformat()}),
        "leaves.jsonl": b"".join(data + b"\n" for data in leaves),
        "rule.toml": rule,
        "counts.json": standing.to_json() + b"\n",
        "counts.csv": _sheet([_NUMBERS, *_numbers(standing, rules)]),
        "rows.csv": _sheet([_ROWS, *_rows(standing, facts)]),
        "salts.json": _line(opened),
        **_signed(checkpoints, [tree.leaf_hash(data) for data in leaves]),
        **programs(),
    }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return {**files, "SHA256SUMS": sums.encode()}


def programs() -> dict[str, bytes]:
    """The verifiers of this release, by name."""
    folder = resources.files("auth.targets.verifier")
    return {name: folder.joinpath(name).read_bytes() for name in PROGRAMS}


def kept(checkpoints: Iterable[SignedNote], leaves: Sequence[Leaf]) -> list[SignedNote]:
    """Of the checkpoints, which rise by size, the last of each month in Shanghai by its last fact; so the newest too."""
    months: dict[tuple[int, int], SignedNote] = {}
    for note in checkpoints:
        size = tlog.checkpoint(note.text).size
        if 0 < size <= len(leaves):
            last = day(leaves[size - 1].recorded_at)
            months[last.year, last.month] = note
    return list(months.values())


def _signed(checkpoints: Sequence[SignedNote], hashes: Sequence[bytes]) -> dict[str, bytes]:
    """Each checkpoint, and the proof that it goes on from the one before."""
    files, before = {}, 0
    for note in checkpoints:
        size = tlog.checkpoint(note.text).size
        files[f"checkpoints/{size}.txt"] = note.written().encode()
        if before:
            proof = tree.consistency(hashes[:size], before)
            files[f"proofs/{size}.txt"] = tlog.consistency(before, proof, note).encode()
        before = size
    return files


def _numbers(standing: Standing, rules: Rules) -> Iterable[Sequence[object]]:
    """A row a reading; what decides stands beside the one that does."""
    names = {target.id: target.name.zh for target in rules.targets}
    for measure in standing.measures:
        for reading, count in sorted(measure.counts.items()):
            told = _told(measure) if reading == measure.reading else ("",) * 5
            yield measure.target, names[measure.target], reading, count, *told


def _told(measure: Measure) -> Sequence[object]:
    bounds = ("" if bound is None else bound for bound in (measure.needed, measure.at_most))
    return "是 yes", *bounds, measure.missing, _MET[measure.met]


def _rows(standing: Standing, facts: Sequence[Leaf]) -> Iterable[Sequence[object]]:
    """A row a fact behind each number, then those left out."""
    for measure in standing.measures:
        results = [(seq, "计入 counted") for seq in measure.counted] + [(row.seq, row.reason) for row in measure.left_out]
        for seq, result in results:
            fact = facts[seq]
            at = fact.happened_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
            yield measure.target, seq, at, fact.kind, fact.account or "", fact.attributes.get("enterprise", ""), result


def _sheet(rows: Iterable[Sequence[object]]) -> bytes:
    """RFC 4180, with the mark by which a spreadsheet knows UTF-8. No cell begins as a formula: ids, kinds and numbers do not."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _line(value: object) -> bytes:
    return canonical.dumps(value) + b"\n"
