"""Facet values in words: offices (WIPO ST.3), types and stages of publication; everything else is its own label."""

from collections.abc import Mapping

_WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "country": {
        "AP": ("非洲地区知识产权组织", "ARIPO"),
        "AT": ("奥地利", "Austria"),
        "AU": ("澳大利亚", "Australia"),
        "BE": ("比利时", "Belgium"),
        "BR": ("巴西", "Brazil"),
        "CA": ("加拿大", "Canada"),
        "CH": ("瑞士", "Switzerland"),
        "CN": ("中国", "China"),
        "DE": ("德国", "Germany"),
        "DK": ("丹麦", "Denmark"),
        "EA": ("欧亚专利组织", "Eurasian Patent Organization"),
        "EM": ("欧盟知识产权局", "EUIPO"),
        "EP": ("欧洲专利局", "European Patent Office"),
        "ES": ("西班牙", "Spain"),
        "FI": ("芬兰", "Finland"),
        "FR": ("法国", "France"),
        "GB": ("英国", "United Kingdom"),
        "HK": ("中国香港", "Hong Kong, China"),
        "IL": ("以色列", "Israel"),
        "IN": ("印度", "India"),
        "IT": ("意大利", "Italy"),
        "JP": ("日本", "Japan"),
        "KR": ("韩国", "Republic of Korea"),
        "MO": ("中国澳门", "Macao, China"),
        "MX": ("墨西哥", "Mexico"),
        "NL": ("荷兰", "Netherlands"),
        "OA": ("非洲知识产权组织", "OAPI"),
        "RU": ("俄罗斯", "Russian Federation"),
        "SE": ("瑞典", "Sweden"),
        "SG": ("新加坡", "Singapore"),
        "SU": ("苏联", "Soviet Union"),
        "TW": ("中国台湾", "Taiwan, China"),
        "US": ("美国", "United States"),
        "WO": ("世界知识产权组织", "WIPO"),
    },
    "type": {
        "invention": ("发明", "invention"),
        "utility_model": ("实用新型", "utility model"),
        "design": ("外观设计", "design"),
        "plant": ("植物", "plant"),
        "reissue": ("再版", "reissue"),
        "other": ("其他", "other"),
    },
    "legal": {
        "pending": ("审中", "pending"),
        "in_force": ("有效", "in force"),
        "discontinued": ("未获授权", "ended before grant"),
        "lapsed": ("终止", "lapsed"),
        "expired": ("期限届满", "expired"),
        "invalid": ("全部无效", "invalidated"),
        "international": ("国际阶段", "international phase"),
        "unknown": ("不明", "unknown"),
    },
    "stage": {
        "published": ("公开", "published"),
        "granted": ("授权", "granted"),
        "corrected": ("更正", "corrected"),
        "partly_invalidated": ("部分无效", "partly invalidated"),
        "pre_grant": ("审定公告", "published before grant"),
        "application": ("申请", "application"),
    },
}


def label(facet: str, value: str, lang: str) -> str:
    """The value of a facet in the language `zh` or `en`."""
    words = _WORDS.get(facet, {}).get(value)
    return value if words is None else words[lang != "zh"]
