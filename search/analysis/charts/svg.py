"""What the renderer drew, made fit for a page: only shapes and texts are kept, texts and addresses are put in their places."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from search.analysis.charts.drawing import ACCENT, BASE, HATCH, PLACE

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"

_ELEMENTS = frozenset({"svg", "g", "path", "line", "rect", "circle", "text", "a", "defs", "clipPath"})
_ATTRIBUTES = frozenset(
    {
        *("id", "transform", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "d", "clip-path"),
        *("fill", "fill-opacity", "opacity", "text-anchor", "font-size", "font-weight"),
        *("stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
    }
)
"""Whatever else stands in the drawing is left out of the page: scripts, styles, pictures, references, roles."""

_LONG = re.compile(r"(\d+\.\d\d)\d+")
_SHAPES = ("path", "circle")

FACE_OF_PICTURES = "Noto Sans CJK SC"
"""The font that comes with the set-up (`noto_cjk_sans_otc`); a browser has its own."""
_FACE_OF_PAGES = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"


class NotOurs(ValueError):
    """The drawing holds a reference that the specification did not have."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What is put in: texts by place, the address and the name of each mark (no address: it opens nothing), what is read out.
    `id` begins every id, so that two charts may stand on one page."""

    id: str
    title: str
    description: str
    texts: Sequence[str]
    links: Sequence[tuple[str, str]]


def finish(drawn: str, labels: Labels, *, picture: bool = False) -> bytes:
    """The chart as a page takes it in; as a `picture` on white ground, in the font that comes with the set-up. `NotOurs`."""
    root = etree.fromstring(drawn.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for node in list(root.iter()):
        _strip(node, labels)
    _place(root, labels)
    _frame(root, labels, picture=picture)
    etree.cleanup_namespaces(root)
    made: bytes = etree.tostring(root, encoding="utf-8")
    return made


def _strip(node: etree._Element, labels: Labels) -> None:
    parent = node.getparent()
    name = etree.QName(node).localname if isinstance(node.tag, str) else ""
    unseen = node.get("display") == "none" or node.get("opacity") == "0" or (name == "path" and not node.get("d"))
    if name not in _ELEMENTS or unseen:
        if parent is not None:
            parent.remove(node)
        return
    address = node.get(_XLINK)
    for attribute in set(node.attrib) - _ATTRIBUTES:
        del node.attrib[attribute]
    for attribute, value in node.attrib.items():
        node.set(attribute, _LONG.sub(r"\1", value).replace("url(#", f"url(#{labels.id}-"))
    if "id" in node.attrib:
        node.set("id", f"{labels.id}-{node.get('id')}")
    if name == "a":
        node.set("href", address or "")


def _place(root: etree._Element, labels: Labels) -> None:
    """Texts and addresses where their places are; a mark without an address stays as it is drawn."""
    for node in root.iter(f"{{{_SVG}}}text"):
        text = node.text or ""
        if text.startswith(PLACE):
            node.text = labels.texts[int(text.removeprefix(PLACE))]
    for node in list(root.iter(f"{{{_SVG}}}a")):
        base, _, number = node.get("href", "").rpartition("/")
        if base != BASE or not number.isdecimal():
            raise NotOurs(node.get("href"))
        address, name = labels.links[int(number)]
        title = etree.Element(f"{{{_SVG}}}title")
        title.text = name
        node.insert(0, title)
        if address:
            node.set("href", address)
        else:
            node.tag = f"{{{_SVG}}}g"
            del node.attrib["href"]


def _frame(root: etree._Element, labels: Labels, *, picture: bool) -> None:
    """The root as wide as its box, with what is read out first, and the hatching.

    The children of an image are nothing to a screen reader (WAI-ARIA 1.2, 6.3.4), so one with links in it is a group."""
    width, height = root.get("width", ""), root.get("height", "")
    opens = any(address for address, _ in labels.links)
    root.set("role", "group" if opens else "img")
    root.set("aria-labelledby", f"{labels.id}-title")
    root.set("aria-describedby", f"{labels.id}-description")
    root.set("font-family", FACE_OF_PICTURES if picture else _FACE_OF_PAGES)
    root.set("width", "100%")
    del root.attrib["height"]
    said = [("title", labels.title), ("desc", labels.description)]
    for place, (tag, text) in enumerate(said):
        node = etree.Element(f"{{{_SVG}}}{tag}", id=f"{labels.id}-{'title' if tag == 'title' else 'description'}")
        node.text = text
        root.insert(place, node)
    root.insert(len(said), _hatch(f"{labels.id}-{HATCH[5:-1]}"))
    if picture:
        root.insert(len(said), etree.Element(f"{{{_SVG}}}rect", width=width, height=height, fill="#fff"))
    root.tail = None


def _hatch(name: str) -> etree._Element:
    defs = etree.Element(f"{{{_SVG}}}defs")
    pattern = etree.SubElement(defs, f"{{{_SVG}}}pattern", id=name, width="6", height="6", patternUnits="userSpaceOnUse")
    pattern.set("patternTransform", "rotate(45)")
    ground = etree.SubElement(pattern, f"{{{_SVG}}}rect", width="6", height="6", fill=ACCENT)
    ground.set("fill-opacity", ".12")
    etree.SubElement(pattern, f"{{{_SVG}}}rect", width="2", height="6", fill=ACCENT)
    return defs
