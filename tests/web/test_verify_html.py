"""`verify.html` opened from disk in a real browser gives the verdicts of `verify.py`, word for word (T33)."""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect

from auth.targets.verifier import __file__ as package
from tests.machine import soaking
from tests.unit.bundle import bundles, tampers

pytestmark = pytest.mark.browser

PAGE = Path(package).parent / "verify.html"
VKEY = bundles.KEYS.signer.verifier.vkey
_CHECK = """([bundle, key, last]) => {
  const bytes = text => text === null ? null : Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
  return check(bytes(bundle), key, bytes(last)).lines;
}"""


@pytest.fixture(scope="module")
def made() -> bundles.Made:
    return bundles.a_bundle(3)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """The page as it lies on disk, on a machine without a network; an error in it fails the test."""
    context = browser.new_context(offline=True)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(PAGE.as_uri())
    yield opened
    context.close()
    assert not errors
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def in_page(page: Page, data: bytes, *, key: str = VKEY, last: bytes | None = None) -> list[str]:
    lines: list[str] = page.evaluate(_CHECK, [_coded(data), key, None if last is None else _coded(last)])
    return lines


def by_program(data: bytes, *, last: bytes | None = None) -> list[str]:
    """What the command prints."""
    verify = bundles.verifier()
    try:
        return [*verify.verify(verify.unpack(data), bundles.pinned(), last, bundles.own()), "PASS"]
    except verify.Bad as bad:
        return [f"FAIL {bad.args[0]}: {verify.BAD[bad.args[1]]}"]


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_a_good_bundle_passes_with_the_same_words(page: Page, made: bundles.Made) -> None:
    assert in_page(page, made.data) == by_program(made.data)
    assert in_page(page, made.data)[-1] == "PASS"
    assert "no --key" in in_page(page, made.data, key="")[-1]
    assert in_page(page, made.data, key="not a key")[0].startswith("不能判定 CANNOT TELL")


@pytest.mark.parametrize(("rule", "seed"), [("tianjin-2023", 1), ("west-2017", 2), ("sme-cities-2017", 3), ("navigation-2022", 4)])
def test_the_page_counts_as_the_program_does(page: Page, rule: str, seed: int) -> None:
    data = bundles.a_bundle(seed, rule=rule).data
    assert in_page(page, data) == by_program(data)
    assert in_page(page, data)[-1] == "PASS"


def test_every_tamper_gets_the_same_verdict_in_both(page: Page, made: bundles.Made) -> None:
    seed = secrets.randbits(32)
    rng = Random(seed)
    known = list(tampers.every(made, rng, bits=300))
    tried = known if soaking() else rng.sample(known, 60)
    for name, data in tried:
        assert in_page(page, data) == by_program(data), (seed, name)
    print(f"{len(tried)} tampers, the page and the program agree (seed {seed})")


def test_a_witness_in_the_page(page: Page, made: bundles.Made) -> None:
    earlier = bundles.checkpoint(made.lines, len(made.lines) - 5).written().encode()
    beyond = bundles.signed_text(len(made.lines) + 1, b"\1" * 32).encode()
    other = bundles.signed_text(len(made.lines), b"\1" * 32).encode()
    for last in (earlier, beyond, other):
        assert in_page(page, made.data, last=last) == by_program(made.data, last=last)


def test_an_officer_chooses_files_and_reads_the_verdict(page: Page, made: bundles.Made, tmp_path: Path) -> None:
    bundle, last = tmp_path / "evidence.zip", tmp_path / "last.txt"
    bundle.write_bytes(made.data)
    page.locator("#bundle").set_input_files(bundle)
    page.locator("#key").fill(VKEY)
    page.locator("#go").click()
    expect(page.locator("#result")).to_contain_text("PASS")
    with page.expect_download() as download:
        page.locator("#kept").click()
    download.value.save_as(last)
    assert last.read_bytes() == made.files[f"checkpoints/{len(made.lines)}.txt"]
    bundle.write_bytes(made.data[:-40] + bytes([made.data[-40] ^ 1]) + made.data[-39:])
    page.locator("#bundle").set_input_files(bundle)
    page.locator("#last").set_input_files(last)
    page.locator("#go").click()
    expect(page.locator("#result")).to_contain_text("FAIL")


def test_a_nonce_is_made_with_its_sum(page: Page) -> None:
    """For a sample: 32 random bytes, other ones each time."""
    made = set()
    for _ in range(2):
        page.locator("#make").click()
        nonce, digest = re.findall(r"[0-9a-f]{64}", page.locator("#nonce").inner_text())
        assert hashlib.sha256(bytes.fromhex(nonce)).hexdigest() == digest
        made.add(nonce)
    assert len(made) == 2


def test_samples_and_typed_witnesses_get_the_same_verdict_in_both(page: Page, made: bundles.Made) -> None:
    """T43, T35."""
    whole = len(bundles.a_sampled_log())
    for changed in ({}, {"nonce": "ab" * 32}, {"size": whole - 3}, {"root": "ab" * 32}):
        data = bundles.signed(bundles.a_sampled_log(**changed), salts={}).data  # type: ignore[arg-type]
        assert in_page(page, data) == by_program(data)
        assert in_page(page, data)[-1].startswith("FAIL" if changed else "PASS")
    origin, size, root, *_ = made.files[f"checkpoints/{len(made.lines)}.txt"].decode().split("\n")
    signs = base64.b64decode(root).hex()
    for text in (f"\ufeff{origin}\r\n{size}\r\n{signs}", f"{origin} {size} {'0' * 64}", f"{origin} {int(size) + 1} {signs}"):
        assert in_page(page, made.data, last=text.encode()) == by_program(made.data, last=text.encode())
