"""Who works with whom: keys as circles, pairs as lines, placed by forces."""

from collections.abc import Mapping, Sequence
from math import pi
from typing import Any

from search.analysis.charts.drawing import ACCENT, INK, LINE, PAPER, Drawing, Sheet, Size, values
from search.analysis.charts.titles import described, heading
from search.analysis.model import Analysis, Row

_MOST: dict[Size, int] = {"small": 10, "large": 40}
_HEIGHT: dict[Size, int] = {"small": 250, "large": 520}
_RADIUS: dict[Size, tuple[float, float]] = {"small": (3, 10), "large": (4, 20)}
_ROUNDS = 300


def network(analysis: Analysis, table: Analysis, sheet: Sheet) -> Drawing:
    """Rows are pairs, each once; a row of one key with itself, or of a part, says how much that key has."""
    own = _own(table)
    pairs = {frozenset(row.keys): row for row in table.rows if len(set(row.keys)) == 2}
    keys = _keys(pairs, own, _MOST[sheet.size])
    radius = _radii(keys, pairs, own, *_RADIUS[sheet.size])
    nodes = []
    for key in keys:
        name = table.label(table.by[0], key, sheet.lang)
        href = {"href": sheet.mark(own[key], name)} if key in own else {}
        nodes.append(
            {
                "radius": radius[key],
                "size": pi * radius[key] ** 2,
                "text": sheet.text(name, within=160 if sheet.large else 100),
                **href,
            }
        )
    links = []
    most = max((row.count for row in pairs.values()), default=1)
    for pair, row in pairs.items():
        ends = sorted(pair, key=lambda key: keys.index(key) if key in keys else -1)
        if all(key in keys for key in ends):
            name = " — ".join(table.label(table.by[0], key, sheet.lang) for key in ends)
            wide = 1.5 + 6.5 * row.count / most
            links.append(
                {"source": keys.index(ends[0]), "target": keys.index(ends[1]), "wide": wide, "href": sheet.mark(row, name)}
            )
    return sheet.done(
        "vega",
        _spec(nodes, links, sheet),
        title=heading(analysis, table, sheet.lang),
        description=described(table, sheet.lang),
    )


def _own(table: Analysis) -> Mapping[str, Row]:
    rows = [row for part in table.parts if len(part.by) == 1 for row in part.rows]
    return {row.keys[0]: row for row in [*rows, *table.rows] if len(set(row.keys)) == 1}


def _keys(pairs: Mapping[frozenset[str], Row], own: Mapping[str, Row], most: int) -> list[str]:
    """Those with the most in common with others; of the same, those that have most."""
    together: dict[str, int] = {}
    for pair, row in pairs.items():
        for key in pair:
            together[key] = together.get(key, 0) + row.count
    return sorted(together, key=lambda key: (-together[key], -(own[key].count if key in own else 0), key))[:most]


def _radii(
    keys: Sequence[str], pairs: Mapping[frozenset[str], Row], own: Mapping[str, Row], least: float, most: float
) -> dict[str, float]:
    """Areas by the counts: of the key's own row, or of its pairs where it has none."""
    counts = {key: own[key].count if key in own else sum(row.count for pair, row in pairs.items() if key in pair) for key in keys}
    highest = max(counts.values(), default=1)
    return {key: max(least, most * (count / highest) ** 0.5) for key, count in counts.items()}


def _spec(nodes: list[dict[str, Any]], links: list[dict[str, Any]], sheet: Sheet) -> dict[str, Any]:
    """The forces move `places`, which are not seen; what is seen stands where they came to rest, inside the frame."""
    width, height, aside = sheet.width, _HEIGHT[sheet.size], 80 if sheet.large else 50
    x, y = f"clamp({{}}, {aside}, {width - aside})", f"clamp({{}}, 24, {height - 40})"
    ends = {
        f"{end}{axis.upper()}": {"expr": place.format(f"datum.datum.{end}.{axis}")}
        for end in ("source", "target")
        for axis, place in (("x", x), ("y", y))
    }
    at = {"x": {"signal": x.format("datum.x")}, "y": {"signal": y.format("datum.y")}}
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": width,
        "height": height,
        "padding": 0,
        "autosize": "none",
        "config": {"aria": False},
        "data": [{"name": "keys", **values(nodes)}, {"name": "pairs", **values(links)}],
        "marks": [
            {
                "name": "places",
                "type": "symbol",
                "from": {"data": "keys"},
                "encode": {"enter": {"opacity": {"value": 0}, "size": {"value": 0}}},
                "transform": [_force(width, height, sheet)],
            },
            {
                "type": "path",
                "from": {"data": "pairs"},
                "encode": {
                    "update": {"stroke": {"value": LINE}, "strokeWidth": {"field": "wide"}, "href": {"field": "href"}},
                },
                "transform": [{"type": "linkpath", "require": {"signal": "force"}, "shape": "line", **ends}],
            },
            {
                "type": "symbol",
                "from": {"data": "places"},
                "encode": {
                    "update": {
                        **at,
                        "fill": {"value": ACCENT},
                        "size": {"field": "datum.size"},
                        "href": {"field": "datum.href"},
                    }
                },
            },
            _names(at, sheet, {"stroke": {"value": PAPER}, "strokeWidth": {"value": 3}}),  # so that lines don't cross the words
            _names(at, sheet, {"fill": {"value": INK}}),
        ],
    }


def _names(at: dict[str, Any], sheet: Sheet, paint: dict[str, Any]) -> dict[str, Any]:
    """Each name below its circle."""
    said = {
        "text": {"field": "datum.text"},
        "dy": {"signal": "datum.datum.radius + 8"},
        "align": {"value": "center"},
        "baseline": {"value": "middle"},
        "fontSize": {"value": sheet.font - 1},
    }
    return {"type": "text", "from": {"data": "places"}, "encode": {"update": {**at, **said, **paint}}}


def _force(width: int, height: int, sheet: Sheet) -> dict[str, Any]:
    apart = 110 if sheet.large else 50
    return {
        "type": "force",
        "iterations": _ROUNDS,
        "static": True,
        "signal": "force",
        "forces": [
            {"force": "center", "x": width / 2, "y": height / 2},
            {"force": "collide", "radius": {"expr": "datum.datum.radius + 20"}},
            {"force": "nbody", "strength": -420 if sheet.large else -120},
            {"force": "link", "links": "pairs", "distance": apart},
            {"force": "x", "x": {"expr": str(width / 2)}, "strength": 0.05},
            {"force": "y", "y": {"expr": str(height / 2)}, "strength": 0.09},
        ],
    }
