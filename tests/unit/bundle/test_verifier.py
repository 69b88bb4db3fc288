"""The verifier by itself: what it is made of, and that it counts as the product does."""

import ast
import base64
import sys
import tomllib
from datetime import date, timedelta
from random import Random
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from auth.ledger import kinds, model, notes
from auth.ledger.keys import create
from auth.targets import pins
from auth.targets.evaluate import evaluate
from auth.targets.rules import parse, shipped
from auth.targets.terms import NoContract
from search.cli.evidence import app
from tests.machine import ROOT
from tests.unit.bundle import bundles
from tests.unit.targets import years

PROGRAMS = ("verify.py", "recount.py")


def recount() -> Any:
    return bundles.verifier().recount


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_is_short_and_needs_nothing_but_python_3_6(name: str) -> None:
    source = (bundles.FOLDER / name).read_text("utf-8")
    assert source.count("\n") < 400
    parsed = ast.parse(source, feature_version=(3, 6))
    imported = {alias.name for node in ast.walk(parsed) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(parsed) if isinstance(node, ast.ImportFrom)}
    assert imported <= {*sys.stdlib_module_names, "recount"}


def test_the_verifiers_know_each_other() -> None:
    held = {name: (bundles.FOLDER / name).read_bytes() for name in (*PROGRAMS, "verify.html")}
    assert held == pins.pinned(held), "python -m auth.targets.pins writes the sums into them"


def test_the_sums_for_bureaus_are_those_of_this_release() -> None:
    """In the page and by the command, in the form that sha256sum takes."""
    files = {name: (bundles.FOLDER / name).read_bytes() for name in (*PROGRAMS, "verify.html")}
    page = (ROOT / "docs" / "verify.md").read_text("utf-8")
    assert pins.published(page, files) == page, "python -m auth.targets.pins writes the sums into it"
    assert pins.sums(files) in page
    printed = CliRunner().invoke(app, ["verifier"])
    assert printed.output == pins.sums(files)


def test_it_knows_every_kind_and_attribute_and_no_other() -> None:
    known = {name: form for name, form in bundles.verifier().FORMS.items() if ":" in name}
    assert {name: (set(about), set(needs), set(may)) for name, (about, needs, may) in known.items()} == {
        name: (set(kind.about), set(kind.needs), set(kind.may)) for name, kind in kinds.KINDS.items()
    }


def test_the_page_has_the_programs_words() -> None:
    verify, page = bundles.verifier(), (bundles.FOLDER / "verify.html").read_text("utf-8")
    for words in (verify.FORMS_TEXT, verify.TRUST, verify.FILES, verify.NUMBERS, verify.ROWS, *verify.BAD.values()):
        assert words.strip("\n") in page


@pytest.mark.parametrize("rule", sorted(shipped()))
def test_each_rules_file_reads_as_toml_says(rule: str) -> None:
    assert recount().toml(shipped()[rule].decode()) == tomllib.loads(shipped()[rule].decode())


def test_the_form_of_every_shipped_rule_is_known() -> None:
    for data in shipped().values():
        assert bundles.verifier().fits(recount().toml(data.decode()), "rules")


@pytest.mark.parametrize("rule", sorted(shipped()))
def test_it_counts_as_the_product_does(rule: str) -> None:
    """Two programs that share no line, on generated years, as of days inside and outside the window: the same bytes."""
    rules, table = parse(shipped()[rule]), recount().toml(shipped()[rule].decode())
    rng = Random(rule)
    for seed in range(25):
        direction = rng.choice(sorted(rules.directions)) if rules.directions else None
        leaves = bundles.a_log(seed, rule=rule, direction=direction)
        facts = [msgspec.json.decode(line) for line in bundles.documents(leaves)]
        as_of = date(2019, 6, 1) + timedelta(days=rng.randrange(500))
        try:
            expected = evaluate(rules, leaves, years.PROJECT, as_of=as_of)
        except NoContract:
            expected = None
        if expected is None or expected.adopted is None:
            with pytest.raises(recount().Unknown):
                recount().Count(table, years.PROJECT, as_of.isoformat(), facts)
            continue
        counted = recount().Count(table, years.PROJECT, as_of.isoformat(), facts).standing()
        assert bundles.verifier().written(counted).encode() == expected.to_json(), (seed, as_of)


