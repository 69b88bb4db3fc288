"""Class symbols of the USPTO's XML 4.x: IPC in both forms, CPC, Locarno, national."""

from collections.abc import Callable, Iterable

from lxml import etree

from search.patent import classes
from search.patent.model import Symbol

_PARTS = ("section", "class", "subclass", "main-group", "subgroup")


def ipc(root: etree._Element) -> tuple[Symbol, ...]:
    """``classifications-ipcr`` (since v4.2), else the columns of ``classification-ipc`` (v4.0, v4.1)."""
    reformed = root.findall("classifications-ipcr/classification-ipcr")
    if reformed:
        return _allocated(reformed)
    printed = root.xpath("classification-ipc/main-classification | classification-ipc/further-classification")
    return _symbols((element.text or "" for element in printed), classes.ipc)


def cpc(root: etree._Element) -> tuple[Symbol, ...]:
    """The main symbol, then the further ones; combination sets repeat them and are left out."""
    return _allocated(
        root.xpath("classifications-cpc/main-cpc/classification-cpc | classifications-cpc/further-cpc/classification-cpc")
    )


def locarno(root: etree._Element) -> tuple[Symbol, ...]:
    """``0101`` is 01-01."""
    printed = root.xpath("classification-locarno/main-classification | classification-locarno/further-classification")
    return _symbols(((element.text or "").strip() for element in printed), classes.locarno)


def national(root: etree._Element) -> tuple[Symbol, ...]:
    """US classes ``705/26``; three columns of class, three of subclass, the rest a decimal or a letter."""
    printed = root.xpath("classification-national/main-classification | classification-national/further-classification")
    return _symbols((element.text or "" for element in printed), _national)


def _allocated(elements: Iterable[etree._Element]) -> tuple[Symbol, ...]:
    found: dict[str, Symbol] = {}
    for element in elements:
        section, number, subclass, group, subgroup = ((element.findtext(part) or "").strip() for part in _PARTS)
        try:
            symbol = classes.ipc(f"{section}{number}{subclass} {group}/{subgroup}")
        except classes.ClassError:
            continue
        value = (element.findtext("classification-value") or "").strip()
        inventive = {"I": True, "N": False, "A": False}.get(value)
        found.setdefault(symbol, Symbol(symbol=symbol, first=not found, inventive=inventive))
    return tuple(found.values())


def _symbols(printed: Iterable[str], read: Callable[[str], str]) -> tuple[Symbol, ...]:
    """Canonical symbols without repeats, the first marked; what can't be read is left out."""
    found: dict[str, Symbol] = {}
    for text in printed:
        try:
            symbol = read(text)
        except ValueError:  # ClassError is one
            continue
        found.setdefault(symbol, Symbol(symbol=symbol, first=not found))
    return tuple(found.values())


def _national(text: str) -> str:
    number, subclass, rest = text[:3].replace(" ", ""), text[3:6].replace(" ", ""), text[6:].strip()
    if not number or not subclass:
        raise ValueError(f"not a US class: {text!r}")
    return f"{number}/{subclass}{'.' if rest.isdigit() else ''}{rest}"
