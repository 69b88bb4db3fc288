"""The effects that a sentence says: rules of words and their order, for Chinese and English, without a model.

In each clause a thing (效率, cost) is an effect where the verb before it moves it to its better side (提高, reduce), where a word
beside it says it stands there (效率高, cost is low), or where a verb of preventing or solving has it; and some turns say an effect
by themselves (节能, easy to operate). A clause that only names the invention, its field or the prior art says none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from search.analysis.effects.grammar import GRAMMARS, Grammar
from search.analysis.effects.words import Words, words

Verb: TypeAlias = re.Match[str]

READ = 3_000
"""Characters of a sentence that are looked at."""

_SOLVING = ("解决", "克服", "solv")
"""Beginnings of verbs whose object is a problem, whatever it is about."""


@dataclass(frozen=True, slots=True)
class Said:
    """An effect, and where in the sentence the words are that say it."""

    effect: str
    start: int
    end: int


def said(text: str, lang: str) -> list[Said]:
    """The effects of a sentence in the language (zh or en), each once, where it is said first; another language has none."""
    grammar = GRAMMARS.get(lang)
    if grammar is None:
        return []
    found: dict[str, Said] = {}
    for each in _every(text[:READ], grammar, words(lang)):
        found.setdefault(each.effect, each)
    return sorted(found.values(), key=lambda each: (each.start, each.end))


def _every(text: str, grammar: Grammar, known: Words) -> Iterator[Said]:
    for clause in grammar.clause.finditer(text):
        if not grammar.named.search(clause[0]):
            yield from _by_verbs(clause[0], clause.start(), grammar, known)
            for effect, start, end in known.said(clause[0]):
                yield Said(effect, clause.start() + start, clause.start() + end)


def _by_verbs(clause: str, offset: int, grammar: Grammar, known: Words) -> Iterator[Said]:
    things = list(known.things(clause))
    verbs = list(grammar.verbs.finditer(clause)) if things else []
    ends = [verb.end() for verb in verbs]
    avoided = next((verb for verb in verbs if verb.lastgroup == "avoid"), None)
    for thing, start, end in things:
        before = bisect_right(ends, start)
        last = verbs[before - 1] if before and start - ends[before - 1] <= grammar.reach else None
        first = avoided if avoided is not None and avoided.end() <= start else None
        if place := _moved(clause, (start, end), thing.side, last, first, grammar):
            yield Said(thing.effect, offset + place[0], offset + place[1])


def _moved(  # noqa: PLR0917  the parts of one clause
    clause: str, thing: tuple[int, int], side: str, last: Verb | None, avoided: Verb | None, grammar: Grammar
) -> tuple[int, int] | None:
    """From where to where the clause says that the thing is, or comes, on its better side. `last` is the verb before it, `avoided`
    the first one of preventing or solving before it: what is prevented is bad, even a good thing that is reduced."""
    start, end = thing
    if last is not None and last.lastgroup == side:
        return last.start(), end
    if avoided is not None and (side == "down" or avoided is not last or avoided[0].startswith(_SOLVING)):
        return avoided.start(), end
    after, ahead = (grammar.after_up, grammar.before_up) if side == "up" else (grammar.after_down, grammar.before_down)
    if hit := after.match(clause, end):
        return start, hit.end()
    near = max(0, start - grammar.reach)
    if hit := ahead.search(clause[near:start]):
        return near + hit.start(), end
    return None
