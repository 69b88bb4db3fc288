"""Proof of work: a real solution is taken, anything else is not."""

import base64
import json
from datetime import timedelta

import pytest
from altcha import Challenge, Payload, solve_challenge

from auth.registration.challenge import LIFE, Challenges
from tests.desk import START

KEY = b"k" * 32
REF = "ab" * 16


def solve(challenge: dict[str, object]) -> str:
    """What the widget sends."""
    read = Challenge.from_dict(challenge)
    solution = solve_challenge(read)
    assert solution is not None
    return str(Payload(read, solution).to_base64())


@pytest.fixture(scope="module")
def payload() -> str:
    return solve(Challenges(KEY).make(REF, now=START))


def test_a_solution_names_the_message_it_is_for(payload: str) -> None:
    solved = Challenges(KEY).solved(payload, now=START)
    assert solved is not None
    assert solved[0] == REF


def test_a_solution_is_good_for_its_time_and_key_alone(payload: str) -> None:
    assert Challenges(KEY).solved(payload, now=START + LIFE) is not None
    assert Challenges(KEY).solved(payload, now=START + LIFE + timedelta(seconds=1)) is None
    assert Challenges(b"x" * 32).solved(payload, now=START) is None


@pytest.mark.parametrize("path", [("challenge", "parameters", "data", "ref"), ("challenge", "parameters", "data", "until")])
def test_a_solution_for_another_message_is_forged(payload: str, path: tuple[str, ...]) -> None:
    document = json.loads(base64.b64decode(payload))
    held = document
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = "cd" * 16 if path[-1] == "ref" else held[path[-1]] + 9999
    forged = base64.b64encode(json.dumps(document).encode()).decode()
    assert Challenges(KEY).solved(forged, now=START) is None


@pytest.mark.parametrize("text", ["", "x", "e30=", "WzFd", "\udc00", "A" * 5000, "eyJjaGFsbGVuZ2UiOiBudWxsfQ=="])
def test_garbage_is_no_solution(text: str) -> None:
    assert Challenges(KEY).solved(text, now=START) is None


def test_a_counter_that_solves_nothing_is_refused() -> None:
    challenge = Challenges(KEY).make(REF, now=START)
    document = {"challenge": challenge, "solution": {"counter": 0, "derivedKey": "00" * 32}}
    assert Challenges(KEY).solved(base64.b64encode(json.dumps(document).encode()).decode(), now=START) is None
