"""What the record's rooms say when a text is not what it claims to be."""

_SHOWN = 64


class Unreadable(ValueError):
    """A number, class or date that can't be read; `zh` and `en` say what was expected, ``str()`` is the English one."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def shown(text: str) -> str:
    """`text` as a message quotes it: its beginning, where it is longer than any number."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
