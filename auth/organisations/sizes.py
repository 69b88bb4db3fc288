"""The size class of an enterprise by industry, staff and revenue (中小企业划型). Pure.

The table is the operator's: none is shipped, since the official one is replaced from time to time.  An enterprise is of a class
if every measure that its industry goes by reaches that class's lower bound; one measure below puts it a class lower (同时满足所列
指标的下限，否则下划一档).  Below the lowest bound, and so by any single measure, it is micro.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

SizeClass = Literal["micro", "small", "medium", "large"]
Measure = Literal["staff", "revenue", "assets"]

CLASSES: tuple[SizeClass, ...] = ("micro", "small", "medium", "large")
MEASURES: dict[Measure, tuple[str, str]] = {
    "staff": ("从业人员", "人"),
    "revenue": ("营业收入", "万元"),
    "assets": ("资产总额", "万元"),
}
"""Words and unit of each; staff in persons, the others in 10,000 yuan."""

_WORDS: dict[SizeClass, str] = {"micro": "微型", "small": "小型", "medium": "中型", "large": "大型"}
_MAX_FILE = 100_000
_MOST = 10**9


class SizesRefused(ValueError):
    """Why the file is no table, or the figures give no class."""


class Industry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The lower bounds of small, medium and large, of each measure the industry goes by: whole numbers that rise."""

    code: str
    name: str
    staff: tuple[int, int, int] | None = None
    revenue: tuple[int, int, int] | None = None
    assets: tuple[int, int, int] | None = None

    def __post_init__(self) -> None:
        if not self.code.strip() or not self.bounds():
            raise ValueError("an industry needs a code and at least one of staff, revenue, assets")
        if any(not 0 < low < middle < high <= _MOST for low, middle, high in self.bounds().values()):
            raise ValueError(f"{self.code}: the three bounds must rise")

    def bounds(self) -> dict[Measure, tuple[int, int, int]]:
        """Those of the measures that are asked."""
        return {measure: held for measure in MEASURES if (held := getattr(self, measure)) is not None}


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table as it is loaded: its official title, the day from which it holds, and its industries."""

    title: str
    first: date
    industry: list[Industry]

    def __post_init__(self) -> None:
        codes = [held.code for held in self.industry]
        if not self.title.strip() or not codes or len(set(codes)) != len(codes):
            raise ValueError("a table needs a title and industries, each once")

    def of(self, code: str) -> Industry:
        """The industry of this code; `SizesRefused`."""
        for held in self.industry:
            if held.code == code:
                return held
        raise SizesRefused(f"行业 / industry: {', '.join(f'{held.code} {held.name}' for held in self.industry)}")


@dataclass(frozen=True, slots=True)
class Figures:
    """What an enterprise says of itself for one year: its industry's code in the table, persons, 10,000 yuan."""

    industry: str
    staff: int | None = None
    revenue: int | None = None
    assets: int | None = None


@dataclass(frozen=True, slots=True)
class Sized:
    """The class, and by which comparisons."""

    value: SizeClass
    reason: str


def read(data: bytes) -> Table:
    """The table of a file (TOML); `SizesRefused` says what is wrong with it."""
    if len(data) > _MAX_FILE:
        raise SizesRefused(f"more than {_MAX_FILE} bytes")
    try:
        return msgspec.convert(tomllib.loads(data.decode("utf-8-sig")), Table)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise SizesRefused(str(error)) from None


def digest(data: bytes) -> str:
    """By what a table is named in a mark's basis."""
    return hashlib.sha256(data).hexdigest()


def classify(table: Table, figures: Figures) -> Sized:
    """The class; `SizesRefused` for an industry that the table has not, or a figure that decides and is missing."""
    industry = table.of(figures.industry)
    reached: list[int] = []
    said: list[str] = []
    lacking: list[str] = []
    for measure, bounds in industry.bounds().items():
        words, unit = MEASURES[measure]
        figure: int | None = getattr(figures, measure)
        if figure is None:
            lacking.append(f"{words} {measure}")
            continue
        rank = sum(figure >= bound for bound in bounds)
        reached.append(rank)
        said.append(f"{words} {figure} {unit}：{_span(bounds, rank)}")
    if lacking and 0 not in reached:
        raise SizesRefused(f"{industry.name}: {', '.join(lacking)}")
    value = CLASSES[min(reached)]
    return Sized(value, f"{industry.name}，{'；'.join(said)} → {_WORDS[value]}")


def _span(bounds: tuple[int, int, int], rank: int) -> str:
    """Between which bounds the figure lies, and which class that would be."""
    low = f"≥ {bounds[rank - 1]}" if rank else ""
    high = f"< {bounds[rank]}" if rank < len(bounds) else ""
    return f"{' 且 '.join(filter(None, (low, high)))}（{_WORDS[CLASSES[rank]]}）"
