"""Charts as they are drawn by the real renderer, in its own process."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from lxml import etree

from search.analysis.charts.kinds import drawing
from search.analysis.charts.painter import Painter
from search.analysis.charts.pool import Pool
from search.analysis.charts.problems import NothingToDraw
from search.analysis.model import Row
from tests.unit.charts.pixels import grey, ink
from tests.unit.charts.tables import EMPTY, EVERY, HARM, PARTIES, TREND, a_row, a_table

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def painter() -> Iterator[Painter]:
    with closing(Painter(Pool(workers=1, patience_s=120))) as made:
        yield made


def link(row: Row) -> str:
    return f"/search?q={quote(row.query)}&expand=false"


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("table", EVERY, ids=lambda table: f"{table.name} by {' and '.join(table.by)}")
def test_every_mark_opens_exactly_its_row_and_nothing_else_is_in_it(painter: Painter, table: Any, size: Any) -> None:
    root = etree.fromstring(painter.svg(table, "zh", link=link, size=size))
    drawn = drawing(table, "zh", size)
    assert drawn is not None
    opened = [(node.get("href"), node.findtext(f"{SVG}title")) for node in root.iter(f"{SVG}a")]
    assert sorted(opened) == sorted((link(row), name) for row, name in zip(drawn.marks, drawn.names, strict=True))
    allowed = {"svg", "title", "desc", "defs", "pattern", "clipPath", "g", "a", "path", "line", "rect", "circle", "text"}
    assert {etree.QName(node).localname for node in root.iter()} <= allowed
    for node in root.iter():
        for name, value in node.attrib.items():
            assert not name.startswith("on"), name
            assert name not in ("style", "class"), name
            assert name == "href" or "http" not in value, value


def test_a_name_that_means_harm_is_read_as_it_is(painter: Painter) -> None:
    """T50, and an address cannot be broken out of."""
    wide = a_table(["applicant"], [a_row("<b>&", count=2), a_row("~0", count=1)], name="parties")
    assert {"<b>&", "~0"} <= {node.text for node in etree.fromstring(painter.svg(wide, "en")).iter(f"{SVG}text")}
    made = painter.svg(PARTIES, "en", link=link)
    assert "<script" not in made
    assert f"{HARM}: 1000" in {node.text for node in etree.fromstring(made).iter(f"{SVG}title")}


@pytest.mark.parametrize(
    "address", ["http://elsewhere/", "//elsewhere/", "/\\elsewhere", "javascript:alert(1)", "search", "", "/搜"]
)
def test_a_link_that_leaves_the_service_is_a_mistake(painter: Painter, address: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(address)}$"):
        painter.svg(PARTIES, "zh", link=lambda _row: address)


def test_without_links_it_is_an_image(painter: Painter) -> None:
    made = painter.svg(TREND, "zh")
    assert "<a " not in made
    assert 'role="img"' in made


def test_an_incomplete_year_is_hatched_and_one_that_is_complete_is_not(painter: Painter) -> None:
    root = etree.fromstring(painter.svg(TREND, "zh", link=link))
    fills = [node.get("fill") for node in root.iter(f"{SVG}path") if node.get("stroke") == "#0b5d7a" and node.get("fill")]
    assert fills.count("url(#trend-large-hatch)") == 2
    assert fills.count("#0b5d7a") == 11


def test_the_same_chart_is_drawn_once_and_is_the_same(painter: Painter) -> None:
    first = painter.svg(PARTIES, "zh", link=link)
    counted = _Counting()
    one = Painter(counted)  # type: ignore[arg-type]  # it has what a painter needs of a pool
    assert one.svg(PARTIES, "zh") == one.svg(PARTIES, "zh")
    one.svg(PARTIES, "en")
    one.png(PARTIES, "zh")
    assert counted.runs == 3
    with closing(Painter(Pool(workers=1, patience_s=120))) as other:
        assert other.svg(PARTIES, "zh", link=link) == first


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    counted = _Counting()
    one = Painter(counted, kept_bytes=200)  # type: ignore[arg-type]
    tables = [replace(PARTIES, name=name) for name in ("parties", "classes", "regions")]
    for table in (tables[0], tables[1], tables[0], tables[2], tables[0]):
        one.svg(table, "zh")
    assert counted.runs == 3
    one.svg(tables[1], "zh")
    assert counted.runs == 4


class _Counting:
    """Answers a hundred bytes, and counts."""

    def __init__(self) -> None:
        self.runs = 0

    def run(self, _job: bytes) -> bytes:
        self.runs += 1
        return b"x" * 100


def test_nothing_to_draw_is_said(painter: Painter) -> None:
    for draw in (painter.svg, painter.png):
        with pytest.raises(NothingToDraw):
            draw(EMPTY, "zh")


def shape(painter: Painter, name: str) -> bytes:
    """What is dark where the name stands, of a chart of one bar with this name."""
    picture = grey(painter.png(a_table(["applicant"], [a_row(name)], name="parties"), "zh"))
    made = ink(picture[:, :520])  # the bar begins at twice 270
    assert made.size
    return bytes([len(made)]) + made.tobytes()


def test_chinese_names_are_letters_in_a_picture_and_no_boxes(painter: Painter) -> None:
    """U+20BB7 stands beyond the first plane; U+F8FE is no letter of any font of the set-up."""
    letters = [*"锂電嘅ａ", "\U00020bb7", "\u3402", "𬭛", "䶮"]
    box = shape(painter, "\uf8fe")
    shapes = {shape(painter, letter) for letter in letters}
    assert box not in shapes
    assert len(shapes) == len(letters)
    assert shape(painter, "锂") == shape(painter, "锂 ")


def test_a_picture_is_twice_as_wide_and_on_white(painter: Painter) -> None:
    picture = grey(painter.png(TREND, "en"))
    assert picture.shape[1] == 1400
    assert (picture[0] == 255).all()
    assert (picture < 128).any()


def test_a_hatched_column_is_light_and_dark_in_turn(painter: Painter) -> None:
    """Columns stand beside each other from the left; the last two are incomplete."""
    picture = grey(painter.png(TREND, "zh"))
    foot = picture[2 * (30 + 280) - 6, 104:]
    widths = np.array_split(foot, 14)
    dark = [float((part < 128).mean()) for part in widths]
    assert dark[1] > 0.7
    assert 0.1 < dark[-1] < 0.6
    assert dark[2] < 0.1
