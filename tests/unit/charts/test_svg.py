"""What the renderer may have drawn, made fit for a page: what is kept, and what is not."""

import pytest
from lxml import etree

from search.analysis.charts.svg import Labels, NotOurs, finish

SVG = "{http://www.w3.org/2000/svg}"
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="40" viewBox="0 0 90 40">'
)
LABELS = Labels("a", "标题", "说明", ("名称 <b>&amp;", "二"), (("/search?q=%22a%22&x=1", "甲：3"), ("", "乙：1")))


def finished(inside: str, *, picture: bool = False) -> etree._Element:
    return etree.fromstring(finish(f"{HEAD}{inside}</svg>", LABELS, picture=picture))


def test_texts_and_addresses_are_put_in_their_places() -> None:
    root = finished('<g><a xlink:href="http://l.invalid/0"><path d="M0,0"/></a><text x="1">~0</text><text>20</text></g>')
    [link] = root.iter(f"{SVG}a")
    assert link.get("href") == "/search?q=%22a%22&x=1"
    assert link[0].tag == f"{SVG}title"
    assert link[0].text == "甲：3"
    assert [node.text for node in root.iter(f"{SVG}text")] == ["名称 <b>&amp;", "20"]


def test_a_mark_that_opens_nothing_is_no_link() -> None:
    root = finished('<a xlink:href="http://l.invalid/1"><path d="M0,0"/></a>')
    assert list(root.iter(f"{SVG}a")) == []
    assert [node.text for node in root.iter(f"{SVG}title")] == ["标题", "乙：1"]


@pytest.mark.parametrize(
    "address",
    ["http://l.invalid/", "http://l.invalid/0/1", "https://vega.github.io/0", "javascript:alert(1)", "data:text/html,0", "", "/0"],
)
def test_an_address_that_is_not_ours_is_refused(address: str) -> None:
    with pytest.raises(NotOurs):
        finished(f'<a xlink:href="{address}"><path d="M0,0"/></a>')


def test_only_shapes_and_texts_are_kept() -> None:
    root = finished(
        '<style>*{}</style><script>alert(1)</script><image xlink:href="http://elsewhere/x"/><foreignObject><p/></foreignObject>'
        '<use xlink:href="#a"/><!-- note --><?pi x?>'
        '<g onclick="alert(1)" style="fill:red" class="c" role="x" fill="none"><path d="M0,0h1.123456" x-y="z"/></g>'
        '<path d=""/><path d="M1,1" display="none"/><path d="M2,2" opacity="0"/>'
    )
    kept = [etree.QName(node).localname for node in root.iter() if isinstance(node.tag, str)]
    assert kept == ["svg", "title", "desc", "defs", "pattern", "rect", "rect", "g", "path"]
    [group] = root.iter(f"{SVG}g")
    assert dict(group.attrib) == {"fill": "none"}
    assert dict(group[0].attrib) == {"d": "M0,0h1.12"}


def test_it_is_as_wide_as_its_box_and_is_read_out() -> None:
    root = finished('<a xlink:href="http://l.invalid/0"><path d="M0,0"/></a>')
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("100%", None, "0 0 90 40")
    assert root.get("role") == "group"  # the links in an image would be nothing to a screen reader
    assert root.get("aria-labelledby") == root[0].get("id") == "a-title"
    assert root.get("aria-describedby") == root[1].get("id") == "a-description"
    assert (root[0].text, root[1].text) == ("标题", "说明")


def test_without_a_link_it_is_an_image() -> None:
    bare = etree.fromstring(finish(f"{HEAD}<path d='M0,0'/></svg>", Labels("a", "t", "d", (), (("", "x"),))))
    assert bare.get("role") == "img"


def test_ids_are_the_chart_s_own() -> None:
    root = finished(
        '<defs><clipPath id="clip0"><path d="M0,0"/></clipPath></defs><path clip-path="url(#clip0)" fill="url(#hatch)" d="M1,1"/>'
    )
    [shape] = [node for node in root.iter(f"{SVG}path") if node.get("fill")]
    ids = {node.get("id") for node in root.iter() if node.get("id")}
    assert shape.get("clip-path") == "url(#a-clip0)"
    assert shape.get("fill") == "url(#a-hatch)"
    assert ids == {"a-title", "a-description", "a-hatch", "a-clip0"}


def test_a_picture_has_a_white_ground_and_the_font_of_the_set_up() -> None:
    root = finished("<text>~1</text>", picture=True)
    assert (root[2].tag, root[2].get("fill"), root[2].get("width")) == (f"{SVG}rect", "#fff", "90")
    assert root.get("font-family") == "Noto Sans CJK SC"
    assert "PingFang" in (finished("<text>~1</text>").get("font-family") or "")


def test_an_entity_is_not_read() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        finish('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg xmlns="http://www.w3.org/2000/svg">&x</svg>', LABELS)
