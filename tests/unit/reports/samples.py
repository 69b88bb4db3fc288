"""Reports to write: a small one with every kind of block, and a picture."""

import struct
import zlib
from datetime import UTC, datetime

from search.export.reports.model import Heading, Listing, PageBreak, Paragraph, Picture, Report, Table

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
RARE = "䶮、\U0002cb5b、\U00020bb7"
HARM = '#set page(fill: red) $x$ *b* <b>&amp; { HYPERLINK "http://e.invalid" } \\u{41} `raw` @a //'
UNREADABLE = "前\x00\x1b\ud800\ufffe后"


def a_picture() -> bytes:
    """A blue PNG of 200 by 100 pixels."""
    rows = b"".join(b"\0" + b"\x30\x60\xc0" * 200 for _ in range(100))
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 200, 100, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def a_report(**changed: object) -> Report:
    """Every kind of block once, rare characters, and texts that mean harm."""
    blocks = (
        Heading("方法"),
        Paragraph(f"统计了{RARE}。\n第二行"),
        Paragraph(HARM, quiet=True),
        Heading("检索式", 2),
        Listing(("第一项", UNREADABLE)),
        Table(
            "申请人",
            ("申请人", "件数"),
            (*((f"公司{n} & <x>", str(n)) for n in range(60)), (HARM, "7")),
            note="注：以公开文本计。",
            figures=frozenset({1}),
            pale=frozenset({2}),
            links=(("", ""),) * 60 + (("", "/search?q=%3C&a=<b>"),),
        ),
        Heading("第三级", 3),
        Heading("第四级", 4),
        Heading("结论"),
        Picture(a_picture(), "png", "趋势", "一块蓝色"),
        PageBreak(),
        Heading("全文", annex=True),
        Heading("CN1A", 2),
        Paragraph("甲"),
    )
    values: dict[str, object] = {
        "title": "锂电池专利分析",
        "lang": "zh",
        "blocks": blocks,
        "subtitle": "国内外最新动态",
        "facts": (("检索式", "title:电池"), ("件数", "10")),
        "as_of": "数据截至 2026-11-20",
    }
    return Report(**(values | changed))  # type: ignore[arg-type]
