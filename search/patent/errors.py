"""What the record's rooms say when a text is not what it claims to be."""


class Unreadable(ValueError):
    """A number, class or date that can't be read; `zh` and `en` say what was expected, ``str()`` is the English one."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
