"""How reports look: a plain layout, and the one of official papers (GB/T 9704-2012). Lengths are in millimetres, type in points.

Official papers: A4 with 37 mm above and 28 mm at the binding edge around a type area of 156 × 225 mm (5.2.1), so 35 mm below and
26 mm at the right; 22 lines of 28 characters (5.2.3); 三号 (16 pt) FangSong (5.2.2), title in 二号 (22 pt) XiaoBiaoSong (7.3.1),
first level SimHei, second KaiTi, third and fourth FangSong (7.3.3); page number in 四号 (14 pt) SimSun between two dashes, at
the outer edge, one character in, 7 mm below the type area (7.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from search.export.reports.numbering import Numbering
from search.export.reports.order import LayoutName

SONG, HEI, KAI, FANGSONG, XIAOBIAOSONG = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"

ALSO: Mapping[str, tuple[str, ...]] = {
    SONG: ("SimSun", "Noto Serif CJK SC", "Source Han Serif SC"),
    HEI: ("SimHei", "Noto Sans CJK SC", "Source Han Sans SC"),
    KAI: ("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "FandolKai", "AR PL UKai CN"),
    FANGSONG: ("FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "FandolFang"),
    XIAOBIAOSONG: ("FZXiaoBiaoSong-B05S", "宋体", "SimSun", "Noto Serif CJK SC"),
}
"""What else the font is called, then those of the same shape, the free ones last: the first that there is is taken (in a DOCX
w:altName; in a PDF out of the operator's folder, whose files have mostly English names)."""

MM_PT = 72 / 25.4
"""Points of a millimetre."""


@dataclass(frozen=True, slots=True)
class Face:
    """Type: the font of East Asian text and of other text, points, and whether bold."""

    east: str
    size: float
    bold: bool = False
    latin: str = LATIN


@dataclass(frozen=True, slots=True)
class Layout:
    """A page and its type. `headings` are of the levels 1 to 4. `pitch` is from line to line, in points; `characters` of a line,
    where they stand on a grid; `indent` the first line's, in characters. With `dashes` the page number is — 1 — at the outer
    edge."""

    above: float
    below: float
    left: float
    right: float
    body: Face
    title: Face
    headings: tuple[Face, Face, Face, Face]
    table: Face
    caption: Face
    foot: Face
    numbering: Numbering
    pitch: float
    characters: int | None = None
    indent: int = 0
    dashes: bool = False

    @property
    def width(self) -> float:
        """Of the type area."""
        return 210 - self.left - self.right

    @property
    def tracking(self) -> float:
        """Points that are put between two characters of the body so that as many as asked for fill a line; mostly less than 0."""
        return self.width * MM_PT / self.characters - self.body.size if self.characters else 0


PLAIN = Layout(
    above=25,
    below=25,
    left=28,
    right=25,
    body=Face(SONG, 11),
    title=Face(HEI, 24),
    headings=(Face(HEI, 16), Face(HEI, 14), Face(HEI, 12), Face(HEI, 11)),
    table=Face(SONG, 9.5),
    caption=Face(HEI, 10),
    foot=Face(SONG, 9),
    numbering="decimal",
    pitch=18,
)

OFFICIAL = Layout(
    above=37,
    below=35,
    left=28,
    right=26,
    body=Face(FANGSONG, 16),
    title=Face(XIAOBIAOSONG, 22),
    headings=(Face(HEI, 16), Face(KAI, 16), Face(FANGSONG, 16), Face(FANGSONG, 16)),
    table=Face(FANGSONG, 12),
    caption=Face(HEI, 14),
    foot=Face(SONG, 14),
    numbering="official",
    pitch=225 * MM_PT / 22,
    characters=28,
    indent=2,
    dashes=True,
)

LAYOUTS: Mapping[LayoutName, Layout] = dict(zip(get_args(LayoutName), (PLAIN, OFFICIAL), strict=True))
