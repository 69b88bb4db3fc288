"""A1: what verifying an access token adds to a request, against python-jose's own decoding with the key kept as an object."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from jose import jwk, jwt

from auth.credentials import keys
from auth.credentials.tokens import ALGORITHM, Tokens
from loadtests.bench.harness import Goal, Measure, Outcome, compare, constant, cpu

_ISSUER = "http://127.0.0.1:8000"
_COUNT = 500
_MICROSECOND = constant(1e-6)
_NOW = datetime.now(UTC)  # the library looks at the clock itself


def over_jose(*, rounds: int, goal: Goal, count: int = _COUNT) -> Outcome:
    """CPU seconds of a token that was not seen before."""
    with _keys() as folder:
        minted = _minted(folder, count)
        key = jwk.construct(keys.load(folder).signing[0].private.public_key(), ALGORITHM)

        def anchor() -> None:
            for token in minted:
                jwt.decode(token, key, algorithms=[ALGORITHM], audience=_ISSUER, issuer=_ISSUER)

        return compare(_verifying(folder, minted), cpu(anchor, units=count), goal, rounds=rounds)


def unseen(*, rounds: int, goal: Goal, count: int = _COUNT) -> Outcome:
    """CPU microseconds of a token that was not seen before."""
    with _keys() as folder:
        return compare(_verifying(folder, _minted(folder, count)), _MICROSECOND, goal, rounds=rounds)


def seen(*, rounds: int, goal: Goal, count: int = 20 * _COUNT) -> Outcome:
    """CPU microseconds of a token that came before, as in all requests of a session but the first."""
    with _keys() as folder:
        return compare(_verifying(folder, _minted(folder, 1) * count), _MICROSECOND, goal, rounds=rounds)


@contextmanager
def _keys() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keys.ensure(folder, now=_NOW)
        yield folder


def _minted(folder: Path, count: int) -> list[str]:
    mint = Tokens(folder, issuer=_ISSUER).mint
    return [mint(subject=f"{number:032x}", session="5" * 32, now=_NOW) for number in range(count)]


def _verifying(folder: Path, tokens: list[str]) -> Measure:
    """A token's cost to a process that has seen none of them; its start is not counted."""

    def measure() -> float:
        verify = Tokens(folder, issuer=_ISSUER).verify
        return cpu(lambda: [verify(token, now=_NOW) for token in tokens], units=len(tokens))()

    return measure
