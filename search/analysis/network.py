"""Who works with whom: applicants or inventors of one document, as nodes and edges."""

from collections import defaultdict
from itertools import combinations

from search.analysis import caveats
from search.analysis.entities import Listing, Party, listing
from search.analysis.errors import DimensionsAsked
from search.analysis.model import Analysis
from search.analysis.population import Population, Round, Steps, share
from search.engine.model import Cell

NAME = "network"
MOST = 100
"""Nodes; more can't be told apart in a picture."""

Edges = dict[tuple[str, str], int]


def network(population: Population) -> Steps[Analysis]:
    """Edges between the first applicants, or inventors or agents, with the nodes as a part. Raises `DimensionsAsked`."""
    dimension, *more = population.ask.by or ("applicant",)
    if more:
        raise DimensionsAsked(1, 1)
    listed = yield from listing(population, dimension, min(population.ask.size, MOST))
    nodes = {party.names[0]: party for party in listed.parties}
    edges = yield from _edges(population, dimension, nodes)
    rows = [
        population.row(
            (dimension, dimension),
            Cell(pair, count),
            {"strength": share(count, min(nodes[pair[0]].count, nodes[pair[1]].count))},
            nodes[pair[0]].clause(dimension),
            nodes[pair[1]].clause(dimension),
        )
        for pair, count in sorted(edges.items(), key=lambda edge: (-edge[1], edge[0]))
    ]
    notes = [caveats.cut(dimension, len(nodes))] if len(listed.counts) > len(nodes) else []
    figures = {"nodes": len(nodes), "edges": len(rows), "groups": len(set(_groups(nodes, edges).values()))}
    return population.told(
        NAME,
        (dimension, dimension),
        listed.table,
        rows=rows,
        columns=("strength",),
        figures=figures,
        parts=(_nodes(population, dimension, listed, nodes, edges),),
        notes=notes,
    )


def _edges(population: Population, dimension: str, nodes: dict[str, Party]) -> Steps[Edges]:
    """How many units name both; where one of the two has several names, asked for by itself."""
    single = {name for name, party in nodes.items() if len(party.names) == 1}
    asked = [pair for pair in combinations(sorted(nodes), 2) if not single.issuperset(pair)]
    only = {dimension: tuple(single)}
    table, *tables = yield Round(
        (
            population.question(dimension, dimension, only=only),
            *(
                population.narrowed(nodes[one].clause(dimension)).narrowed(nodes[other].clause(dimension)).question()
                for one, other in asked
            ),
        )
    )
    found = {(cell.keys[0], cell.keys[1]): cell.count for cell in table.cells if cell.keys[0] < cell.keys[1]}
    return found | {pair: each.total for pair, each in zip(asked, tables, strict=True) if each.total}


def _nodes(population: Population, dimension: str, listed: Listing, nodes: dict[str, Party], edges: Edges) -> Analysis:
    """`degree` is with how many others, `group` the first of those that hang together."""
    degree: dict[str, int] = defaultdict(int)
    for pair in edges:
        for name in pair:
            degree[name] += 1
    group = _groups(nodes, edges)
    rows = [
        population.row(
            (dimension,), Cell((name,), party.count), {"degree": degree[name], "group": group[name]}, party.clause(dimension)
        )
        for name, party in nodes.items()
    ]
    return population.told("network.nodes", (dimension,), listed.table, rows=rows, columns=("degree", "group"))


def _groups(nodes: dict[str, Party], edges: Edges) -> dict[str, str]:
    """Each node's group, by the name of its first node."""
    group = {name: name for name in nodes}
    order = {name: place for place, name in enumerate(nodes)}
    for one, other in edges:
        kept, gone = sorted((group[one], group[other]), key=order.__getitem__)
        group = {name: kept if each == gone else each for name, each in group.items()}
    return group
