"""The pages of analysis: eight small charts, each of which opens into one with its table and what it says of itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import model_validator
from starlette.datastructures import FormData

from auth.access.current import Caller
from auth.access.model import Identity
from auth.clock import day, now
from auth.errors import Problem
from search.analysis import labels
from search.analysis.charts.links import opening
from search.analysis.charts.painter import Link, Painter
from search.analysis.charts.titles import title
from search.analysis.dividing import collections
from search.analysis.model import Analysis, Name
from search.analysis.schemas import AnalysisParams
from search.analysis.service import Analyst
from search.api import threads
from search.api.addresses import Address
from search.engine import layout
from search.engine.model import Unit
from search.find.service import Finder, Read
from search.query.errors import QueryError
from search.web import owning, tables, words
from search.web.picturing import FILES, drawn
from search.web.render import page, told
from search.web.routes import unreadable
from search.web.words import Words

_SHOWN, _SHOWN_OF_PART = 60, 20
"""Rows of a table on its page; a file has all."""
_SLIM = 5
"""Columns of a table that leave room beside it."""
_OTHERS: tuple[Name, ...] = ("network", "competitors", "hot", "custom", "grants", "density")
"""Questions of which the page of eight has no chart."""

_CLASSES = ("section", "class", "subclass", "group", "subgroup", "field", "cpc_subclass", "cpc_group", "locarno")
_DIMENSIONS: Mapping[Name, tuple[tuple[str, ...], int]] = {
    "trend": (("application_year", "publication_year", "grant_year", "priority_year"), 1),
    "parties": (("applicant", "inventor", "agent"), 1),
    "classes": (_CLASSES, 1),
    "regions": (("region", "city", "origin"), 1),
    "legal": (("legal", "type", "kind", "stage"), 1),
    "competitors": (_CLASSES, 1),
    "network": (("applicant", "inventor", "agent"), 1),
    "hot": (("group", "word", "subclass", "subgroup", "cpc_group"), 1),
    "density": (("region", "city"), 1),
    "matrix": (tuple(layout.DIMENSIONS), 2),
    "branches": (tuple(layout.DIMENSIONS), 2),
    "custom": (tuple(layout.DIMENSIONS), 3),
}
"""Which dimensions a question can be asked by, and how many at once; of the others nothing is chosen."""
_MERGING = ("parties", "matrix", "competitors", "network", "grants", "density", "branches")
_NAMING = ("competitors", "grants", "density")
_IN_PERIOD, _AT_DAY = ("grants",), ("density",)
Owning = Literal["density", "branches"]
"""Questions whose form may bring a list of thousands of enterprises: inventions in force, and these of each branch."""

Pairs = list[tuple[str, str]]


class PageParams(AnalysisParams):
    """The address of a page, as its form sends it: a field left empty is one not given."""

    q: str = ""
    lang: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_sent(cls, given: dict[str, Any]) -> dict[str, Any]:
        """A form sends its empty fields too, and its `names` are applicants, one a line."""
        told = {name: value for name, value in given.items() if name != "names"}
        told["applicant"] = [*given.get("applicant", ()), *map(str.strip, str(given.get("names", "")).splitlines())]
        kept = {name: [each for each in value if each] if isinstance(value, list) else value for name, value in told.items()}
        return {name: value for name, value in kept.items() if value not in ("", [])}


@dataclass(frozen=True, slots=True)
class Card:
    """A small chart: where it opens, its picture, or why there is none."""

    title: str
    address: str
    picture: str
    empty: str


@dataclass(frozen=True, slots=True)
class Part:
    """A further table of the same question; `address` is where it stands by itself with a chart, where it can."""

    title: str
    address: str
    table: tables.TableView


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose."""

    value: str
    label: str
    chosen: bool


_params = Address(PageParams)


