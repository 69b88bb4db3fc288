"""The CPC scheme as published: XML of nested ``classification-item``; the nesting is the hierarchy, its levels the dots.

Levels 3 and 6 are headings over a range of classes or main groups and no classes themselves; 7 is the main group, 8 one dot.
"""

from collections.abc import Iterator

from lxml import etree

from search.find.classes.errors import SchemeRefused
from search.find.classes.model import Entry

_DEPTHS = {2: 0, 4: 1, 5: 2, 7: 3}
_DEEPEST = 60
_PARSER = etree.XMLParser(
    resolve_entities=False,
    load_dtd=False,
    no_network=True,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)


def entries(data: bytes) -> Iterator[Entry]:
    """The classes of one file, broader ones first; raises `SchemeRefused`."""
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise SchemeRefused(f"XML：{error}", f"XML: {error}") from None
    if root.tag != "class-scheme" or root.get("scheme-type") != "cpc":
        raise SchemeRefused("不是 CPC 分类表的 XML", "this XML is no CPC scheme")
    todo: list[tuple[etree._Element, str | None, int]] = [(item, None, 0) for item in _items(root)]
    while todo:
        item, above, deep = todo.pop()
        symbol = (item.findtext("classification-symbol") or "").strip()
        level = item.get("level", "")
        if not symbol or not level.isdecimal() or deep > _DEEPEST:
            raise SchemeRefused(f"分类号“{symbol}”没有可识别的级别", f"the class {symbol!r} has no level that is known")
        depth = _DEPTHS.get(int(level), int(level) - 4 if int(level) > 7 else None)
        if depth is not None:
            key = symbol.replace(" ", "").removesuffix("/00")
            yield Entry("cpc", key, above or _above(key), depth, en=_title(item), notes_en=_notes(item))
            above = key
        todo += [(each, above, deep + 1) for each in _items(item)]


def _items(element: etree._Element) -> list[etree._Element]:
    return list(element.iterchildren("classification-item", reversed=True))


def _above(key: str) -> str | None:
    """Of a file that begins below the root: a subclass's class, a class's section."""
    return {1: None, 3: key[:1], 4: key[:3]}.get(len(key))


def _title(item: etree._Element) -> str | None:
    """``Hand tools (edge trimmers for lawns A01G3/06)``; parts are parted by semicolons, references stand in brackets."""
    parts = []
    for part in item.iterfind("class-title/title-part"):
        asides = [_line("".join(aside.itertext())) for aside in part.iter("reference")]
        plain = _line("".join(_outside(part)))
        parts.append(plain + "".join(f" ({aside})" for aside in asides if aside))
    return "; ".join(part for part in parts if part) or None


def _outside(element: etree._Element) -> Iterator[str]:
    """The text within, but of references."""
    yield element.text or ""
    for child in element:
        if child.tag != "reference":
            yield from _outside(child)
        yield child.tail or ""


def _notes(item: etree._Element) -> str | None:
    paragraphs = item.iterfind("notes-and-warnings/note/note-paragraph")
    return "\n".join(line for line in (_line(" ".join(paragraph.itertext())) for paragraph in paragraphs) if line) or None


def _line(text: str) -> str:
    return " ".join(text.split()).strip(" ;")
