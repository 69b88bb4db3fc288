"""Administrative divisions by their 6-digit codes (GB/T 2260): provinces and what stands directly under them.

The first two digits are the province, the first four the prefecture-level division; the municipalities (北京, 天津, 上海, 重庆)
and counties directly under a province have no name at the second level here and are told by their province.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Division:
    """One division; `code` ends in zeros for the levels it has not."""

    code: str
    zh: str
    en: str


@cache
def table() -> dict[str, Division]:
    """Every division held, by code."""
    text = resources.files("auth.organisations").joinpath("divisions.tsv").read_text(encoding="utf-8")
    return {line.split("\t")[0]: Division(*line.split("\t")) for line in text.splitlines()}


def province(code: str) -> Division | None:
    """The province of a division code; ``None`` when there is none."""
    return table().get(f"{code[:2]}0000")


def city(code: str) -> Division | None:
    """The prefecture-level division of a code, else its province."""
    return table().get(f"{code[:4]}00") or province(code)


def words(code: str) -> str:
    """Province and prefecture in Chinese, as far as they are named: 贵州省贵阳市."""
    return "".join(dict.fromkeys(held.zh for held in (province(code), city(code)) if held))


def known(code: str) -> bool:
    """Whether it is six digits that begin with a province."""
    return len(code) == 6 and code.isascii() and code.isdecimal() and province(code) is not None


def of_address(address: str) -> str | None:
    """The division in which an address lies, as far as its beginning says: province (short forms such as 贵州 are read) and
    prefecture, or a prefecture's full name alone; ``None`` where it begins with no known name."""
    rest = address.strip().removeprefix("中国")
    provinces = [held for held in table().values() if held.code.endswith("0000")]
    alone = [held for held in table().values() if held not in provinces and rest.startswith(held.zh)]
    if len(alone) == 1:
        return alone[0].code
    found = _begins(rest, provinces)
    if found is None:
        return None
    first, length = found
    inner = [held for held in table().values() if held.code[:2] == first.code[:2] and held is not first]
    second = _begins(rest[length:].strip(), inner)
    return second[0].code if second else first.code


_ENDINGS = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市", "地区", "盟")


def _begins(text: str, held: list[Division]) -> tuple[Division, int] | None:
    """The one division of `held` whose name begins the text, and the name's length; a full name before a short one."""
    for names in ([(one, one.zh) for one in held], [(one, _short(one.zh)) for one in held]):
        found = [(one, len(name)) for one, name in names if text.startswith(name)]
        if len(found) == 1:
            return found[0]
    return None


def _short(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name
