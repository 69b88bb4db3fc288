"""The language in which the commands speak: Chinese or English, by ``PATENTRY_LANG``, else the locale."""

import os


def chinese() -> bool:
    """Whether the operator reads Chinese."""
    named = next((value for name in ("PATENTRY_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "en")
    return named.lower().startswith("zh")


def say(zh: str, en: str) -> str:
    """The sentence in the operator's language."""
    return zh if chinese() else en
