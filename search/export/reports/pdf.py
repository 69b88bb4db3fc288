"""`write`: a report as PDF, set by Typst in a process of its own (`search.export.reports.typesetting`).

The set-up brings one font with Chinese, Noto Sans CJK, in which every report can be set; where the operator's folder of fonts
(PATENTRY_FONTS) has those that the layout names, they are taken.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from auth.http.lang import Language
from search.export.reports.columns import fit
from search.export.reports.layout import ALSO, Face, Layout
from search.export.reports.model import CONTENTS, Heading, Listing, PageBreak, Paragraph, Picture, Report, Table, readable
from search.export.reports.numbering import Numbered, numbered
from search.export.reports.problems import NotSet
from search.export.reports.typesetting import Job

_log = logging.getLogger(__name__)

TIME_S = 60
"""The most that setting a report may take."""

FONT = "Noto Sans CJK SC"
_HIGHEST_MM = 150
"""Of a picture."""


def write(report: Report, layout: Layout, *, now: datetime, fonts: Path | None = None) -> bytes:
    """The file. `now` is when it says it was made; `fonts` is a folder of further ones. Raises `NotSet`."""
    ordered = msgspec.msgpack.encode(job(report, layout, now=now, fonts=fonts))
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "search.export.reports.typesetting"],
            input=ordered,
            capture_output=True,
            timeout=TIME_S,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as failed:
        _log.warning("a report was not set: %s", (failed.stderr or b"").decode(errors="replace")[-2_000:] or failed)
        raise NotSet from failed
    return ran.stdout


def job(report: Report, layout: Layout, *, now: datetime, fonts: Path | None = None) -> Job:
    """What the process is given."""
    import noto_cjk_sans_otc  # noqa: PLC0415  a folder of fonts

    pictures: dict[str, bytes] = {}
    blocks = [_block(each, pictures, layout) for each in numbered(report.blocks, layout.numbering, report.lang)]
    said = {
        "title": readable(report.title),
        "subtitle": readable(report.subtitle),
        "as_of": readable(report.as_of),
        "facts": [readable(f"{label}：{value}" if report.lang == "zh" else f"{label}: {value}") for label, value in report.facts],
        "contents": "目录" if report.lang == "zh" else "Contents",
        "depth": CONTENTS,
        "lang": report.lang,
        "made": {"year": now.year, "month": now.month, "day": now.day},
        "look": _look(layout, report.lang),
        "blocks": blocks,
    }
    folders = [str(Path(noto_cjk_sans_otc.__file__).parent), *([str(fonts)] if fonts else [])]
    return Job(json.dumps(said, ensure_ascii=False), pictures, folders, int(now.timestamp()))


def _look(layout: Layout, lang: Language) -> dict[str, Any]:
    return {
        "body": _face(layout.body, lang),
        "title": _face(layout.title, lang),
        "headings": [_face(face, lang) for face in layout.headings],
        "table": _face(layout.table, lang),
        "caption": _face(layout.caption, lang),
        "foot": _face(layout.foot, lang),
        "above": layout.above,
        "below": layout.below,
        "left": layout.left,
        "right": layout.right,
        "between": layout.pitch - layout.body.size,
        "apart": 0 if layout.indent else 6,
        "tracking": layout.tracking,
        "indent": layout.indent,
        "dashes": layout.dashes,
    }


def _face(face: Face, lang: Language) -> dict[str, Any]:
    """The fonts in which a sign is looked for, one after the other; in Chinese “ ” … are Chinese too (`covers`), as in a DOCX
    (w:hint)."""
    latin = {"name": face.latin, "covers": "latin-in-cjk"} if lang == "zh" else face.latin
    named = dict.fromkeys((face.east, *ALSO[face.east], FONT))
    return {"font": [latin, *named], "size": face.size, "weight": "bold" if face.bold else "regular"}


def _block(each: Numbered, pictures: dict[str, bytes], layout: Layout) -> dict[str, Any]:
    match each.block:
        case Heading(text=text, level=level):
            return {"kind": "heading", "level": level, "text": readable(each.number + text)}
        case Paragraph(text=text, quiet=quiet):
            return {"kind": "paragraph", "text": readable(text), "quiet": quiet}
        case Listing(items=items):
            return {"kind": "listing", "items": _all(items)}
        case Table() as table:
            fitted = fit(table, layout)
            return {
                "kind": "table",
                "caption": readable(each.number + table.caption),
                "head": _all(fitted.broken(table.head)),
                "rows": [_all(fitted.broken(row)) for row in table.rows],
                "note": readable(table.note),
                "figures": sorted(table.figures),
                "pale": sorted(table.pale),
                "shares": fitted.shares,
                "size": fitted.size,
                "whole": fitted.whole,
            }
        case Picture() as picture:
            name = f"{len(pictures) + 1}.{picture.format}"
            pictures[name] = picture.data
            return {
                "kind": "picture",
                "caption": readable(each.number + picture.caption),
                "alt": readable(picture.alt),
                "file": name,
                "width": _wide(picture, layout.width),
            }
        case PageBreak():
            return {"kind": "page"}


def _wide(picture: Picture, most: float) -> float:
    """Millimetres: all there is, unless it were too high; the size of a PNG stands in its first chunk (ISO/IEC 15948, 11.2.1)."""
    if picture.format != "png":
        return most
    wide, high = (int.from_bytes(picture.data[at : at + 4]) for at in (16, 20))
    return min(most, _HIGHEST_MM * wide / high) if wide and high else most


def _all(texts: Sequence[str]) -> list[str]:
    return [readable(text) for text in texts]
