"""Signed notes and checkpoints: the format's own examples, every flipped byte, and notes that are none."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from auth.ledger import notes, tlog, tree
from auth.ledger.notes import NoteRefused, Signer

FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = """This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
"""
SIGNER = Signer("patents.example.cn/ledger", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = Signer("patents.example.cn/ledger", Ed25519PrivateKey.from_private_bytes(bytes(32)))
CHECKPOINT = tlog.Checkpoint("patents.example.cn/ledger/a1", 3, tree.leaf_hash(b"x"))


def good(data: str) -> bool:
    """Whether the text is a note signed by `SIGNER`."""
    try:
        notes.verify(notes.parse(data), [SIGNER.verifier])
    except NoteRefused:
        return False
    return True


def test_the_formats_own_example_is_good() -> None:
    key = notes.verifier(FOO)
    assert key.vkey == FOO
    note = notes.parse(EXAMPLE)
    assert (note.text, notes.verify(note, [key])) == ("This is an example message.\n", [key])
    assert note.written() == EXAMPLE


def test_what_is_signed_reads_back() -> None:
    note = notes.sign(CHECKPOINT.text(), SIGNER, OTHER)
    read = notes.parse(note.written())
    assert read == note
    assert notes.verify(read, [OTHER.verifier, SIGNER.verifier]) == [SIGNER.verifier, OTHER.verifier]
    assert tlog.checkpoint(read.text) == CHECKPOINT


def test_every_flipped_bit_of_a_checkpoint_is_found() -> None:
    """T33 for the note: each bit of each byte, once."""
    data = notes.sign(CHECKPOINT.text(), SIGNER).written().encode()
    assert good(data.decode())
    flips = [bytes([*data[:at], data[at] ^ 1 << bit, *data[at + 1 :]]) for at in range(len(data)) for bit in range(8)]
    assert [flip for flip in flips if good(flip.decode("utf-8", "surrogateescape"))] == []


def test_signed_by_another_key_of_the_same_name_is_not_good() -> None:
    """T33: re-signing."""
    assert not good(notes.sign(CHECKPOINT.text(), OTHER).written())


def test_unknown_signatures_are_ignored_and_a_bad_known_one_refuses_the_note() -> None:
    note = notes.sign("text\n", OTHER, SIGNER)
    assert notes.verify(note, [SIGNER.verifier]) == [SIGNER.verifier]
    moved = notes.SignedNote("other\n", (*notes.sign("text\n", OTHER).signatures, *notes.sign("other\n", SIGNER).signatures))
    assert notes.verify(moved, [SIGNER.verifier]) == [SIGNER.verifier]
    with pytest.raises(NoteRefused, match="not good"):
        notes.verify(moved, [OTHER.verifier, SIGNER.verifier])
    with pytest.raises(NoteRefused, match="no known key"):
        notes.verify(note, [])


@pytest.mark.parametrize(
    "data",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\nno signature\n",
        EXAMPLE.removesuffix("\n"),
        EXAMPLE + "\n",
        EXAMPLE + "a line more\n",
        EXAMPLE.replace("message", "mess\tage"),
        EXAMPLE.replace("message", "\udc80"),
        EXAMPLE.replace("foo ", "f+o "),
        EXAMPLE.replace("foo ", ""),
        EXAMPLE.replace("aQM=", "aQN="),
        EXAMPLE.replace("aQM=", "aQM"),
        "text\n\n— example.com/foo AAAA\n",
        "x" * notes.MAX_BYTES + EXAMPLE,
        EXAMPLE + EXAMPLE.splitlines(keepends=True)[-1] * notes.MAX_SIGNATURES,
    ],
)
def test_what_is_no_note_is_refused(data: str) -> None:
    with pytest.raises(NoteRefused):
        notes.verify(notes.parse(data), [notes.verifier(FOO)])


@pytest.mark.parametrize(
    "vkey", ["", "example.com/foo", FOO[:-1], FOO.replace("530d", "530e"), FOO.replace("+Ae", "+Be"), FOO.replace("foo", "f o")]
)
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(NoteRefused):
        notes.verifier(vkey)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(data: str) -> None:
    for text in (data, f"{data}\n\n{data}", f"a\n\n— {data}\n"):
        try:
            note = notes.parse(text)
        except NoteRefused:
            continue
        assert note.written() == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n",
        "origin\n3\n",
        CHECKPOINT.text() + "extension\n",
        CHECKPOINT.text().removesuffix("\n"),
        CHECKPOINT.text().replace("\n3\n", "\n03\n"),
        CHECKPOINT.text().replace("\n3\n", "\n-3\n"),
        CHECKPOINT.text().replace("\n3\n", "\n３\n"),
        CHECKPOINT.text().replace("patents.example.cn/ledger/a1", ""),
        "origin\n3\nAAAA\n",
        "origin\n3\n*\n",
        "origin\n3\n" + "ä\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        tlog.checkpoint(text)


@pytest.mark.data
def test_the_published_checkpoint_reads(real_data: Path) -> None:
    """The example of tlog-checkpoint."""
    block = (real_data / "ledger" / "tlog-checkpoint.md").read_text().split("```\n")[1]
    held = tlog.checkpoint(notes.parse(block).text)
    assert (held.origin, held.size) == ("example.com/behind-the-sofa", 20852163)
