"""Class symbols: IPC and CPC (WIPO ST.8 and its relatives) and Locarno, in one form and as keys of every level.

A printed symbol is ``A01B 1/02``, a compact key the same without its blank.  A prefix of a key is a broader class down to the
main group only: below it the hierarchy stands in the scheme's dots, not in the symbol.
"""

import re
import unicodedata
from functools import lru_cache

from search.patent.errors import Unreadable, shown

_SUBCLASS = r"([A-HY]\d\d[A-Z])"
_SLASH = re.compile(_SUBCLASS + r"\s*(\d{1,4})\s*/\s*(\d{2,6})(?:\s*\(.{0,60}|\s.{0,60}|[A-Z]{1,9})?", re.ASCII)
_SCHEME = re.compile(_SUBCLASS + r"(\d{4})(\d{6})", re.ASCII)
_COLUMNS = re.compile(_SUBCLASS + r"(\d{3}| \d\d|  \d)(\d{2,6})", re.ASCII)
_LEVEL = re.compile(r"([A-HY](?:\d\d[A-Z]?)?)|" + _SUBCLASS + r"(\d{1,4})/?", re.ASCII)
_LOCARNO = re.compile(r"(\d{1,2})-(\d{1,2})\s*(?:\(\d+\))?|(\d\d)(\d\d)", re.ASCII)
_LOCARNO_CLASS = re.compile(r"\d{1,2}", re.ASCII)


class ClassError(Unreadable):
    """A text that is no class symbol."""


@lru_cache(maxsize=65536)
def ipc(text: str) -> str:
    """``A01B 1/02`` from any spelling of an IPC or CPC symbol; raises `ClassError`.

    Read are the printed form with what follows it (``(2006.01)I``), zero-padded main groups, the scheme's 14 characters
    ``A01B0001020000``, CPRS ``A47J02766``, and the fixed columns of old USPTO files: ``A61K  713`` is A61K 7/13.
    """
    folded = _fold(text)
    found = _SLASH.fullmatch(folded) or _COLUMNS.fullmatch(folded)
    subgroup = found[3] if found else ""
    if found is None and (found := _SCHEME.fullmatch(folded)):
        subgroup = found[3].rstrip("0").ljust(2, "0")
    if found is None or not (group := found[2].strip().lstrip("0")):
        raise ClassError(
            f"“{shown(text)}”不是分类号，应形如 A01B 1/02", f"{shown(text)!r} is no class symbol; one looks like A01B 1/02"
        )
    return f"{found[1]} {group}/{subgroup}"


@lru_cache(maxsize=4096)
def locarno(text: str) -> str:
    """``01-01`` from ``01-01 (12)``, ``1-1`` or ``0101``; the edition in brackets is left out. Raises `ClassError`."""
    found = _LOCARNO.fullmatch(_fold(text))
    if found is None:
        raise ClassError(
            f"“{shown(text)}”不是洛迦诺分类号，应形如 01-01", f"{shown(text)!r} is no Locarno class; one looks like 01-01"
        )
    return f"{(found[1] or found[3]).zfill(2)}-{(found[2] or found[4]).zfill(2)}"


@lru_cache(maxsize=65536)
def levels(symbol: str) -> tuple[str, ...]:
    """The compact keys of a canonical symbol, broadest first: A, A01, A01B, A01B1, A01B1/02; of Locarno 01, 01-01."""
    compact = symbol.replace(" ", "")
    if compact[0].isdigit():
        return compact[:2], compact
    return compact[0], compact[:3], compact[:4], compact.partition("/")[0], compact


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The compact key of a typed class at any level (``a01b``, ``A01B 1``, ``A01B1/02``, ``01-01``, ``01``).

    Raises `ClassError`.  Up to four digits behind a subclass are a main group, more are a spelling that `ipc` reads.
    """
    folded = _fold(text)
    if _LOCARNO_CLASS.fullmatch(folded):
        return folded.zfill(2)
    if folded[:1].isdigit():
        return locarno(folded)
    found = _LEVEL.fullmatch(folded.replace(" ", ""))
    if found is None:
        return ipc(folded).replace(" ", "")
    return found[1] or found[2] + (found[3].lstrip("0") or "0")


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()
