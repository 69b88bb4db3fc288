"""`Finder`: a question answered, a document found by any spelling of its number. No HTTP, no engine's own words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

import msgspec

from search.api.cursors import Cursors
from search.api.limits import Slots
from search.engine.model import Facet, Request, Results
from search.engine.port import PatentReader
from search.find.answers import Checked, Clause, Count, Found, Understood, Wider
from search.find.classes.expand import REACHING, asks
from search.find.classes.service import Classes
from search.find.errors import FamiliesByPage, PageTooDeep
from search.find.history import Collections, History, as_it_stands, written
from search.find.hits import hits, passed
from search.find.labels import label
from search.find.merging import merged, wider
from search.find.promptly import Pace, plain
from search.find.question import DEEPEST, Question
from search.find.translating import parsed, translations
from search.find.why import why
from search.find.widening import Widening
from search.query import Parsed
from search.query.check import CLAUSES, KEPT, check
from search.query.errors import QueryError
from search.query.sets import Collections as CollectionsOf
from search.query.sets import Lookup, Names, named, resolve
from search.query.tree import Query


@dataclass(frozen=True, slots=True)
class Read:
    """A question as it was understood: what was `said`, what it comes to as a `tree`, beside the filters of `question`, and what
    was added to it."""

    question: Question
    said: Parsed
    tree: Query
    widened: tuple[Wider, ...] = ()


class Finder:
    """Searches one engine. `user` is the id of whoever asks: cursors are theirs, so are the history and the searches at the same
    time. `searched` is told of each who got an answer; `known` says of whom it was told before, so that nothing follows."""

    def __init__(
        self,
        reader: PatentReader,
        cursors: Cursors,
        history: History,
        classes: Classes,
        *,
        collections: Collections = lambda _user, _name: None,
        widening: Widening = Widening(),  # noqa: B008  frozen
        searched: Callable[[str], None] = lambda _user: None,
        known: Callable[[str], bool] = lambda _user: True,
        pace: Pace | None = None,
    ) -> None:
        self._reader = reader
        self._widening = widening
        self._classes = classes
        self._cursors = cursors
        self._history = history
        self._collections = collections
        self._searched = searched
        self._known = known
        self._pace = pace or Pace()
        self._slots = Slots()

    def search(self, question: Question, *, user: str, lang: str) -> Found:
        """The answer, its words in `lang` (zh or en). Raises `QueryError` for a query that can't be read or asks too much,
        `PageTooDeep`, `FamiliesByPage`, `CursorForged`, `TooManyAtOnce` and what the engine raises."""
        return self._found(question, user=user, lang=lang, passing=False)

    def page(self, question: Question, *, user: str, lang: str) -> bytes:
        """The same as JSON; hits without highlights are passed on as they are stored."""
        return _encoded(self._found(question, user=user, lang=lang, passing=not question.highlight))

    def soon(self, question: Question, *, user: str, lang: str) -> bytes | None:
        """The page, where it takes so little that the event loop itself may make it; ``None``: it is to be asked for in a thread.
        Raises as `search` does."""
        began = perf_counter()
        if not (plain(question) and self._pace.good() and self._known(user)):
            return None
        said = parsed(question.text, question.dialect)
        if named(said.tree) or (question.expand and asks(said.tree, question.filters)):
            return None
        request = self._request(question, said.tree, user=user, digest=b"")
        if not self._reader.brief(request):
            return None
        with self._pace.measured(), self._slots.one(user):
            results = self._reader.search(request)
            if not results.total:  # why there is nothing takes longer to say
                return None
            read = Read(question, said, said.tree)
            return _encoded(self._told(read, results, user=user, lang=lang, began=began, passing=True))

    def _found(self, question: Question, *, user: str, lang: str, passing: bool) -> Found:
        began = perf_counter()
        if question.page * question.size > DEEPEST:
            raise PageTooDeep
        if question.cursor is not None and set(question.units) - {question.collapse}:
            raise FamiliesByPage
        read = self.read(question, user=user)
        with self._slots.one(user):
            answer = self._answer(read, user=user, lang=lang, began=began, passing=passing)
        self._searched(user)
        return answer

    def read(self, question: Question, *, user: str) -> Read:
        """The documents that a question is about, for whatever counts or lists them: words of a ranked mode chosen, searches that
        it names written out, names, synonyms and classes added as it asks for. Raises `QueryError`, `TooManyAtOnce` and what the
        engine raises."""
        if question.mode != "query":
            with self._slots.one(user):
                question = self._ranked(question)
        said = parsed(question.text, question.dialect)
        widened: list[Wider] = []
        if question.synonyms or question.other_names:
            said, question, widened = self._widening.widened(said, question, user)
        tree = self._whole(said, question, user)
        if question.expand and asks(tree, question.filters):
            with self._slots.one(user):
                tree, filters, notes = self._classes.expanded(tree, question.filters)
            question = replace(question, filters=filters)
            said = replace(said, warnings=(*said.warnings, *notes))
        return Read(question, said, tree, tuple(widened))

    def meant(
        self, trees: Mapping[str, Query], *, user: str, expand: bool = True
    ) -> tuple[dict[str, Query], dict[str, QueryError]]:
        """The documents that kept queries are about, as `read` would take them where they are named: what they name written out,
        classes reaching as far as a loaded scheme says, unless that is not to be; and why the others can't be asked."""
        whole: dict[str, Query] = {}
        refused: dict[str, QueryError] = {}
        for name, tree in trees.items():
            try:
                resolved = resolve(tree, *self._kept(user), kept=True)
                check(resolved, clauses=KEPT)
            except QueryError as error:
                refused[name] = error
            else:
                whole[name] = resolved
        if not expand:
            return whole, refused
        with self._slots.one(user):
            return dict(zip(whole, self._classes.all_reached(list(whole.values())), strict=True)), refused

    def _ranked(self, question: Question) -> Question:
        """The question that free words, or a text to find the like of, come to."""
        from search.find import ranked  # noqa: PLC0415  not for every start

        return replace(question, text=ranked.question(self._reader, question.text, question.mode), mode="query", dialect="native")

    def _whole(self, parsed: Parsed, question: Question, user: str) -> Query:
        """The tree with the searches and collections it names written out; raises `QueryError`."""
        if not named(parsed.tree):
            return parsed.tree
        tree = resolve(parsed.tree, *self._kept(user), text=question.text)
        check(tree, clauses=CLAUSES + KEPT)
        return tree

    def _kept(self, user: str) -> tuple[Lookup, CollectionsOf, Names]:
        """Where the names in a query lead to, for an account."""
        return partial(self._history.tree, user), partial(self._collections, user), partial(self._widening.all_names, user)

    def _noted(self, question: Question, parsed: Parsed, total: int, user: str) -> int | None:
        """The search's number in the history, if it is to be written down: its first page is."""
        if not question.record or question.page > 1 or question.cursor:
            return None
        tree, filters = parsed.tree, question.filters
        if not question.expand:
            tree, filters = as_it_stands(tree), {name: as_it_stands(narrowed) for name, narrowed in filters.items()}
        text = written(tree, filters)
        if text is None:
            return None
        return self._history.note(user, text=question.text, dialect=parsed.dialect, canonical=text, total=total)

    def _answer(self, read: Read, *, user: str, lang: str, began: float, passing: bool) -> Found:
        question, tree = read.question, read.tree
        digest = b"" if question.cursor is None else question.digest(tree)
        results = self._reader.search(self._request(question, tree, user=user, digest=digest))
        return self._told(read, results, user=user, lang=lang, began=began, passing=passing, digest=digest)

    def _told(
        self, read: Read, results: Results, *, user: str, lang: str, began: float, passing: bool, digest: bytes = b""
    ) -> Found:
        question, tree = read.question, read.tree
        return Found(
            query=_understood(read, lang),
            total=results.total,
            families=results.units.get("family"),
            applications=results.units.get("application"),
            checked=Checked(looked_at=results.checked[0], of=results.checked[1]) if results.checked else None,
            hits=passed(results.hits) if passing else hits(results.hits, tree if question.highlight else None),
            facets=_facets(self._applicants(question, tree, results.facets, user), lang),
            cursor=self._cursors.sign(results.after, user=user, question=digest) if results.after else None,
            why=[] if results.total or results.checked else self._why(question, tree),
            recorded_as=self._noted(question, read.said, results.total, user),
            took_ms=round((perf_counter() - began) * 1000, 1),
        )

    def _applicants(self, question: Question, tree: Query, counted: Mapping[str, Facet], user: str) -> Mapping[str, Facet]:
        """The facets that were asked for, that of applicants by all names of each where the search takes them."""
        if not question.other_names or "applicant" not in counted:
            return counted
        found = {name: replace(facet, values=facet.values[: question.facet_size]) for name, facet in counted.items()}
        entities = self._widening.entities(user)
        named, size = counted["applicant"], question.facet_size
        return {**found, "applicant": merged(self._reader, tree, question.filters, named, entities, size=size)}

    def _why(self, question: Question, tree: Query) -> list[Clause]:
        return why(self._reader, question, tree, reached=lambda query: self._classes.reached(query) if question.expand else query)

    def _request(self, question: Question, tree: Query, *, user: str, digest: bytes) -> Request:
        after = question.cursor
        if after:
            after = self._cursors.open(after, user=user, question=digest)
        return Request(
            query=tree,
            filters=question.filters,
            sort=question.sort,
            size=question.size,
            offset=(question.page - 1) * question.size,
            after=after,
            facets=question.facets,
            facet_size=self._facet_size(question, user),
            whole=question.highlight,
            collapse=question.collapse,
            units=question.units,
        )

    def _facet_size(self, question: Question, user: str) -> int:
        if question.other_names and "applicant" in question.facets:
            return wider(question.facet_size, self._widening.entities(user))
        return question.facet_size


def _understood(read: Read, lang: str) -> Understood:
    """A query that was widened is no longer what was typed, and is translated from what it became."""
    said, question = read.said, read.question
    text, dialect = (said.canonical, "native") if read.widened else (question.text, question.dialect)
    return Understood(
        canonical=said.canonical,
        dialect=said.dialect,
        warnings=[getattr(w, lang) for w in said.warnings],
        expanded=any(w.code in REACHING for w in said.warnings),
        translations=translations(text, dialect, lang) if question.translations else {},
        widened=list(read.widened),
    )


_encoded = msgspec.json.Encoder().encode


def _facets(facets: Mapping[str, Facet], lang: str) -> dict[str, list[Count]]:
    return {
        name: [Count(value=value, label=label(name, value, lang), count=count) for value, count in facet.values]
        for name, facet in facets.items()
    }
