"""Passwords: argon2id with OWASP's parameters (19 MiB, two passes, one lane). The only importer of passlib.

The name `passlib` is given by its maintained fork libpass (docs/decisions/0051-passlib-by-libpass.md).  A password is 8 to
256 characters, none refused but NUL and lone surrogates, normalised to NFKC (NIST SP 800-63B section 5.1.1.2), hashed
whole, never cut.
"""

import unicodedata
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from secrets import token_bytes

from passlib.context import CryptContext
from zxcvbn_rs_py import zxcvbn

from auth.errors import Problem, StartRefused
from auth.http.json import unfit

MIN_LENGTH = 8
MAX_LENGTH = 256
MIN_SCORE = 3
"""Of zxcvbn's 0 to 4: at least 10^8 guesses."""


class PasswordRefused(Problem):
    """A new password that is too short, too long or easily guessed."""

    status = 422
    code = "weak_password"
    zh = "密码须为 8 至 256 个字符且不易被猜中（避免常用密码、姓名和邮箱）；用几个不相关的词组成较长的密码最好。"
    en = (
        "A password has 8 to 256 characters and is not easily guessed (no common password, name or e-mail address);"
        " a longer one made of unrelated words is best."
    )


class Passwords:
    """Hashes and verifies, each call for some 20 ms and 19 MiB: see `auth.credentials.workers` for where to call it."""

    def __init__(self) -> None:
        self._context = CryptContext(
            schemes=["argon2"], argon2__type="ID", argon2__memory_cost=19 * 1024, argon2__time_cost=2, argon2__parallelism=1
        )
        # Made up, not computed: as costly to verify as any hash, fits no password, and costs the start nothing.
        handler = self._context.handler()
        self._nobody: str = handler(use_defaults=True, checksum=token_bytes(handler.checksum_size)).to_string()

    def hash(self, password: str) -> str:
        """The hash to store, salt and parameters included."""
        hashed: str = self._context.hash(normal(password))
        return hashed

    def verify(self, password: str, hashed: str | None) -> bool:
        """Whether the password fits. Without a hash (no such account) the same work is done and the answer is no; a damaged
        hash or a password that can't be one is simply wrong."""
        try:
            fits: bool = self._context.verify(normal(password), self._nobody if hashed is None else hashed)
        except (ValueError, TypeError):  # passlib's errors for garbage in either; UnicodeEncodeError is a ValueError
            return False
        return fits and hashed is not None

    def outdated(self, hashed: str) -> bool:
        """Whether a hash that just fitted was made with other parameters than today's."""
        needed: bool = self._context.needs_update(hashed)
        return needed


def normal(password: str) -> str:
    """The form that is hashed: full-width and composed spellings of one password are one."""
    return unicodedata.normalize("NFKC", password)


def check_strength(password: str, *, words: Sequence[str] = ()) -> None:
    """Raises `PasswordRefused`; `words` are the person's own, which make bad passwords."""
    text = normal(password)
    if unfit(text) or not MIN_LENGTH <= len(text) <= MAX_LENGTH or int(zxcvbn(text, list(words)).score) < MIN_SCORE:
        raise PasswordRefused


def require_one_passlib() -> None:
    """Refuses to start unless exactly one distribution gives the module `passlib`: with both, which one runs is chance."""
    held = [name for name in ("passlib", "libpass") if _installed(name)]
    if len(held) != 1:
        raise StartRefused(
            zh=f"应只安装 libpass 与 passlib 之一，现有：{'、'.join(held) or '无'}。请卸载两者后重新安装 libpass。",
            en=f"Exactly one of libpass and passlib must be installed, found: {', '.join(held) or 'none'}."
            " Uninstall both, then install libpass again.",
        )


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True
