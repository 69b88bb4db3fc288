"""A name of an applicant cut for comparing: what is its own, and its legal form.

Forms are taken off both ends of both names before these are compared, and compared too: 有限公司 is the short spelling of
有限责任公司, 股份公司 that of 股份有限公司 (公司法, article 7 of 2023), and the two are forms of different companies. A name is
never changed for anything else than comparing.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from search.text import tokens
from search.text.fold import fold

_CHINESE: dict[str, tuple[str, ...]] = {
    "股份有限公司": ("股份有限公司", "股份公司"),
    "有限责任公司": ("有限责任公司", "有限公司"),
    "公司": ("公司",),
    "株式会社": ("株式会社",),
    "有限会社": ("有限会社",),
    "合同会社": ("合同会社",),
    "주식회사": ("주식회사",),
}
_LATIN: dict[str, tuple[str, ...]] = {
    "co ltd": ("co ltd", "company limited", "co limited", "company ltd", "coltd"),
    "ltd": ("ltd", "limited"),
    "inc": ("inc", "incorporated"),
    "corp": ("corp", "corporation"),
    "co": ("co", "company"),
    "llc": ("llc", "l l c", "limited liability company"),
    "lp": ("lp", "l p"),
    "plc": ("plc", "public limited company"),
    "pty ltd": ("pty ltd", "pty limited", "proprietary limited"),
    "gmbh": ("gmbh", "g m b h", "gesellschaft mit beschränkter haftung", "gesellschaft mit beschrankter haftung"),
    "gmbh co kg": ("gmbh co kg", "gmbh und co kg", "gmbh and co kg"),
    "ag": ("ag", "a g", "aktiengesellschaft"),
    "kg": ("kg",),
    "se": ("se", "societas europaea"),
    "sa": ("sa", "s a", "société anonyme", "societe anonyme"),
    "sas": ("sas", "s a s"),
    "sarl": ("sarl", "s a r l"),
    "spa": ("spa", "s p a"),
    "srl": ("srl", "s r l"),
    "bv": ("bv", "b v"),
    "nv": ("nv", "n v"),
    "ab": ("ab", "aktiebolag"),
    "as": ("as", "a s"),
    "oy": ("oy", "oyj"),
    "kk": ("kk", "k k", "kabushiki kaisha", "kabushiki kaisya"),
}
_WORDS = re.compile(r"[^\W_]+")


def _longest_first(forms: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    pairs = [(fold(spelling), form) for form, spellings in forms.items() for spelling in spellings]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


_CHINESE_FORMS, _LATIN_FORMS = _longest_first(_CHINESE), _longest_first(_LATIN)


@dataclass(frozen=True, slots=True)
class Cut:
    """`core` is the name without its legal form, width, case, script and signs; `form` the form, ``None`` where it has none."""

    core: str
    form: str | None


@lru_cache(maxsize=4096)
def cut(name: str) -> Cut:
    """The name cut; one that is nothing but a form is its own core."""
    words = _WORDS.findall(fold(name))
    chinese = tokens.has_chinese(name)
    between = "" if chinese else " "
    whole = between.join(words)
    for spelling, form in _CHINESE_FORMS if chinese else _LATIN_FORMS:
        for core in (whole.removesuffix(between + spelling), whole.removeprefix(spelling + between)):
            if core not in (whole, ""):
                return Cut(core.strip(), form)
    return Cut(whole or name, None)


def same_spelled(one: str, other: str) -> bool:
    """Whether the names are one name and one form, in two spellings."""
    return cut(one) == cut(other)


def same_but_form(one: str, other: str) -> bool:
    """Whether the names differ by nothing but their forms: no ground to take them for one applicant."""
    return cut(one).core == cut(other).core and cut(one).form != cut(other).form
