"""What is held that begins as somebody types: names, symbols of classes, words of titles, each with its exact count."""

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Query, Response
from msgspec import Meta

from auth.access.current import Caller
from auth.http.documents import problems
from search.api import threads
from search.api.openapi import answer
from search.engine.layout import PARTIES
from search.engine.port import PatentReader
from search.find import names
from search.find.answers import Answered
from search.find.classes.model import Scheme
from search.find.classes.service import Classes
from search.query.render import render
from search.query.tree import Value, Word
from search.text import tokens
from search.text.fold import fold

Suggested = Literal["applicant", "inventor", "agent", "ipc", "cpc", "locarno", "word"]

Counts = list[tuple[str, int]]


class Suggestion(Answered, frozen=True):
    """A value that is held."""

    value: Annotated[str, Meta(examples=["深圳锂源电池有限公司"])]
    query: Annotated[str, Meta(description="Finds its documents; in the native language.", examples=["ipc:H01M10"])]
    count: Annotated[int, Meta(description="How many documents the query finds.")]
    titles: Annotated[dict[str, str] | None, Meta(description="Of a class of a loaded scheme, by language.")] = None


class Suggestions(Answered, frozen=True):
    """The commonest ones first."""

    suggestions: list[Suggestion]


_ASKED = {**answer(Suggestions, "What begins so, the commonest first."), **problems(400, 401, 422, 503)}
_encoded = msgspec.json.Encoder().encode


def suggested(reader: PatentReader, field: Suggested, typed: str, *, size: int) -> list[Suggestion]:
    """What of `field` begins as typed: a Chinese name has the text anywhere, another has it at the start of a word; a symbol
    starts with it; a word goes on from the last one typed."""
    if field in PARTIES:
        found = names.holding(reader, typed, field, size=size)
        return [Suggestion(value=name, query=render(Value(field, name)), count=count) for name, count in found]
    if field == "word":
        found = _words(reader, typed, size)
        return [Suggestion(value=word, query=render(Word(word, "title", exact=True)), count=count) for word, count in found]
    symbol = "".join(fold(typed).upper().split())
    found = reader.suggest(symbol, field, size=size) if symbol else []
    return [Suggestion(value=key, query=render(Value(field, key)), count=count) for key, count in found]


def _classes(classes: Classes, scheme: Scheme, typed: str, *, size: int) -> list[Suggestion]:
    """Symbols that are held and start as typed, else classes whose titles have the words; a symbol is what its query asks."""
    found = classes.begun(scheme, typed, size=size)
    shown = ((each, each.query, each.count) for each in found)
    return [
        Suggestion(value=query.partition(":")[2], query=query, count=count or 0, titles=each.titles or None)
        for each, query, count in shown
        if query is not None
    ]


def _words(reader: PatentReader, typed: str, size: int) -> Counts:
    """Words of titles. A Chinese run goes on by one character: of those that follow its last one most often."""
    cut = [unit for unit, _, _ in tokens.units(typed)]
    if not cut:
        return []
    last = cut[-1]
    if not tokens.is_run(last) or len(last) == 1:
        return reader.suggest(last, "word", size=size)
    further = [last + pair[1:] for pair, _ in reader.suggest(last[-1], "word", size=2 * size)]
    counts = reader.counts([Word(run, "title", exact=True) for run in further])
    held = [(run, count) for run, count in zip(further, counts, strict=True) if count]
    return sorted(held, key=lambda pair: (-pair[1], pair[0]))[:size]


def router(reader: PatentReader, classes: Classes, *, prefix: str) -> APIRouter:
    """The route, under `prefix`."""
    routes = APIRouter(prefix=prefix, tags=["find"])

    @routes.get("/suggest", summary="Names, classes or words that begin so", responses=_ASKED)
    async def suggest(_caller: Caller, field: FieldParam, typed: PrefixParam, size: SizeParam = 10) -> Response:
        if field in ("ipc", "cpc"):
            found = await threads.run(_classes, classes, field, typed, size=size)
        else:
            found = await threads.run(suggested, reader, field, typed, size=size)
        return Response(_encoded(Suggestions(suggestions=found)), media_type="application/json")

    return routes


FieldParam = Annotated[Suggested, Query(description="Of what: names, symbols of a classification, or words of titles.")]
PrefixParam = Annotated[str, Query(alias="prefix", min_length=1, max_length=100, description="What was typed.", examples=["锂源"])]
SizeParam = Annotated[int, Query(ge=1, le=20)]
