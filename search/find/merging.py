"""The facet of applicants where a search takes all names of each: who has several is one value, counted by one query."""

from collections.abc import Mapping, Sequence
from operator import itemgetter

from search.engine.model import Facet
from search.engine.port import PatentReader
from search.query.tree import Expanded, Query, both

MOST = 500
"""Applicants of several names that are counted; of more, those that the facet shows a name of."""

Entities = Sequence[tuple[str, ...]]
"""The names of each applicant that has several."""


def wider(size: int, entities: Entities) -> int:
    """How many names to count, so that `size` applicants are left."""
    return size + sum(map(len, entities))


def merged(
    reader: PatentReader, tree: Query, filters: Mapping[str, Query], named: Facet, entities: Entities, *, size: int
) -> Facet:
    """`named` with the names of each of `entities` as one, under the one that most documents have; a filter by applicants narrows
    everything but its own facet."""
    counts = dict(named.values)
    known = [names for names in entities if len(entities) <= MOST or any(name in counts for name in names)][:MOST]
    others = [narrowed for name, narrowed in filters.items() if name != "applicant"]
    totals = reader.counts([both(tree, *others, Expanded("entity", names[0], names)) for names in known])
    together = [
        (min(names, key=lambda name: (-counts.get(name, 0), name)), total)
        for names, total in zip(known, totals, strict=True)
        if total
    ]
    apart = set(counts).difference(*known)
    found = [*together, *((name, count) for name, count in named.values if name in apart)]
    found.sort(key=itemgetter(0))
    found.sort(key=itemgetter(1), reverse=True)
    return Facet(tuple(found[:size]), exact=named.exact and len(entities) <= MOST)
