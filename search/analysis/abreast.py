"""Questions that go forward together: a round of all of them is one call of the engine."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from search.analysis.population import Round, Steps
from search.engine.model import Table

Answer = TypeVar("Answer")


def abreast(steps: Sequence[Steps[Answer]]) -> Steps[list[Answer]]:
    """The answer of each. What one asks about everything held is a round of its own."""
    waiting = {place: next(each) for place, each in enumerate(steps)}
    answers: dict[int, Answer] = {}
    while waiting:
        tables: dict[int, list[Table]] = {}
        for everything in (False, True):
            tables |= yield from _asked({place: each for place, each in waiting.items() if each.everything == everything})
        going, waiting = waiting, {}
        for place in going:
            try:
                waiting[place] = steps[place].send(tables[place])
            except StopIteration as done:
                answers[place] = done.value
    return [answers[place] for place in range(len(steps))]


def _asked(rounds: Mapping[int, Round]) -> Steps[dict[int, list[Table]]]:
    """The tables of each round, all of which are about the same documents."""
    questions = tuple(question for each in rounds.values() for question in each.questions)
    if not questions:
        return {place: [] for place in rounds}
    tables = yield Round(questions, everything=next(iter(rounds.values())).everything)
    found = {}
    for place, each in rounds.items():
        found[place], tables = tables[: len(each.questions)], tables[len(each.questions) :]
    return found
