"""Dimensions and their keys in words, Chinese and English."""

from search.analysis.effects.words import effects
from search.engine.layout import LEVELS
from search.find import labels
from search.find.classes.model import printed
from search.patent import technology

DIMENSIONS: dict[str, tuple[str, str]] = {
    "publication_year": ("公开（公告）年", "year of publication"),
    "application_year": ("申请年", "year of filing"),
    "grant_year": ("授权年", "year of grant"),
    "priority_year": ("优先权年", "year of priority"),
    "applicant": ("申请人", "applicant"),
    "inventor": ("发明人", "inventor"),
    "agent": ("代理人", "agent"),
    "section": ("IPC 部", "IPC section"),
    "class": ("IPC 大类", "IPC class"),
    "subclass": ("IPC 小类", "IPC subclass"),
    "group": ("IPC 大组", "IPC main group"),
    "subgroup": ("IPC 小组", "IPC subgroup"),
    "cpc_subclass": ("CPC 小类", "CPC subclass"),
    "cpc_group": ("CPC 大组", "CPC main group"),
    "locarno": ("洛迦诺分类", "Locarno class"),
    "field": ("技术领域", "field of technology"),
    "country": ("受理局", "office"),
    "origin": ("来源国", "country of origin"),
    "region": ("省份", "province"),
    "city": ("城市", "city"),
    "kind": ("文献种类", "kind of document"),
    "type": ("专利类型", "type"),
    "stage": ("阶段", "stage"),
    "legal": ("法律状态", "legal status"),
    "cites": ("被引文献", "cited document"),
    "word": ("标题词", "word of the title"),
    "cited_applicant": ("被引申请人", "applicant cited"),
    "branch": ("技术分支", "branch"),
    "criterion": ("高价值情形", "kind of high value"),
    "means": ("技术手段", "means"),
    "effect": ("功效", "effect"),
}
STATES = frozenset({"stage", "stage_by_applicants", "refused"})
"""Columns and figures whose values are codes of `state`."""

COLUMNS: dict[str, tuple[str, str]] = {
    "count": ("数量", "count"),
    "sentences": ("句数", "sentences"),
    "matching": ("检索到", "matching"),
    "share": ("占比", "share"),
    "of_first": ("占本行", "share of the first key"),
    "level": ("层级", "level"),
    "parent": ("上级分支", "branch above"),
    "growth": ("增长率", "growth"),
    "cumulative": ("累计", "cumulative"),
    "parties": ("总数", "number in all"),
    "hhi": ("集中度 HHI", "HHI"),
    "first_4": ("前 4 名占比", "share of the first 4"),
    "first_10": ("前 10 名占比", "share of the first 10"),
    "first_year": ("最早申请年", "first year of filing"),
    "last_year": ("最近申请年", "last year of filing"),
    "years": ("活跃年数", "years active"),
    "recent": ("近 5 年", "last 5 years"),
    "names": ("名称数", "names"),
    "classes": ("涉及类数", "classes"),
    "own": ("独有类数", "own classes"),
    "shared": ("共有类数", "shared classes"),
    "holders": ("布局者数", "how many of them"),
    "alone": ("独占者", "the only one"),
    "strength": ("合作强度", "strength"),
    "degree": ("合作者数", "partners"),
    "group": ("群组", "group"),
    "nodes": ("节点", "nodes"),
    "edges": ("连线", "edges"),
    "groups": ("群组数", "groups"),
    "held": ("已收录", "held"),
    "applicants": ("申请人数", "applicants"),
    "fitted": ("曲线值", "fitted"),
    "refused": ("未拟合原因", "why no curve"),
    "stage": ("阶段", "stage"),
    "stage_by_applicants": ("阶段（按申请人数）", "stage by applicants"),
    "reached": ("已达上限的比例", "share of the ceiling reached"),
    "ceiling": ("上限", "ceiling"),
    "ceiling_low": ("上限（低）", "ceiling, low"),
    "ceiling_high": ("上限（高）", "ceiling, high"),
    "rate": ("增长速率", "rate"),
    "rate_low": ("增长速率（低）", "rate, low"),
    "rate_high": ("增长速率（高）", "rate, high"),
    "middle": ("拐点", "turning point"),
    "middle_low": ("拐点（早）", "turning point, early"),
    "middle_high": ("拐点（晚）", "turning point, late"),
    "significance": ("显著度", "significance"),
    "background": ("背景占比", "share in the background"),
    "before": ("此前", "before"),
    "grants": ("授权", "grants"),
    "invention": ("发明", "inventions"),
    "utility_model": ("实用新型", "utility models"),
    "design": ("外观设计", "designs"),
    "irregular": ("申报的非正常申请", "irregular applications declared"),
    "at": ("统计日", "day"),
    "owned": ("有效发明专利", "inventions in force"),
    "over_10_years": ("维持超过 10 年", "over 10 years"),
    "family_abroad": ("有海外同族", "family abroad"),
    "strategic": ("战略性新兴产业", "strategic emerging industries"),
    "high_value": ("高价值发明专利", "high-value inventions"),
    "high_value_density": ("每万人高价值发明专利", "high-value ones for 10,000 people"),
    "named": ("名单中的企业", "enterprises named"),
    "without": ("没有有效发明专利的", "those without an invention in force"),
    "unknown": ("没有任何文献的", "those without any document"),
    "persons": ("人口", "people"),
    "density": ("每万人拥有量", "for 10,000 people"),
}
"""Columns and figures of tables."""

SHARES = frozenset({"share", "of_first", "growth", "first_4", "first_10", "strength", "reached", "background"})
"""Those of them that are parts of one, to be shown as percentages."""

_STAGES: dict[str, tuple[str, str]] = {
    "emerging": ("萌芽期", "emerging"),
    "growth": ("成长期", "growth"),
    "maturity": ("成熟期", "maturity"),
    "saturation": ("饱和期", "saturation"),
    "decline": ("衰退期", "decline"),
    "too_few_units": ("申请太少", "too few filings"),
    "too_few_years": ("年份太少", "too few years"),
    "flat": ("没有起伏", "level"),
    "no_ceiling": ("看不到上限", "no ceiling yet"),
}


def column(name: str, lang: str) -> str:
    """The head of a column or figure in the language `zh` or `en`."""
    return COLUMNS[name][lang != "zh"]


def state(code: str, lang: str) -> str:
    """A stage of a life cycle, or why there is no curve, in words."""
    return _STAGES[code][lang != "zh"]


def named(dimension: str, lang: str) -> str:
    """The dimension in the language `zh` or `en`."""
    return DIMENSIONS[dimension][lang != "zh"]


def label(dimension: str, key: str, lang: str) -> str:
    """A key in the language `zh` or `en`; a name, a number, a word is its own label."""
    if dimension == "field":
        field = technology.FIELDS[int(key) - 1]
        return field.zh if lang == "zh" else field.en
    if dimension == "criterion":
        return column(key, lang)
    if dimension == "means":
        return key or ("（未说明手段）" if lang == "zh" else "(no means named)")
    if dimension == "effect":
        return effects()[key].label(lang)
    if dimension == "origin":
        return labels.label("country", key, lang)
    if dimension in LEVELS:
        scheme = LEVELS[dimension][0]
        return key if scheme == "locarno" else printed("cpc" if scheme == "cpc" else "ipc", key)
    return labels.label(dimension, key, lang)
