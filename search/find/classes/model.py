"""Classes as a scheme has them. A class is named by its key: of IPC and CPC the compact one (`search.patent.classes`), a main
group without ``/00``; of the others their own code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from search.patent import classes

Scheme = Literal["ipc", "cpc", "wipo35", "gbt4754"]
"""The International and the Cooperative Patent Classification; WIPO's fields of technology; the industries of GB/T 4754."""

SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
SYMBOLS: tuple[Scheme, ...] = ("ipc", "cpc")
"""Those whose symbols documents carry; the others reach documents by what ties them to the IPC."""

FLAT = 4
"""Depth of every subgroup of a scheme without levels below the main group; with them it is that of one dot."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A class of a scheme; its depth counts from 0, of the IPC: section, class, subclass, main group, one dot, two dots …
    Absent texts leave those that stand."""

    scheme: Scheme
    key: str
    parent: str | None
    depth: int
    zh: str | None = None
    en: str | None = None
    notes_zh: str | None = None
    notes_en: str | None = None

    def titles(self) -> Mapping[str, str]:
        """By language."""
        return {lang: text for lang, text in (("zh", self.zh), ("en", self.en)) if text}

    def notes(self) -> Mapping[str, str]:
        """By language."""
        return {lang: text for lang, text in (("zh", self.notes_zh), ("en", self.notes_en)) if text}


@dataclass(frozen=True, slots=True)
class Link:
    """Within one scheme: what was `key` is now `target`, since `day` (ISO); here ``/00`` is that symbol alone. Between two: `key`
    holds what `target` holds."""

    scheme: Scheme
    key: str
    target_scheme: Scheme
    target: str
    kind: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that can't be read, by its line, and why."""

    line: int
    zh: str
    en: str


def node(scheme: Scheme, text: str) -> str:
    """The key of a typed class; raises `ClassError` for what can't be one."""
    if scheme not in SYMBOLS:
        return text.strip().upper()
    key = classes.key(text)
    if not key[:1].isalpha():
        raise classes.ClassError(f"“{text[:40]}”不是 IPC 或 CPC 分类号", f"{text[:40]!r} is no symbol of the IPC or the CPC")
    return key.removesuffix("/00")


def placed(scheme: Scheme, key: str) -> tuple[int, str | None]:
    """Depth and parent that an IPC or CPC symbol has by itself, without any scheme: those of its levels."""
    if len(key) == 1:
        return 0, None
    depth = FLAT if "/" in key else min(len(key) - 2, 3)
    return depth, (key[0], key[:3], key[:4], key.partition("/")[0])[depth - 1]


def printed(scheme: Scheme, key: str) -> str:
    """``A01B 1/02`` of ``A01B1/02``, ``A01B 1/00`` of the main group ``A01B1``; of others the key."""
    if scheme not in SYMBOLS or len(key) < 5:
        return key
    return f"{key[:4]} {key[4:]}{'' if '/' in key else '/00'}"


def order(scheme: Scheme, key: str) -> tuple[str, int, str]:
    """Sorts as schemes print: 1/02, 1/022, 1/04, 3/00."""
    if scheme not in SYMBOLS:
        return "", int(key) if key.isdigit() and scheme == "wipo35" else 0, key
    group, _, subgroup = key[4:].partition("/")
    return key[:4], int(group or 0), subgroup
