"""What each table is called, and a sentence of what its chart shows for whoever can't see it."""

from collections.abc import Mapping, Sequence

from auth.http.lang import Language
from search.analysis.caveats import UNITS
from search.analysis.labels import named
from search.analysis.model import Analysis, Row

TITLES: Mapping[str, tuple[str, str]] = {
    "trend": ("趋势", "Trend"),
    "parties": ("申请人与发明人", "Applicants and inventors"),
    "classes": ("技术分类", "Classes"),
    "regions": ("地域", "Regions"),
    "legal": ("法律状态", "Legal status"),
    "matrix": ("交叉分析", "Matrix"),
    "competitors": ("竞争对手", "Competitors"),
    "network": ("合作网络", "Co-operation"),
    "citations": ("引证", "Citations"),
    "lifecycle": ("生命周期", "Life cycle"),
    "hot": ("热点", "Hot topics"),
    "custom": ("自定义统计", "Own table"),
    "grants": ("授权量", "Grants"),
    "density": ("有效发明拥有量", "Inventions in force"),
    "density.high_value": ("高价值发明专利", "High-value inventions"),
    "density.unknown": ("没有任何文献的名称", "Names without any document"),
    "branches": ("技术分支", "Branches"),
    "effects": ("技术功效矩阵", "Technology and effect"),
    "parties.newcomers": ("新进入者", "Newcomers"),
    "network.nodes": ("成员", "Members"),
    "competitors.trend": ("各自趋势", "Trend of each"),
    "competitors.classes": ("各自的分类", "Classes of each"),
    "competitors.ground": ("共有和独占的分类", "Shared and own ground"),
    "competitors.joint": ("共同申请", "Filed together"),
    "citations.years": ("逐年被引", "Cited by year"),
    "citations.applicants": ("申请人之间的引证", "Who cites whom"),
    "hot.apart": ("与全库相比的特征", "What sets it apart"),
}
_SAYS = {"branches": "branch"}
"""Dimensions that a title says already."""

_NAMED = 5
"""Rows that the description names."""


def title(name: str, lang: Language) -> str:
    return TITLES[name][lang != "zh"] if name in TITLES else name


def called(table: Analysis, row: Row, lang: Language) -> str:
    """A row by its keys in words."""
    return " × ".join(table.label(dimension, key, lang) for dimension, key in zip(table.by, row.keys, strict=True))


def heading(analysis: Analysis, table: Analysis, lang: Language) -> str:
    """`analysis` by the dimensions of the table that is drawn."""
    name, by = title(analysis.name, lang), crossing(analysis.name, table.by, lang)
    return name + ("：" if lang == "zh" else ": ") + by if by else name


def crossing(name: str, by: Sequence[str], lang: Language) -> str:
    """The dimensions of the table `name` in words, without the one that its title says."""
    return " × ".join(named(dimension, lang) for dimension in by if dimension != _SAYS.get(name))


def described(table: Analysis, lang: Language) -> str:
    """Unit, rows and the highest of them; years from the first to the last."""
    unit = UNITS[table.unit][lang != "zh"]
    highest = sorted(table.rows, key=lambda row: (-row.count, row.keys))[:_NAMED]
    if lang == "zh":
        most = "，".join(f"{called(table, row, lang)} {row.count}" for row in highest)
        return f"单位：{unit}，共 {table.total}；{len(table.rows)} 行，最高的是：{most}。数据见同页的表格。"
    most = ", ".join(f"{called(table, row, lang)} {row.count}" for row in highest)
    return f"Unit: {unit}, {table.total} in all; {len(table.rows)} rows, the highest are: {most}. The table has the numbers."
