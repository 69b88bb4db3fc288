"""The page that asks which report is wanted, and shows it; the files to take away are the API's."""

from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from auth.access.current import Caller
from auth.access.model import Identity
from auth.errors import Problem
from search.analysis.caveats import UNITS
from search.analysis.charts.titles import title
from search.analysis.model import Name
from search.api import threads
from search.api.addresses import Address
from search.api.errors import TRANSLATED, problem
from search.export.reports.counting import Verdict
from search.export.reports.order import KINDS, MOST_KEYS, MOST_ROWS, LayoutName, Order
from search.export.reports.schemas import ReportParams
from search.export.reports.service import Reports
from search.export.reports.wording import Wording
from search.find.question import Question
from search.find.schemas import Meant
from search.web import words
from search.web.render import address, flowing, page, told
from search.web.words import Words

_UNCHOSEN = frozenset({"custom", "grants", "density"})
"""Tables that need more than a name: they are the API's."""


class PageParams(ReportParams):
    """The address of the page: without a kind it asks for one."""

    q: str = ""


_FORM = frozenset({*PageParams.model_fields, "format"} - {*Meant.model_fields, "q", "filter"})
"""What the form asks; the rest of the address says which documents, and is passed on."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, and what it is about."""

    value: str
    label: str
    chosen: bool
    about: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as a part of the page, with its length and the seconds it took; or else what came in its way."""

    report: str = ""
    verdict: Verdict | None = None
    seconds: str = ""
    fault: str = ""


_params = Address(PageParams)


def router(reports: Reports) -> APIRouter:
    """The route without a prefix."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/reports")
    async def report(request: Request, caller: Caller) -> Response:
        return await threads.run(shown, request, caller)

    def shown(request: Request, caller: Identity) -> Response:
        t = words.of(request)
        params = _params.read(request).model_copy(update={"lang": t.lang})
        if not params.q.strip():
            return RedirectResponse("/", 303)
        values = _form(request, params, t) | {"heading": t("report_make"), "write": None, "made": None, "fault": ""}
        if "kind" not in request.query_params:
            return page(request, "reports.html", caller, **values)
        order, question = params.order(), params.question()
        try:
            reports.require(order, question, user=caller.user)
        except Problem as refused:
            return page(request, "reports.html", caller, status=refused.status, **values | {"fault": told(refused, t)})
        heading = order.title or Wording(t.lang)(f"kind_{order.kind}")
        write = partial(_written, reports, order, question, user=caller.user, t=t)
        return flowing(request, "reports.html", caller, **values | {"heading": heading, "write": write})

    return routes


def _written(reports: Reports, order: Order, question: Question, *, user: str, t: Words) -> Shown:
    """The report, or what came in its way while it was made: the page has begun by then."""
    began = monotonic()
    try:
        made = reports.written(order, question, "html", user=user)
    except Problem as error:
        return Shown(fault=told(error, t))
    except TRANSLATED as error:
        return Shown(fault=told(problem(error), t))
    return Shown(made.data.decode(), made.verdict, f"{monotonic() - began:.1f}")


def _form(request: Request, params: PageParams, t: Words) -> dict[str, Any]:
    """The form with what was chosen, and the address of the same report as a file."""
    said = Wording(t.lang)
    kinds = [Choice(kind, said(f"kind_{kind}"), kind == params.kind, said(f"about_{kind}")) for kind in KINDS]
    tables = [name for name in get_args(Name) if name not in _UNCHOSEN]
    return {
        "asked": params,
        "passed": [pair for pair in request.query_params.multi_items() if pair[0] not in {*_FORM, "sort", "page"}],
        "kinds": kinds,
        "layouts": [Choice(name, said(f"layout_{name}"), name == params.layout) for name in get_args(LayoutName)],
        "units": [Choice(unit, names[t.lang != "zh"], unit == params.unit) for unit, names in UNITS.items()],
        "tables": [Choice(name, title(name, t.lang), name in params.table) for name in tables],
        "most_rows": MOST_ROWS,
        "most_keys": MOST_KEYS,
        "files": [
            ("report_docx", address(request, format="docx", lang=t.lang)),
            ("report_pdf", address(request, format="pdf", lang=t.lang)),
        ],
    }