def router(finder: Finder, analyst: Analyst, painter: Painter, *, prefix: str) -> APIRouter:
    """The routes without a prefix; `prefix` is where those of the API are, from which pictures and files come."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/analysis")
    async def eight(request: Request, caller: Caller) -> Response:
        return await threads.run(overview, request, caller)

    @routes.get("/analysis/{name}")
    async def one(name: Annotated[Name, Path()], request: Request, caller: Caller) -> Response:
        return await threads.run(single, name, request, caller)

    @routes.post("/analysis/{name}")
    async def owning_asked(name: Annotated[Owning, Path()], request: Request, caller: Caller) -> Response:
        return await threads.run(asked, name, request, caller, *await owning.sent(request))

    def asked(name: Name, request: Request, caller: Identity, form: FormData, file: bytes) -> Response:
        """Leads to the address of the question; a long list of enterprises is kept, and named by its number."""
        plain = owning.pairs(form)
        params = _params.of([*plain, *((("listed", str(form.get("listed"))),) if form.get("keep") else ())])
        try:
            people = owning.told_people(form)
            named, listed = analyst.listed(caller.user, owning.names(form, file), params.listed)
        except Problem as problem:
            t = words.of(request)
            again = _form(name, params, t) | owning.typed(form)
            return page(request, "table.html", caller, status=problem.status, wrong=told(problem, t), found=None, **again)
        return RedirectResponse(owning.address(name, [*plain, *people], named, listed), 303)

    def overview(request: Request, caller: Identity) -> Response:
        params, t = _params.read(request), words.of(request)
        if not params.q.strip():
            return RedirectResponse("/", 303)
        try:
            read = finder.read(params.question(), user=caller.user)
        except QueryError as error:
            return unreadable(request, caller, params, error)
        found = analyst.page(params.ask(read, user=caller.user, today=day(now())))
        kept = _pairs(params, table=False)
        return page(
            request,
            "analysis.html",
            caller,
            **_said(params, read),
            cards=[_card(each, kept, t, prefix) for each in found],
            others=[Option(f"/analysis/{name}?{urlencode(kept)}", title(name, t.lang), False) for name in _others(read)],
            units=_units(kept, params.unit, t),
            total=found[0].total,
            nothing="" if found[0].total else getattr(found[0].caveats[0], t.lang),
            waiting=found[0].waiting,
            records=_records(kept) if found[0].waiting or not params.records else "",
            held_alone=not params.records,
            unit=params.unit,
        )

    def single(name: Name, request: Request, caller: Identity) -> Response:
        params, t = _params.read(request), words.of(request)
        if not params.q.strip():
            return RedirectResponse("/", 303)
        if (name == "custom" and not params.by) or (name == "grants" and not params.applicant):
            return page(request, "table.html", caller, wrong="", found=None, **_form(name, params, t))
        try:
            read = finder.read(params.question(), user=caller.user)
            found = analyst.answer(name, params.ask(read, user=caller.user, today=day(now())))
        except QueryError as error:
            return unreadable(request, caller, params, error)
        except Problem as problem:
            if problem.status not in (400, 422):
                raise
            refused = told(problem, t)
            return page(request, "table.html", caller, status=problem.status, wrong=refused, found=None, **_form(name, params, t))
        link = opening(found.unit, expand=params.expand, collections=found.collections)
        charts, lacking = drawn(painter, found, link, t)
        table = tables.view(found, t.lang, link, most=_SHOWN, expand=params.expand)
        pairs = _pairs(params)
        return page(
            request,
            "table.html",
            caller,
            wrong="",
            charts=charts,
            lacking=lacking,
            found=found,
            **_said(params, read),
            **_form(name, params, t, found),
            table=table,
            figures=tables.figures(found, t.lang),
            coverage=tables.coverage(found.coverage, t.lang),
            slim=table.wide <= _SLIM,
            parts=[_part(name, each, params, link, t) for each in found.parts if each.rows],
            files=[(kind, f"{prefix}/analysis/{name}/{file}{urlencode([*pairs, ('lang', t.lang)])}") for kind, file in FILES],
        )

    return routes


def _said(params: AnalysisParams, read: Read) -> dict[str, Any]:
    """What was asked, as it was understood."""
    return {
        "text": params.q,
        "dialect": params.dialect,
        "canonical": read.said.canonical,
        "warnings": read.said.warnings,
        "documents": f"/search?{urlencode(_pairs(params, table=False, unit=False))}",
        "eight": f"/analysis?{urlencode(_pairs(params, table=False))}",
    }


def _pairs(params: AnalysisParams, *, table: bool = True, unit: bool = True) -> Pairs:
    """The address's parameters, those of the population and, unless told not to, those of the table."""
    names = ["dialect", "mode", "synonyms", "other_names", "expand", *(["unit", "merged", "records"] if unit else ())]
    names += ["size", "each", "first", "last", "at", "irregular", "listed", "strategic"] if table else []
    plain = AnalysisParams.model_fields
    given = [(name, value) for name in names if (value := getattr(params, name)) != plain[name].default]
    return [
        ("q", params.q),
        *(("filter", pair) for pair in params.filter),
        *(("without", text) for text in params.without),
        *((name, str(value).lower() if isinstance(value, bool) else str(value)) for name, value in given),
        *((("by", dimension) for dimension in params.by) if table else ()),
        *((("applicant", name) for name in params.applicant) if table else ()),
        *((("people", told) for told in params.people) if table else ()),
    ]


