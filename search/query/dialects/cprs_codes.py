"""What CPRS calls the fields, the provinces and the kinds of document."""

from search.query.dialects.language import PLAIN, Language, Names
from search.query.dialects.truncation import Truncation
from search.query.tree import Or, Query, Value, both

_CODES: dict[str, Names] = {
    "ti": ("title",),
    "ab": ("abstract",),
    "tx": PLAIN,
    "cs": ("claims",),
    "cl": ("claims",),
    "ds": ("description",),
    **dict.fromkeys(("pa", "po"), ("applicant",)),
    "in": ("inventor",),
    **dict.fromkeys(("ag", "at"), ("agent",)),
    **dict.fromkeys(("ic", "mc"), ("ipc",)),
    "an": ("application",),
    **dict.fromkeys(("pn", "gn"), ("number",)),
    "cc": ("cites",),
    "ad": ("application_date",),
    **dict.fromkeys(("pd", "gd"), ("publication_date",)),
    **dict.fromkeys(("co", "dz"), ("region",)),
}
_ABSENT = {
    "pr": ("优先权号", "priority number"),
    "ct": ("范畴分类", "category of the classification"),
    "ec": ("欧洲分类号", "ECLA"),
}
LANGUAGE = Language("cprs", "CPRS 检索语言", "CPRS", _CODES, _ABSENT, Truncation(phrases=False))

STANDS_FOR = {"cc", "tx", "cl", "po", "mc", "gn", "gd", "dz"}
"""Codes of something that is searched here as something near to it."""
PROVINCES = {
    **{"11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区", "21": "辽宁省", "22": "吉林省"},
    **{"23": "黑龙江省", "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省"},
    **{"37": "山东省", "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省"},
    **{"50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区", "61": "陕西省", "62": "甘肃省"},
    **{
        "63": "青海省",
        "64": "宁夏回族自治区",
        "65": "新疆维吾尔自治区",
        "71": "台湾省",
        "81": "香港特别行政区",
        "82": "澳门特别行政区",
    },
}
"""GB/T 2260."""
KINDS: dict[str, Query] = {
    "DI": both(Value("type", "invention"), Value("stage", "published")),
    "UM": Value("type", "utility_model"),
    "DP": Value("type", "design"),
    "AI": both(Value("type", "invention"), Value("stage", "granted")),
}
STATUS: dict[str, Query] = {
    "YX": Value("legal", "in_force"),
    "SX": Or(tuple(Value("legal", status) for status in ("discontinued", "lapsed", "expired", "invalid"))),
}
"""Restrictions to a legal status."""


def tail_of(tree: Query) -> str | None:
    """The restriction that `tree` is, if it is one."""
    for name, status in STATUS.items():
        if tree == status:
            return name
    wanted = tree.items if isinstance(tree, Or) else (tree,)
    kinds = [name for item in wanted for name, kind in KINDS.items() if kind == item]
    return f"LX={','.join(kinds)}" if len(kinds) == len(wanted) else None
