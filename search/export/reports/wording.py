"""The words of reports in both languages, from `words.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from auth.http.lang import Language


@cache
def _table() -> Mapping[str, tuple[str, str]]:
    return {name: (zh, en) for name, (zh, en) in tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8")).items()}


class Wording:
    """Looks a name up in one language: `t("s_first", name=…, count=3)`. Whole numbers get their thousands marked."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self._column = get_args(Language).index(lang)

    def __call__(self, word: str, /, **values: Any) -> str:
        return _table()[word][self._column].format(**{key: figure(value) for key, value in values.items()})


def figure(value: object) -> str:
    """A whole number with its thousands marked by commas, which keep it one word; anything else as it is."""
    return f"{value:,}" if isinstance(value, int) else str(value)


def percent(share: float) -> str:
    """A share to the tenth of a per cent."""
    return f"{100 * share:.1f}%"
