"""Numbers of publications and applications: one canonical form each, from every spelling, and the keys they are found by.

A canonical number has only the characters ``-./0-9A-Z``: ``CN110330865B``, ``US2015322651A1``, ``CN201910792871.4``,
``PCT/US1999/009417``.  A key is a number without ``-./``; `publication_keys` and `application_keys` are what a record is held
under, `lookup_keys` what a typed number may mean, and any spelling of a held number gives a key it is held under.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Literal, NamedTuple

from search.patent import chinese, offices
from search.patent import slips as mistyped
from search.patent.chinese import CheckDigitError, NumberError, check_digit
from search.patent.errors import shown

__all__ = [
    "CheckDigitError",
    "NumberError",
    "PublicationNumber",
    "Reading",
    "application",
    "application_keys",
    "check_digit",
    "is_canonical",
    "lookup_keys",
    "parse_publication",
    "publication",
    "publication_keys",
    "readings",
    "slips",
]

_NOISE = re.compile(r"[\s,\u200b\ufeff]+|号$")
_SEPARATORS = re.compile(r"[-./]+")
_PUBLICATION = re.compile(r"(?P<country>[A-Z]{2})(?P<doc_number>[-./0-9A-Z]*?\d)[-.]?(?P<kind>[A-Z]\d?)?", re.ASCII)
_KIND = re.compile(r"[A-Z]\d?", re.ASCII)
_PCT = re.compile(r"PCT/?(?P<office>[A-Z]{2})/?(?P<year>\d{4}|\d{2})/?(?P<serial>\d{1,6})", re.ASCII)
_PCT_COMPACT = re.compile(r"PCT/?(?P<office>[A-Z]{2})(?P<year>\d{4}(?=\d{6}$)|\d{2}(?=\d{5,6}$))(?P<serial>\d{5,6})", re.ASCII)
_PCT_EPODOC = re.compile(r"WO(?P<year>\d{4})(?P<office>[A-Z]{2})(?P<serial>\d{1,6})W?", re.ASCII)
_US_APPLICATION = re.compile(r"(?:(?:19|20)\d\d(?=\d{8}$))?(?P<series>\d{2})/?(?P<serial>\d{6})", re.ASCII)
_EP_APPLICATION = re.compile(r"(?P<year>\d\d)(?P<serial>\d{6})(?:\.\d)?", re.ASCII)
_EP_EPODOC = re.compile(r"(?:19|20)(?P<year>\d\d)0(?P<serial>\d{6})", re.ASCII)
_KR_APPLICATION = re.compile(r"10((?:19|20)\d{9})", re.ASCII)
_HONG_KONG = re.compile(r"\d{8}\.\d", re.ASCII)
_CHINESE_PUBLICATION = re.compile(r"[123]\d{8}(?:[A-Z]\d?)?", re.ASCII)
_US_BARE = re.compile(r"(?:(?:DES|D|PP|RE|RD|RX|AI|T|H)\d{1,8}|\d{7,8}|(?:19|20)\d\d/?\d{6,7})(?:[A-Z]\d?)?", re.ASCII)
_PLAIN = re.compile(r"(?:CN\d{7,9}|EP(?!0000000)\d{7}|US[1-9]\d{6,9}|WO\d{10})(?:[A-Z]\d?)?", re.ASCII)
_LONGEST = 64


class Reading(NamedTuple):
    """`number` is canonical."""

    kind: Literal["publication", "application"]
    number: str

    @property
    def key(self) -> str:
        """A key that a record of this number is held under."""
        return _key(self.number) if self.kind == "publication" else application_keys(self.number)[0]


class PublicationNumber(NamedTuple):
    """`number` is canonical: country, number and kind in one."""

    country: str
    doc_number: str
    kind: str | None
    number: str


def publication(country: str, doc_number: str, kind: str | None = None) -> str:
    """The canonical number of a publication from its three parts; raises `NumberError`."""
    plain = f"{country}{doc_number}{kind or ''}"
    if _is_plain(plain, country, doc_number):
        return plain
    return _publication(_clean(country), _clean(doc_number), _clean(kind) if kind else None).number


def is_canonical(number: str, country: str, doc_number: str, kind: str | None) -> bool:
    """Whether `number` is what `publication` makes of its parts; quick where there is nothing to normalise."""
    if number != f"{country}{doc_number}{kind or ''}":
        return False
    if _is_plain(number, country, doc_number):
        return True
    try:
        return publication(country, doc_number, kind) == number
    except NumberError:
        return False


def _is_plain(number: str, country: str, doc_number: str) -> bool:
    """Whether the number of these parts is one of the common forms that are canonical as they are."""
    return len(country) == 2 and doc_number.isdigit() and _PLAIN.fullmatch(number) is not None


def parse_publication(text: str) -> PublicationNumber:
    """The publication that `text` spells with its country in front; raises `NumberError`."""
    return _parse_publication(_clean(text))


def application(text: str, country: str | None = None) -> str:
    """The canonical application number; without `country` and none in `text` it is taken for a Chinese one.

    Chinese numbers get their check digit, international ones stand as ``PCT/US1999/009417``, others are country and number.
    Raises `CheckDigitError` for a wrong check digit, `NumberError` else.
    """
    cleaned = _clean(text)
    if international := _pct(cleaned):
        return international
    office = _clean(country) if country else _office(cleaned)
    if office in ("CN", "ZL"):
        return chinese.read(cleaned).number
    return office + _application_number(office, _undouble(office, cleaned))


def publication_keys(country: str, doc_number: str, kind: str | None = None) -> tuple[str, ...]:
    """The keys of a record by its canonical parts, each with and without the kind; the canonical ones come first."""
    keys: dict[str, None] = {}
    for spelling in (doc_number, *offices.variants(country, doc_number)):
        bare = _key(country + spelling)
        keys[bare] = None
        if kind:
            keys[bare + kind] = None
    return tuple(keys)


def application_keys(number: str) -> tuple[str, ...]:
    """The keys of a canonical application number; the canonical one comes first."""
    if number.startswith("CN"):
        try:
            found = chinese.read(number)
        except NumberError:
            return (_key(number),)
        bodies, check = dict.fromkeys((found.printed, found.twelve, found.epodoc)), found.check
        return (*(f"CN{body}" for body in bodies), *(f"CN{body}{check}" for body in bodies if check))
    return (_key(number),)


def lookup_keys(text: str) -> tuple[str, ...]:
    """The keys that a typed number may mean, likeliest first; empty for what is no number. Never raises."""
    return _lookup_keys(text) if len(text) <= _LONGEST else ()


@lru_cache(maxsize=4096)
def _lookup_keys(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading.key for reading in readings(text)))


def readings(text: str) -> tuple["Reading", ...]:
    """What a typed number may be, likeliest first; empty for what is no number. Never raises."""
    if len(text) > _LONGEST:
        return ()
    cleaned = _clean(text)
    found = (number for guess in (_as_publication, _as_application, _bare) for number in guess(cleaned))
    return tuple(dict.fromkeys(found))


def slips(text: str) -> tuple[str, ...]:
    """The Chinese application numbers that a mistyped one may have been (`search.patent.slips`)."""
    return mistyped.slips(_clean(text)) if len(text) <= _LONGEST else ()


def _clean(text: str) -> str:
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _NOISE.sub("", folded.upper().replace("_", "-"))


def _key(number: str) -> str:
    return _SEPARATORS.sub("", number)


def _undouble(country: str, text: str) -> str:
    while text.startswith(country):
        text = text[len(country) :].lstrip("-./")
    return text


def _publication(country: str, text: str, kind: str | None) -> PublicationNumber:
    if len(country) != 2 or not country.isalpha() or not country.isascii():
        raise NumberError(f"“{shown(country)}”不是 ST.3 国家代码", f"{shown(country)!r} is no ST.3 code of two letters")
    if kind is not None and _KIND.fullmatch(kind) is None:
        raise NumberError(f"“{shown(kind)}”不是文献种类代码", f"{shown(kind)!r} is no ST.16 kind code")
    doc_number = offices.doc_number(country, _undouble(country, text))
    return PublicationNumber(country, doc_number, kind, country + doc_number + (kind or ""))


def _parse_publication(cleaned: str) -> PublicationNumber:
    found = _PUBLICATION.fullmatch(cleaned)
    if found is None or cleaned.startswith(("PCT", "ZL")) or len(cleaned) > _LONGEST:
        raise NumberError(
            f"“{shown(cleaned)}”不是公开号，应形如 CN110330865B 或 US2015322651A1",
            f"{shown(cleaned)!r} is no publication number; one looks like CN110330865B or US2015322651A1",
        )
    return _publication(found["country"], found["doc_number"].lstrip("-./"), found["kind"])


def _pct(cleaned: str) -> str | None:
    found = _PCT_COMPACT.fullmatch(cleaned) or _PCT.fullmatch(cleaned) or _PCT_EPODOC.fullmatch(cleaned)
    if found is None:
        return None
    year = found["year"]
    if len(year) == 2:
        year = ("19" if year >= "78" else "20") + year
    return f"PCT/{found['office']}{year}/{found['serial'].zfill(6)}"


def _office(cleaned: str) -> str:
    if cleaned[:2].isalpha():
        return cleaned[:2]
    if _US_APPLICATION.fullmatch(cleaned) and "/" in cleaned:
        return "US"
    return "CN"


def _application_number(office: str, text: str) -> str:
    """`text` without its country, as `office` numbers applications; raises `NumberError`."""
    match office:
        case "US" if found := _US_APPLICATION.fullmatch(text):
            return found["series"] + found["serial"]
        case "EP" if found := _EP_APPLICATION.fullmatch(text) or _EP_EPODOC.fullmatch(text):
            return found["year"] + found["serial"]
        case "JP":
            return offices.doc_number("JP", text)
        case "KR" if found := _KR_APPLICATION.fullmatch(_key(text)):
            return found[1]
    if not any(character.isdigit() for character in text) or re.fullmatch(r"[-./0-9A-Z]+", office + text) is None:
        raise NumberError(
            f"“{shown(text)}”不是 {shown(office)} 的申请号",
            f"{shown(text)!r} is no application number of {shown(office)}",
        )
    return text


def _as_publication(cleaned: str) -> Iterator["Reading"]:
    with suppress(NumberError):
        yield Reading("publication", _parse_publication(cleaned).number)


def _as_application(cleaned: str) -> Iterator["Reading"]:
    try:
        yield Reading("application", application(cleaned))
    except CheckDigitError:  # 03100263.7 looks Chinese and is of Hong Kong
        if _HONG_KONG.fullmatch(cleaned):
            yield Reading("publication", "HK" + cleaned)
    except NumberError:
        return


def _bare(cleaned: str) -> Iterator["Reading"]:
    """What a number without its country may be: Chinese by its first digit, United States by its length."""
    for country, form in (("CN", _CHINESE_PUBLICATION), ("US", _US_BARE)):
        if form.fullmatch(cleaned):
            yield from _as_publication(country + cleaned)
