"""The 35 fields of technology of WIPO's IPC and Technology Concordance Table (U. Schmoch, "Concept of a Technology Classification
for Country Comparisons", WIPO 2008), by which its statistics count.

The table is the edition of July 2019, with the subclasses that IPC has gained since beside those they came from: what left H01L
(H10) is semiconductors, G06V computers, B64U transport, H04N 23 and 25 audio-visual.  A symbol is of one field, or of none
(designs, and section Y).
"""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Field:
    """`number` is 1 to 35; `sector` the one of five that it belongs to; `classes` are subclasses, and main groups of a subclass
    that several fields share."""

    number: int
    sector: str
    zh: str
    en: str
    classes: frozenset[str]


def _field(number: int, sector: str, zh: str, en: str, classes: str) -> Field:
    """`classes`: ``A01BCD`` is short for A01B, A01C and A01D."""
    found: set[str] = set()
    for word in classes.split():
        if any(sign.isdigit() for sign in word[3:]):
            found.add(word)
        else:
            found.update(word[:3] + letter for letter in word[3:])
    return Field(number, sector, zh, en, frozenset(found))


FIELDS: tuple[Field, ...] = (
    _field(
        *(1, "electrical", "电气机械设备、电能", "Electrical machinery, apparatus, energy"),
        "F21HKLSVWY H01BCFGHJKMRT H02BGHJKMNPS H05BCF H99Z",
    ),
    _field(
        *(2, "electrical", "音像技术", "Audio-visual technology"),
        "G09FG G11B H04N3 H04N5 H04N7 H04N9 H04N11 H04N13 H04N15 H04N17 H04N19 H04N23 H04N25 H04N101 H04RS H05K",
    ),
    _field(3, "electrical", "电信", "Telecommunications", "G08C H01PQ H04BHJKMQ H04N1"),
    _field(4, "electrical", "数字通信", "Digital communication", "H04LW H04N21"),
    _field(5, "electrical", "基础通信程序", "Basic communication processes", "H03BCDFGHJKLM"),
    _field(6, "electrical", "计算机技术", "Computer technology", "G06CDEFGJKMNTV G10L G11C G16BCYZ"),
    _field(7, "electrical", "计算机技术管理方法", "IT methods for management", "G06Q"),
    _field(8, "electrical", "半导体", "Semiconductors", "H01L H10BDFHKN"),
    _field(9, "instruments", "光学", "Optics", "G02BCF G03BCDFGH H01S"),
    _field(10, "instruments", "测量", "Measurement", "G01BCDFGHJKLMNPQRSVW G04BCDFGR G12B G99Z"),
    _field(11, "instruments", "生物材料分析", "Analysis of biological materials", "G01N33"),
    _field(12, "instruments", "控制", "Control", "G05BDF G07BCDFG G08BG G09BCD"),
    _field(13, "instruments", "医学技术", "Medical technology", "A61BCDFGHJLMN G16H H05G"),
    _field(14, "chemistry", "有机精细化学", "Organic fine chemistry", "A61K8 A61Q C07BCDFHJ C40B"),
    _field(15, "chemistry", "生物技术", "Biotechnology", "C07GK C12MNPQRS"),
    _field(16, "chemistry", "药品", "Pharmaceuticals", "A61KP"),
    _field(17, "chemistry", "高分子化学、聚合物", "Macromolecular chemistry, polymers", "C08BCFGHKL"),
    _field(18, "chemistry", "食品化学", "Food chemistry", "A01H A21D A23BCDFGJKLV C12CFGHJ C13BDFJK"),
    _field(
        *(19, "chemistry", "基础材料化学", "Basic materials chemistry"),
        "A01NP C05BCDFG C06BCDF C09BCDFGHJK C10BCFGHJKLMN C11BCD C99Z",
    ),
    _field(20, "chemistry", "材料、冶金", "Materials, metallurgy", "B22CDF C01BCDFG C03C C04B C21BCD C22BCF"),
    _field(21, "chemistry", "表面技术、涂层", "Surface technology, coating", "B05CD B32B C23CDFG C25BCDF C30B"),
    _field(22, "chemistry", "显微结构和纳米技术", "Micro-structural and nano-technology", "B81BC B82BY"),
    _field(
        *(23, "chemistry", "化学工程", "Chemical engineering"),
        "B01BDFJL B02C B03BCD B04BC B05B B06B B07BC B08B C14C D06BCL F25J F26B H05H",
    ),
    _field(
        *(24, "chemistry", "环境技术", "Environmental technology"),
        "A62C B01D45 B01D46 B01D47 B01D49 B01D50 B01D51 B01D52 B01D53 B09BC B65F C02F E01F8 F01N F23GJ G01T",
    ),
    _field(25, "mechanical", "装卸", "Handling", "B25J B65BCDGH B66BCDF B67BCD"),
    _field(
        *(26, "mechanical", "机器工具", "Machine tools"),
        "A62D B21BCDFGHJKL B23BCDFGHKPQ B24BCD B25BCDFGH B26BDF B27BCDFGHJKLMN B30B",
    ),
    _field(
        *(27, "mechanical", "发动机、泵、涡轮机", "Engines, pumps, turbines"),
        "F01BCDKLMP F02BCDFGKMNP F03BCDGH F04BCDF F23R F99Z G21BCDFGHJK",
    ),
    _field(
        *(28, "mechanical", "纺织和造纸机器", "Textile and paper machines"),
        "A41H A43D A46D B31BCDF B41BCDFGJKLMN C14B D01BCDFGH D02GHJ D03CDJ D04BCGH D05BC D06GHJMPQ D21BCDFGHJ D99Z",
    ),
    _field(
        *(29, "mechanical", "其他特殊机械", "Other special machines"),
        "A01BCDFGJKLM A21BC A22BC A23NP B02B B28BCD B29BCDKL B33Y B99Z C03B C08J C12L "
        "C13B5 C13B15 C13B25 C13B45 C13CGH F41ABCFGHJ F42BCD",
    ),
    _field(
        *(30, "mechanical", "热工过程和器具", "Thermal processes and apparatus"),
        "F22BDG F23BCDHKLMNQ F24BCDFHJSTV F25BC F27BD F28BCDFG",
    ),
    _field(31, "mechanical", "机械元件", "Mechanical elements", "F15BCD F16BCDFGHJKLMNPST F17BCD G05G"),
    _field(
        *(32, "mechanical", "运输", "Transport"),
        "B60BCDFGHJKLMNPQRSTVW B61BCDFGHJKL B62BCDHJKLM B63BCGHJ B64BCDFGU",
    ),
    _field(33, "other", "家具、游戏", "Furniture, games", "A47BCDFGHJKL A63BCDFGHJK"),
    _field(
        *(34, "other", "其他消费品", "Other consumer goods"),
        "A24BCDF A41BCDFG A42BC A43BC A44BC A45BCDF A46B A62B A99Z B42BCDF B43KLM B44BCDF B68BCFG D04D D06FN D07B F25D G10BCDFGHK",
    ),
    _field(35, "other", "土木工程", "Civil engineering", "E01BCDFH E02BCDF E03BCDF E04BCDFGH E05BCDFG E06BC E21BCDF E99Z"),
)


def field(symbol: str) -> str | None:
    """The number of the field that an IPC symbol's compact key is of (``H01M10/0525`` is of ``"1"``), or ``None``."""
    of_class = _of_class()
    return of_class.get(symbol.partition("/")[0]) or of_class.get(symbol[:4])


@cache
def _of_class() -> dict[str, str]:
    return {symbol: str(each.number) for each in FIELDS for symbol in each.classes}
