"""How each office writes the number of a publication, and the one form kept here: that of DOCDB.

An office without a rule keeps its numbers as they come.  Rules: WIPO ST.6 and the offices' own forms; WO and US before
their change of form, JP by emperor's year, KR with its type in front.
"""

import re
from collections.abc import Callable

from search.patent.chinese import NumberError
from search.patent.errors import shown

_SEPARATORS = str.maketrans("", "", "-./")
_CHARACTERS = re.compile(r"[-./0-9A-Z]*\d[-./0-9A-Z]*", re.ASCII)

_US = re.compile(r"(DES|D|PP|RE|RD|RX|AI|T|H|X)?0*(\d{1,11})", re.ASCII)
_US_APPLICATION = re.compile(r"((?:19|20)\d\d)0(\d{6})", re.ASCII)
_US_SERIES = re.compile(r"\d\d/\d{6}", re.ASCII)
"""Series and serial of an application: 17/248,024."""
_WO = re.compile(r"(\d{4}|\d{2})/(\d{1,6})|(\d{2})(\d{5,6})|(\d{4})(\d{5,6})", re.ASCII)
_JP = re.compile(r"([SH])?(\d{1,2})-(\d{1,6})|([SH])(\d\d)(\d{1,6})|(\d{4})-(\d{1,6})", re.ASCII)
_KR = re.compile(r"[12]0((?:19|20)\d{9})|(\d{9})0000", re.ASCII)
_WITHOUT_ZEROS = ("AU", "CA", "DE", "FR", "GB", "RU", "SU", "TW")


def doc_number(country: str, text: str) -> str:
    """`text` (upper case, without blanks and commas) as `country` numbers it in DOCDB; raises `NumberError`."""
    if _CHARACTERS.fullmatch(text) is None:
        raise _wrong(country, text)
    rule = _RULES.get(country)
    return text if rule is None else rule(text)


def variants(country: str, number: str) -> tuple[str, ...]:
    """Other spellings of the canonical `number` that are in use, as far as they differ from it."""
    spell = _VARIANTS.get(country)
    return () if spell is None else tuple(dict.fromkeys(other for other in spell(number) if other != number))


def _wrong(country: str, text: str) -> NumberError:
    return NumberError(f"“{shown(text)}”不是 {country} 的公开号", f"{shown(text)!r} is no publication number of {country}")


def _cn(text: str) -> str:
    digits = text.translate(_SEPARATORS)
    if not (digits.isdigit() and len(digits) in (7, 8, 9)) or "." in text:
        raise _wrong("CN", text)
    return digits


def _ep(text: str) -> str:
    digits = text.translate(_SEPARATORS).lstrip("0")
    if not digits.isdigit() or len(digits) > 7:
        raise _wrong("EP", text)
    return digits.zfill(7)


def _ea(text: str) -> str:
    return text.translate(_SEPARATORS).lstrip("0").zfill(6)


def _us(text: str) -> str:
    compact = text.translate(_SEPARATORS)
    if application := _US_APPLICATION.fullmatch(compact):
        return application[1] + application[2]
    grant = _US.fullmatch(compact)
    if grant is None or _US_SERIES.fullmatch(text):
        raise _wrong("US", text)
    return ("D" if grant[1] == "DES" else grant[1] or "") + grant[2]


def _wo(text: str) -> str:
    found = _WO.fullmatch(text.replace("-", "/"))
    if found is None:
        raise _wrong("WO", text)
    year, serial = (part for part in found.groups() if part is not None)
    if len(year) == 2:
        if "05" <= year < "78":  # numbers with two digits of the year ended with 2003
            raise _wrong("WO", text)
        year = ("19" if year >= "78" else "20") + year
    return year + serial.zfill(6)


def _jp(text: str) -> str:
    found = _JP.fullmatch(text)
    if found is None:
        return _without_zeros(text)
    era, year, serial = found[1] or found[4], found[2] or found[5] or found[7], found[3] or found[6] or found[8]
    if year >= "2000" and len(year) == 4:
        return year + serial.zfill(6)
    if len(year) == 4:
        era, year = ("H", str(int(year) - 1988)) if year >= "1989" else ("S", str(int(year) - 1925))
    era = era or ("H" if int(year) <= 12 else "S")
    return era + year.zfill(2) + serial.lstrip("0")


def _kr(text: str) -> str:
    compact = text.translate(_SEPARATORS)
    found = _KR.fullmatch(compact)
    return compact if found is None else found[1] or found[2]


def _without_zeros(text: str) -> str:
    return text.translate(_SEPARATORS).lstrip("0")


_RULES: dict[str, Callable[[str], str]] = {
    "CN": _cn,
    "EP": _ep,
    "EA": _ea,
    "US": _us,
    "WO": _wo,
    "JP": _jp,
    "KR": _kr,
    **dict.fromkeys(_WITHOUT_ZEROS, _without_zeros),
}


def _ep_variants(number: str) -> tuple[str, ...]:
    return number.lstrip("0"), number.zfill(8)


def _us_variants(number: str) -> tuple[str, ...]:
    if len(number) == 10 and number.isdigit():
        return (f"{number[:4]}0{number[4:]}",)
    digits = number.lstrip("ADEHIPRTX")
    prefix = number.removesuffix(digits)
    return (prefix + digits.zfill(8 - len(prefix)),)


def _wo_variants(number: str) -> tuple[str, ...]:
    year, serial = number[:4], number[4:]
    short = serial.removeprefix("0")
    return (year + short, year[2:] + short, year[2:] + serial) if year < "2004" else (year + short,)


def _jp_variants(number: str) -> tuple[str, ...]:
    return (number[:3] + number[3:].zfill(6),) if number[0] in "SH" else ()


def _kr_variants(number: str) -> tuple[str, ...]:
    return ("10" + number, "20" + number) if len(number) == 11 else ()


_VARIANTS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "EP": _ep_variants,
    "US": _us_variants,
    "WO": _wo_variants,
    "JP": _jp_variants,
    "KR": _kr_variants,
}
