"""The page of numbers: pasted lists, a verdict a line, and the verdicts as a table to take away."""

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, StringConstraints

from auth.access.current import CSRF_FIELD, Caller
from auth.access.model import Identity
from auth.http.body import StrictModel
from search.api import threads
from search.api.tablefile import csv_file
from search.find.doctor.model import LINES, Verdict
from search.find.doctor.service import Doctor
from search.saved.history import History
from search.web import words
from search.web.render import page
from search.web.words import Words

SIGNS = {"found": ("good", "✓"), "not_held": ("wait", "○"), "check_digit": ("bad", "✕"), "ambiguous": ("held", "!")}
"""Look and sign of a verdict; of the others those of a check digit."""


class ListForm(StrictModel):
    """A pasted list; `format` csv gives the verdicts as a file, set keeps the documents found and shows them."""

    token: Annotated[str, Field(alias=CSRF_FIELD)]
    lines: Annotated[str, StringConstraints(max_length=1_000_000)] = ""
    format: Literal["page", "csv", "set"] = "page"


def router(doctor: Doctor, history: History) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/numbers")
    def box(request: Request, caller: Caller) -> Response:
        return page(request, "numbers.html", caller, text="", examined=None, verdicts=[], beyond=0, most=LINES, signs=SIGNS)

    @routes.post("/numbers")
    async def examine(sent: Annotated[ListForm, Form()], request: Request, caller: Caller) -> Response:
        return await threads.run(examined_page, sent, request, caller)

    def examined_page(sent: ListForm, request: Request, caller: Identity) -> Response:
        t = words.of(request)
        lines = sent.lines.strip("\r\n").splitlines()
        examined = doctor.examine(lines[:LINES], user=caller.user, lang=t.lang)
        told = [verdict for verdict in examined.verdicts if verdict.verdict != "blank"]
        if sent.format == "csv":
            return csv_file(_rows(told, t), "numbers.csv")
        if sent.format == "set" and examined.numbers:
            number = history.keep(caller.user, examined.numbers, label=t("numbers_set", count=len(examined.numbers)))
            return RedirectResponse(f"/search?q=%23{number}", 303)
        return page(
            request,
            "numbers.html",
            caller,
            text=sent.lines,
            examined=examined,
            verdicts=told,
            beyond=max(0, len(lines) - LINES),
            most=LINES,
            signs=SIGNS,
        )

    return routes


def _rows(verdicts: list[Verdict], t: Words) -> Iterator[tuple[str, ...]]:
    yield tuple(t(name) for name in ("line", "typed", "verdict", "read_as", "held_documents", "candidates", "what_to_do"))
    for verdict in verdicts:
        candidates = "; ".join(candidate.number for candidate in verdict.candidates)
        said, held = t(f"verdict_{verdict.verdict}"), "; ".join(verdict.held)
        yield (str(verdict.line), verdict.text, said, verdict.number or "", held, candidates, verdict.advice)
