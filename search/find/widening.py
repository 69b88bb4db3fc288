"""Questions that ask for synonyms or for all names of an applicant; who keeps these is a room above (`search.synonyms`,
`search.applicants`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from search.find.answers import Wider
from search.find.merging import Entities
from search.find.question import Question
from search.query import Parsed, QueryError, parse
from search.query.check import CLAUSES
from search.query.render import render
from search.query.tree import Leaf, Query, Value
from search.query.widen import Added, Widened, said, widen

Others = Callable[[str, Leaf], Sequence[Added]]
"""What a leaf may also be, for an account."""


def _nothing(_user: str, _leaf: Leaf) -> Sequence[Added]:
    return ()


def _nobody(_user: str) -> Entities:
    return ()


@dataclass(frozen=True, slots=True)
class Widening:
    """Where words that mean the same and the names of an applicant are found, and all applicants of several names; nowhere,
    unless given."""

    synonyms: Others = _nothing
    names: Others = _nothing
    entities: Callable[[str], Entities] = _nobody

    def widened(self, parsed: Parsed, question: Question, user: str) -> tuple[Parsed, Question, list[Wider]]:
        """The query and the filters with what they ask for added, and what that is. Earlier searches that the query names are
        left as they were asked. Raises `QueryError` where it becomes too large."""

        def others(leaf: Leaf) -> list[Added]:
            found: list[Added] = []
            if question.synonyms:
                found += self.synonyms(user, leaf)
            if question.other_names:
                found += self.names(user, leaf)
            return found

        tree, made = widen(parsed.tree, others, question.without)
        if made:
            parsed = replace(parsed, tree=tree, canonical=_canonical(tree))
        filters = dict(question.filters)
        if question.other_names and "applicant" in filters:
            filters["applicant"], narrowed = widen(filters["applicant"], others, question.without)
            made += narrowed
        return parsed, replace(question, filters=filters), [_told(each) for each in made]

    def all_names(self, user: str, name: str) -> list[str]:
        """Of the applicant that has this name, which is the first."""
        return [name, *(said(other) for other in self.names(user, Value("applicant", name)))]


def _canonical(tree: Query) -> str:
    """Text that can be asked again; a choice so large that it can't is refused."""
    text = render(tree)
    try:
        parse(text, "native")
    except QueryError as error:
        raise QueryError("too_wide", 0, limit=CLAUSES) from error
    return text


def _told(widened: Widened) -> Wider:
    return Wider(
        clause=render(widened.leaf),
        added=[said(each) for each in widened.added],
        left_out=[said(each) for each in widened.left_out],
    )
