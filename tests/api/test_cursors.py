"""Cursors: only what was signed, for whom and for what it was signed."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.api.cursors import CursorForged, Cursors

KEY = secrets.token_bytes(32)
TEXT = st.text(max_size=40)


@given(after=TEXT, user=TEXT, question=st.binary(max_size=40))
def test_what_was_signed_is_opened(after: str, user: str, question: bytes) -> None:
    cursors = Cursors(KEY)
    cursor = cursors.sign(after, user=user, question=question)
    assert cursor.isascii()
    assert Cursors(KEY).open(cursor, user=user, question=question) == after
    for key, other, asked in ((KEY[::-1], user, question), (KEY, user + "x", question), (KEY, user, question + b"x")):
        with pytest.raises(CursorForged):
            Cursors(key).open(cursor, user=other, question=asked)


@given(st.text(max_size=200))
def test_nothing_else_is_opened(text: str) -> None:
    with pytest.raises(CursorForged):
        Cursors(KEY).open(text, user="u", question=b"q")


def test_user_and_question_cannot_be_shifted_into_each_other() -> None:
    cursor = Cursors(KEY).sign("a", user="user", question=b"question")
    with pytest.raises(CursorForged):
        Cursors(KEY).open(cursor, user="userq", question=b"uestion")
