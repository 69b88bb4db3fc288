"""Where a party is: country, province and city out of the address as Chinese publications print it.

``518129 广东省深圳市龙岗区坂田`` is CN, 广东省, 深圳市; ``日本东京都`` is JP.  `places.tsv` holds how an address may begin: the
name, its ST.3 code and, for China, the full name of the province (GB/T 2260), which short names such as 广东 lead to as well.
"""

import re
from importlib.resources import files
from typing import NamedTuple

_POSTCODE = re.compile(r"\d{6}(?!\d)\s*")
_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
_CITY = re.compile(r"(?:[^市区县镇乡村路街道号\d\s]{1,9}?|镇江|萍乡|新乡|景德镇)(?:市|自治州|地区|盟)")
"""The first name of a prefecture; a county, town or street before it means that the address names none."""


class Place(NamedTuple):
    """`country` is ST.3, `region` a Chinese province; `address` is the text without the postcode in front of it."""

    country: str | None
    region: str | None
    city: str | None
    address: str


def _places() -> dict[str, tuple[str, str | None]]:
    lines = files(__package__).joinpath("places.tsv").read_text("utf-8").splitlines()
    rows = ((*line.split("\t"), "")[:3] for line in lines)
    return {name: (country, region or None) for name, country, region in rows}


_PLACES = _places()
_BEGINNING = re.compile("(?:中国[（(，,\\s]*)?(" + "|".join(sorted(_PLACES, key=len, reverse=True)) + ")")


def place(address: str) -> Place:
    """The place an address names at its beginning; what it doesn't name is ``None``."""
    rest = address.strip()
    postcode = _POSTCODE.match(rest)
    rest = rest[postcode.end() :] if postcode else rest
    found = _BEGINNING.match(rest)
    if found is None:
        return Place("CN" if rest.startswith("中国") else None, None, None, rest)
    country, region = _PLACES[found[1]]
    city = _city(region, found[1], rest[found.end() :]) if country == "CN" else None
    return Place(country, region, city, rest)


def _city(region: str | None, name: str, rest: str) -> str | None:
    if region in _MUNICIPALITIES:
        return region
    if name != region and rest.startswith("市"):  # 吉林市 without its province, which has the same name
        return f"{name}市"
    found = _CITY.match(rest)
    return found[0] if found else None
