"""The ways from a collection to the analysis of its branches: by themselves, and crossed with what is asked for most."""

from urllib.parse import urlencode

from search.analysis import labels
from search.analysis.branches import BY
from search.web.words import Words

Ways = list[tuple[str, str]]
"""Words and addresses."""


def crossings(reference: str, t: Words) -> Ways:
    """`reference` is what names the collection in a query."""
    crossed = [(labels.named(dimension, t.lang), [("by", dimension)]) for dimension in BY]
    ways = [(t("branches_all_of_them"), []), *crossed, (t("branches_parties"), [("each", "parties")])]
    return [(said, f"/analysis/branches?{urlencode([('q', reference), *further])}") for said, further in ways]
