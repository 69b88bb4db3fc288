"""Passwords as such: parameters, work for nobody, strength (T13, T15)."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from auth.credentials.passwords import MAX_LENGTH, MIN_LENGTH, PasswordRefused, Passwords, check_strength
from auth.users.model import own_words
from tests.machine import ROOT


def test_the_parameters_are_owasps() -> None:
    assert Passwords().hash("violet umbrella").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_two_hashes_of_one_password_differ_and_both_fit() -> None:
    passwords = Passwords()
    hashes = {passwords.hash("violet umbrella") for _ in range(2)}
    assert len(hashes) == 2
    assert all(passwords.verify("violet umbrella", hashed) for hashed in hashes)


@pytest.mark.parametrize("password", ["no account has this password", "", "\ud800", "a\0b", "x" * 5000])
def test_nobody_has_a_password(password: str) -> None:
    assert not Passwords().verify(password, None)


def _calls(work: Callable[[], object]) -> list[str]:
    """The functions of the hashing libraries that `work` went through, in order."""
    seen: list[str] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and {"passlib", "argon2"} & set(Path(frame.f_code.co_filename).parts):
            seen.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return seen


def test_T10_the_same_work_is_done_for_nobody_as_for_a_wrong_password() -> None:
    """Compared call by call, not by the clock; both hashes are of one context, so of the same parameters."""
    passwords = Passwords()
    hashed = passwords.hash("violet umbrella")
    passwords.verify("warm", hashed)
    known = _calls(lambda: passwords.verify("wrong", hashed))
    assert any("verify" in call for call in known)
    assert _calls(lambda: passwords.verify("wrong", None)) == known


@pytest.mark.parametrize("password", ["\ud800", "a\0b", "x" * 5000])
def test_what_can_be_no_password_is_wrong(password: str) -> None:
    passwords = Passwords()
    assert not passwords.verify(password, passwords.hash("violet umbrella"))


@pytest.mark.parametrize(
    "password",
    ["", "violet", "violet7", "password", "12345678", "qwertyuiop", "woaini1314", "Password123!", "20200101", "aaaaaaaaaaaa"],
)
def test_what_is_easily_guessed_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        check_strength(password)


@pytest.mark.parametrize("password", ["\ud800" * 20, "violet umbrella \0", "紫色雨伞" * 100])
def test_what_no_hash_takes_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        check_strength(password)


@pytest.mark.parametrize("password", ["violet umbrella seventeen", "紫色雨伞十七把在角落", "🔑🦊🚲🌧️🧶🍵🪁🐢", "x7#Kq!v2mZ"])
def test_what_is_long_or_odd_enough_is_taken_without_rules_of_composition(password: str) -> None:
    check_strength(password)


def test_the_lengths_are_those_of_the_normal_form() -> None:
    assert (MIN_LENGTH, MAX_LENGTH) == (8, 256)
    long = ("walnut violet umbrella " * 12)[:MAX_LENGTH]
    check_strength(long)
    with pytest.raises(PasswordRefused):
        check_strength(long + "x")
    with pytest.raises(PasswordRefused):
        check_strength("\ufdfa" * 20)  # one character that stands for eighteen


def test_a_persons_own_words_make_a_bad_password() -> None:
    words = own_words("zhangxiaoming@hefengnongji.example", "张晓明")
    for password in ("zhangxiaoming", "hefengnongji.example", "zhangxiaoming@hefengnongji.example"):
        with pytest.raises(PasswordRefused):
            check_strength(password, words=words)


@pytest.mark.parametrize(
    ("module", "owner"), [("jose", "auth/credentials/tokens.py"), ("passlib", "auth/credentials/passwords.py")]
)
def test_T01_the_library_has_one_importer(module: str, owner: str) -> None:
    found = subprocess.run(
        ["git", "grep", "-lE", rf"^\s*(from|import) {module}\b", "--", "auth", "search", "indexer"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout.split() == [owner]
