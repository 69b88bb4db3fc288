"""Values of keyword fields: what people type in either language, and how the record spells it.

Closed lists (type, stage) refuse anything else; open ones (country, region) normalise what they know and keep the rest, since
offices use codes that no list has.
"""

from functools import cache

from search.query.spelling import near
from search.text.fold import fold

TYPES: dict[str, tuple[str, ...]] = {
    "invention": ("发明", "发明专利"),
    "utility_model": ("实用新型", "新型", "实用新型专利", "utility model"),
    "design": ("外观设计", "外观", "外观设计专利"),
    "plant": ("植物", "植物专利"),
    "reissue": ("再颁", "再颁专利"),
    "other": ("其他",),
}
STAGES: dict[str, tuple[str, ...]] = {
    "published": ("公开", "公布", "申请公布", "发明公开", "发明公布"),
    "granted": ("授权", "授权公告", "grant"),
    "corrected": ("更正", "correction"),
    "partly_invalidated": ("部分无效", "partly invalidated"),
    "pre_grant": ("审定", "审定公告", "pre-grant"),
    "application": ("申请",),
}
LEGAL: dict[str, tuple[str, ...]] = {
    "pending": ("审中", "在审", "审查中"),
    "in_force": ("有效", "有权", "in force", "active"),
    "discontinued": ("未获授权", "授权前终止"),
    "lapsed": ("终止", "权利终止", "未缴年费"),
    "expired": ("届满", "期限届满"),
    "invalid": ("无效", "全部无效", "invalidated"),
    "international": ("国际阶段", "PCT"),
    "unknown": ("不明", "未知"),
}
REGIONS: dict[str, tuple[str, ...]] = {
    "北京市": ("北京", "Beijing"),
    "天津市": ("天津", "Tianjin"),
    "河北省": ("河北", "Hebei"),
    "山西省": ("山西", "Shanxi"),
    "内蒙古自治区": ("内蒙古", "Inner Mongolia", "Neimenggu"),
    "辽宁省": ("辽宁", "Liaoning"),
    "吉林省": ("吉林", "Jilin"),
    "黑龙江省": ("黑龙江", "Heilongjiang"),
    "上海市": ("上海", "Shanghai"),
    "江苏省": ("江苏", "Jiangsu"),
    "浙江省": ("浙江", "Zhejiang"),
    "安徽省": ("安徽", "Anhui"),
    "福建省": ("福建", "Fujian"),
    "江西省": ("江西", "Jiangxi"),
    "山东省": ("山东", "Shandong"),
    "河南省": ("河南", "Henan"),
    "湖北省": ("湖北", "Hubei"),
    "湖南省": ("湖南", "Hunan"),
    "广东省": ("广东", "Guangdong"),
    "广西壮族自治区": ("广西", "Guangxi"),
    "海南省": ("海南", "Hainan"),
    "重庆市": ("重庆", "Chongqing"),
    "四川省": ("四川", "Sichuan"),
    "贵州省": ("贵州", "Guizhou"),
    "云南省": ("云南", "Yunnan"),
    "西藏自治区": ("西藏", "Tibet", "Xizang"),
    "陕西省": ("陕西", "Shaanxi"),
    "甘肃省": ("甘肃", "Gansu"),
    "青海省": ("青海", "Qinghai"),
    "宁夏回族自治区": ("宁夏", "Ningxia"),
    "新疆维吾尔自治区": ("新疆", "Xinjiang"),
    "台湾省": ("台湾", "Taiwan"),
    "香港特别行政区": ("香港", "Hong Kong"),
    "澳门特别行政区": ("澳门", "Macao", "Macau"),
}
"""Provinces by their full names (GB/T 2260)."""
COUNTRIES: dict[str, tuple[str, ...]] = {
    "CN": ("中国", "China"),
    "US": ("美国", "USA", "United States"),
    "EP": ("欧专局", "欧洲专利局", "EPO"),
    "WO": ("世界知识产权组织", "PCT", "WIPO"),
    "JP": ("日本", "Japan"),
    "KR": ("韩国", "Korea"),
    "DE": ("德国", "Germany"),
    "GB": ("英国", "UK", "United Kingdom"),
    "FR": ("法国", "France"),
    "RU": ("俄罗斯", "Russia"),
    "TW": ("中国台湾", "台湾", "Taiwan"),
    "HK": ("中国香港", "香港", "Hong Kong"),
    "MO": ("中国澳门", "澳门", "Macao", "Macau"),
    "CA": ("加拿大", "Canada"),
    "AU": ("澳大利亚", "Australia"),
    "IN": ("印度", "India"),
}
"""WIPO ST.3 codes of the offices most asked for."""

CLOSED = {"type": TYPES, "stage": STAGES, "legal": LEGAL}
_OPEN = {"country": COUNTRIES, "origin": COUNTRIES, "region": REGIONS}
_UPPER = {"country", "origin", "kind", "ipc_is", "cpc_is", "locarno_is", "cites_is"}


@cache
def _names(field: str) -> dict[str, str]:
    table = (CLOSED | _OPEN).get(field, {})
    return {fold(name): value for value, names in table.items() for name in (value, *names)}


def keyword(field: str, typed: str) -> str | None:
    """The field's value that `typed` names; ``None`` where a closed list has no such value."""
    known = _names(field).get(fold(typed))
    return known if known or field in CLOSED else spelled(field, typed)


def spelled(field: str, typed: str) -> str:
    """A value or pattern in the letters the field's values are written in."""
    if field in _UPPER:
        return fold(typed).upper()
    return fold(typed) if field in CLOSED or field == "word" else typed


def suggestions(field: str, typed: str) -> list[str]:
    """Names of the field's values that `typed` may be a slip of."""
    return near(fold(typed), _names(field))