def _card(found: Analysis, pairs: Pairs, t: Words, prefix: str) -> Card:
    drawn = urlencode([*pairs, ("lang", t.lang), ("box", "small")])
    empty = "" if any(row.count for row in found.rows) else " ".join(getattr(caveat, t.lang) for caveat in found.caveats)
    return Card(
        title(found.name, t.lang),
        f"/analysis/{found.name}?{urlencode(pairs)}",
        "" if empty else f"{prefix}/analysis/{found.name}/chart.svg?{drawn}",
        empty,
    )


def _part(name: Name, part: Analysis, params: AnalysisParams, link: Link, t: Words) -> Part:
    dimensions, most = _DIMENSIONS.get(name, ((), 0))
    alone = part.name == name and part.by[-1] in dimensions and (len(part.by), most) in ((1, 1), (2, 2)) and not params.each
    pairs = [pair for pair in _pairs(params) if pair[0] != "by"]
    address = f"/analysis/{name}?{urlencode([*pairs, ('by', part.by[-1])])}" if alone else ""
    by = " × ".join(labels.named(dimension, t.lang) for dimension in part.by)
    told = by if part.name == name else f"{title(part.name, t.lang)} · {by}"
    return Part(told, address, tables.view(part, t.lang, link, most=_SHOWN_OF_PART, expand=params.expand))


def _others(read: Read) -> Sequence[Name]:
    """Further questions; that of branches where there may be some."""
    return (*_OTHERS, "branches") if len(collections(read.said.tree)) == 1 else _OTHERS


def _each(chosen: Name | None, t: Words) -> Iterable[Option]:
    """The questions that can be asked of each branch."""
    yield Option("", t("branches_crossed"), chosen is None)
    for name in get_args(Name):
        if name != "branches":
            yield Option(name, title(name, t.lang), name == chosen)


def _units(pairs: Pairs, current: Unit, t: Words) -> list[Option]:
    kept = [pair for pair in pairs if pair[0] != "unit"]
    return [
        Option(f"/analysis?{urlencode([*kept, ('unit', unit)])}", t(f"unit_{unit}"), unit == current) for unit in get_args(Unit)
    ]


def _records(pairs: Pairs) -> str:
    """The page of eight with the records that wait counted too, or without them where they are."""
    kept = [pair for pair in pairs if pair[0] != "records"]
    return f"/analysis?{urlencode(kept if len(kept) < len(pairs) else [*kept, ('records', 'false')])}"


def _form(name: Name, params: AnalysisParams, t: Words, found: Analysis | None = None) -> dict[str, Any]:
    """What can be asked otherwise, with what was asked."""
    dimensions, most = _DIMENSIONS.get(name, ((), 0))
    asked = [*params.by, *[""] * most][:most]
    hidden = [pair for pair in _pairs(params, table=False, unit=False) if pair[0] not in ("q", "dialect")]
    return {
        "name": name,
        "heading": title(name, t.lang),
        "params": params,
        "hidden": hidden,
        "choices": [list(_dimensions(dimensions, chosen, t)) for chosen in asked],
        "unit_choices": [Option(unit, t(f"unit_{unit}"), unit == params.unit) for unit in get_args(Unit)],
        "merging": name in _MERGING,
        "collecting": "collection:" in params.q,
        "naming": name in _NAMING or params.each in _NAMING,
        "owning": "density" in (name, params.each),
        "of_each": list(_each(params.each, t)) if name == "branches" else [],
        "in_period": name in _IN_PERIOD or params.each in _IN_PERIOD,
        "at_day": name in _AT_DAY or params.each in _AT_DAY,
        "persons": owning.persons(found, params.persons()),
        "people": f"{params.persons().get('', ''):.12g}" if "" in params.persons() else "",
        "typed": {"names": "\n".join(params.applicant), "people_lines": ""},
    }


def _dimensions(names: Sequence[str], chosen: str, t: Words) -> Iterable[Option]:
    yield Option("", t("analysis_usual"), not chosen)
    for name in names:
        yield Option(name, labels.named(name, t.lang), name == chosen)
