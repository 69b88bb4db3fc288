"""What is exported, and how: frozen values, the same for a route, a page and a command."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from auth.http.lang import Language
from search.export.columns import DEFAULT
from search.patent.model import Patent

Format = Literal["csv", "xlsx", "jsonl", "ris", "bibtex", "numbers"]
Encoding = Literal["utf-8", "gb18030"]

FORMATS: tuple[Format, ...] = get_args(Format)
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How records are written: the `columns` of a table (`search.export.columns`) with their labels in `lang`, `inid` codes before
    them if asked for; `encoding` is of CSV. `address` is what the address of a document begins with."""

    columns: tuple[str, ...] = DEFAULT
    lang: Language = "zh"
    inid: bool = False
    encoding: Encoding = "utf-8"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader of the file must know: that it was cut, and where. `rows` are in it, `of` so many where that is known."""

    code: Literal["limit", "interrupted", "not_held", "distances"]
    zh: str
    en: str
    rows: int
    of: int | None = None

    def said(self, lang: Language) -> str:
        """In the language of the file."""
        return self.zh if lang == "zh" else self.en


class Records(Protocol):
    """The records of a file, once; `count` are given so far, `remarks` are whole when they have ended."""

    count: int
    remarks: list[Remark]

    def total(self) -> int:
        """How many there are, now."""
        ...

    def __iter__(self) -> Iterator[Patent]: ...


@dataclass(frozen=True, slots=True)
class File:
    """A file that is being written: its name, its media type, its bytes, and the records that these are made from meanwhile."""

    name: str
    media_type: str
    chunks: Iterator[bytes]
    rows: Records
