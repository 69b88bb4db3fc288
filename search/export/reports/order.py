"""What is asked for: which report, of what, in which form; and the bounds that hold for every one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from auth.http.lang import Language
from search.analysis.model import Name
from search.engine.model import Unit

Kind = Literal["latest", "layout", "competitors", "hot", "mining", "free"]
Format = Literal["docx", "pdf", "html"]
LayoutName = Literal["plain", "gb9704"]

KINDS: tuple[Kind, ...] = get_args(Kind)

MEDIA_TYPES: Mapping[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}

ROWS, KEYS = 20, 10
"""Rows of a table, and key patents, unless told."""

MOST_ROWS, MOST_KEYS, MOST_SECTIONS = 100, 50, 20

NEWEST = 20
"""Documents of a list of newest ones."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A table: a question of `search.analysis` with the dimensions it counts by. Of several tables `part` names the one that is
    shown, and all are without; `own` asks it of the enterprise's own documents."""

    name: Name
    by: tuple[str, ...] = ()
    part: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of a free report: text in paragraphs (a line each), then tables."""

    heading: str
    text: str = ""
    tables: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A report. `typed` is the query as it came in; `applicants` are whole names: of the competitors, or first the enterprise
    and then its rivals; `merged` counts all names of an applicant as one. `keys` patents are chosen (0: none), with `full_texts`
    in an annex. `floor` and `ceiling` are asked of 字数."""

    kind: Kind
    lang: Language = "zh"
    layout: LayoutName = "plain"
    title: str = ""
    typed: str = ""
    unit: Unit = "application"
    rows: int = ROWS
    keys: int = KEYS
    full_texts: bool = True
    charts: bool = True
    applicants: tuple[str, ...] = ()
    merged: bool = False
    sections: tuple[Section, ...] = ()
    floor: int | None = None
    ceiling: int | None = None