def test_its_ed25519_accepts_and_refuses_as_the_library_does() -> None:
    verify, rng = bundles.verifier(), Random(8032)
    for _ in range(8):
        signer = create("a.example").signer
        text = bytes(rng.randrange(256) for _ in range(rng.randrange(200)))
        signature = signer.private.sign(text)
        public = signer.verifier.public
        assert verify.is_signed(public, text, signature)
        at = rng.randrange(64)
        assert not verify.is_signed(public, text, signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :])
        assert not verify.is_signed(public, text + b"x", signature)
        high = int.from_bytes(signature[32:], "little") + verify.L
        assert not verify.is_signed(public, text, signature[:32] + high.to_bytes(32, "little"))  # RFC 8032 section 5.1.7: S < L
        assert not verify.is_signed(bytes(31) + b"\x80", text, signature)


def test_an_address_in_no_cell_and_no_name_anywhere() -> None:
    """T45: a bundle speaks of accounts by their random ids alone, whoever consented to what."""
    made = bundles.a_bundle(7)
    for name in ("leaves.jsonl", "counts.csv", "rows.csv", "counts.json", "salts.json"):
        assert b"@" not in made.files[name], name
    leaf = model.leaf(made.lines[0])
    assert set(msgspec.structs.asdict(leaf)) == {
        "kind",
        "happened_at",
        "account",
        "person",
        "agency",
        "link",
        "attributes",
        "v",
        "seq",
        "recorded_at",
    }


def test_a_witness_finds_a_cut_tail_and_a_split_view() -> None:
    """T35: the signed checkpoint seen last is longer, or of the same size with another root, or of another log."""
    made = bundles.a_bundle(11)
    size = len(made.lines)
    for earlier in (1, size // 2, size):
        assert bundles.first_fault(made.data, last=bundles.checkpoint(made.lines, earlier).written().encode()) is None
    assert bundles.first_fault(made.data, last=bundles.signed_text(size + 1, b"\1" * 32).encode()) == "witness: cut"
    assert bundles.first_fault(made.data, last=bundles.signed_text(size, b"\1" * 32).encode()) == "witness: split"
    assert bundles.first_fault(made.data, last=bundles.signed_text(size // 2, b"\1" * 32).encode()) == "witness: split"
    root = made.files[f"checkpoints/{size}.txt"].decode().split("\n")[2]
    elsewhere = notes.sign(f"other.example/ledger/{years.AGENCY}\n{size}\n{root}\n", bundles.KEYS.signer).written()
    assert bundles.first_fault(made.data, last=elsewhere.encode()) == "witness: split"
    assert bundles.first_fault(made.data, last=b"not a note\n") == "witness: form"


def test_a_checkpoint_typed_from_stamped_paper_is_a_witness() -> None:
    """Origin, size and root in hexadecimal, in whatever groups and lines; a signed one as a notepad keeps it."""
    made = bundles.a_bundle(11)
    origin, size, root, *_ = made.files[f"checkpoints/{len(made.lines)}.txt"].decode().split("\n")
    signs = base64.b64decode(root).hex()
    groups = " ".join(signs[at : at + 4] for at in range(0, 64, 4))
    for text in (
        f"{origin}\n{size}\n{groups}\n",
        f"\ufeff{origin}\r\n{size}\r\n{signs.upper()}",
        f"  {origin} {size}\n\n{groups} \n",
    ):
        assert bundles.first_fault(made.data, last=text.encode()) is None, text
    other = groups.replace(signs[:4], "0000" if signs[:4] != "0000" else "0001", 1)
    assert bundles.first_fault(made.data, last=f"{origin}\n{size}\n{other}".encode()) == "witness: split"
    assert bundles.first_fault(made.data, last=f"{origin}\n{int(size) + 1}\n{groups}".encode()) == "witness: cut"
    assert bundles.first_fault(made.data, last=f"{origin}x\n{size}\n{groups}".encode()) == "witness: split"
    assert bundles.first_fault(made.data, last=f"{origin}\n{size}\n{groups[:-1]}".encode()) == "witness: form"
    note = bundles.checkpoint(made.lines, 9).written()
    assert bundles.first_fault(made.data, last=f"\ufeff{note.replace(chr(10), chr(13) + chr(10)).strip()}".encode()) is None


def test_a_sample_follows_from_a_root_and_a_nonce_committed_before() -> None:
    """T43: a nonce chosen after the root, or a root from before the commitment, is found though everything is signed."""
    whole = bundles.a_sampled_log()
    where = [f"leaves.jsonl:{number}: sample" for number in (len(whole) - 1, len(whole))]
    cases = {
        None: whole,
        where[1]: bundles.a_sampled_log(nonce="ab" * 32),
        where[0]: bundles.a_sampled_log(size=len(whole) - 3),
    }
    for fault, lines in cases.items():
        assert bundles.first_fault(bundles.signed(lines, salts={}).data) == fault
    assert bundles.first_fault(bundles.signed(bundles.a_sampled_log(root="ab" * 32), salts={}).data) == where[0]
