"""Chains of words mean what the distance of distances means that they come from."""

from functools import reduce

from hypothesis import given, settings

from search.engine.chains import MOST, Chain, chains, width
from search.query.near import matches
from search.query.tree import Near, Query, either
from tests import machine
from tests.properties.nears import nests, texts

MANY = settings(max_examples=20_000 if machine.soaking() else 400)


def read(chain: Chain) -> Query:
    """A chain as a distance in order, from the right."""
    *before, last = [either(*operand) for operand in chain.operands]
    links = zip(reversed(before), reversed(chain.gaps), strict=True)
    return reduce(lambda behind, link: Near(link[0], behind, "word", link[1], ordered=True), links, last)


@MANY
@given(nests, texts)
def test_some_chain_matches_where_the_distance_does(near: Near, text: str) -> None:
    distances = [read(chain) for chain in chains(near) or ()]
    assert matches(near, [text]) == any(isinstance(one, Near) and matches(one, [text]) for one in distances)


@given(nests)
def test_an_operand_of_a_chain_has_one_width(near: Near) -> None:
    found = chains(near) or []
    assert all(len({width(leaf) for leaf in operand}) == 1 for chain in found for operand in chain.operands)
    assert all(len(chain.gaps) == len(chain.operands) - 1 for chain in found)
    assert len(set(found)) == len(found) <= MOST
