"""Tables: which documents match is asked once for all tables over them, and what these are counted by is copied once
(`search.engine.elastic.copies`); then they are counted here, as the embedded engine counts them. Where that would be too many, the
server counts, documents alone (`search.engine.elastic.large`)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from search.engine.columns.counting import Population
from search.engine.columns.holdings import Integers
from search.engine.elastic import large
from search.engine.elastic.bounds import Bounds
from search.engine.elastic.copies import FIELDS, Copies
from search.engine.elastic.matching import Matches, matches
from search.engine.elastic.room import Room
from search.engine.errors import TooManyDocuments
from search.engine.model import Question, Table
from search.engine.plan import Bool, Ordinals, Plan

Ask = Callable[..., Mapping[str, Any]]
"""A search over the documents that match a plan, its answer whole; always in the same view."""


class Tables:
    """Keeps copies between the calls."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._copies = Copies(bounds)
        self._room = Room(bounds)

    def count(self, ask: Ask, asked: Plan, questions: Sequence[Question], withins: Sequence[Plan | None]) -> list[Table]:
        """The table of each question over the documents that match `asked`, and its plan in `withins` too. Raises `TooManyCells`,
        `StillReading`, and `TooManyDocuments` for units other than publications; where only different keys are too many to count,
        their tables are refused and the others stand."""
        found = {within: self._matches(ask, asked, within) for within in dict.fromkeys(withins)}
        few = {within: each for within, each in found.items() if each is not None}
        every = _together(few.values())
        if len(every.ordinals) > self._bounds.counted:
            few = {}
        many = [place for place, within in enumerate(withins) if within not in few]
        if any(questions[place].unit != "publication" for place in many):
            raise TooManyDocuments(self._bounds.counted)
        refused = {place: Table((), 0, (0,) * len(questions[place].by), refused=True) for place in many if questions[place].of}
        many = [place for place in many if place not in refused]
        counted = refused
        if few:
            copy = self._copies.having(every, partial(_read, ask))
            places: dict[Plan | None, list[int]] = {within: [] for within in found}
            for place, within in enumerate(withins):
                places[within].append(place)
            with self._room.of(max(len(each.ordinals) for each in few.values())):
                for within, each in few.items():  # one after another: each takes memory
                    population = Population(copy.holdings, copy.of(each.ordinals))
                    counted |= {place: population.table(questions[place]) for place in places[within]}
        by_server = large.tables(
            partial(_aggregations, ask, asked), [questions[place] for place in many], [withins[place] for place in many]
        )
        counted |= zip(many, by_server, strict=True)
        return [counted[place] for place in range(len(questions))]

    def close(self) -> None:
        self._copies.close()

    def _matches(self, ask: Ask, asked: Plan, within: Plan | None) -> Matches | None:
        plan = Bool(filters=(asked, within)) if within else asked
        return matches(partial(ask, plan), most=self._bounds.counted)


def _together(found: Iterable[Matches]) -> Matches:
    some = [each for each in found if len(each.ordinals)]
    if len(some) == 1:
        return some[0]
    return Matches(
        some[0].index if some else "", np.unique(np.concatenate([np.empty(0, np.int64), *(each.ordinals for each in some)]))
    )


def _read(ask: Ask, ordinals: Integers) -> list[Mapping[str, list[Any]]]:
    asked = Ordinals(tuple(ordinals.tolist()))
    answer = ask(asked, size=len(ordinals), sort=["_doc"], source=False, stored_fields="_none_", docvalue_fields=list(FIELDS))
    return [hit["fields"] for hit in answer["hits"]["hits"]]


def _aggregations(ask: Ask, asked: Plan, aggregations: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = ask(asked, size=0, aggs=aggregations)["aggregations"]
    return found
