"""What an agency and a bureau see: projects with their standing, links, registrations, and what is to be decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, StringConstraints

from auth.access.current import CSRF_FIELD, holding
from auth.access.model import Identity
from auth.errors import Problem
from auth.http.body import StrictModel
from auth.ledger import reasons
from auth.ledger.model import Leaf
from auth.oversight.questions import Questions
from auth.oversight.routes import Overseer
from auth.projects.model import Project
from auth.projects.problems import NoRuleYet
from auth.projects.routes import After, Reader
from auth.projects.service import Projects
from auth.referral import qr
from auth.registration.holds import Shown
from auth.registration.model import Outcome
from auth.registration.service import Registration
from auth.roles import Role
from auth.targets.report import Reports
from auth.targets.routes import Month
from auth.targets.service import Rows, Targets
from auth.targets.standing import Standing
from search.web import words
from search.web.bars import Bar, bars
from search.web.curve import curve
from search.web.render import page, told
from search.web.words import Words

Agency = Annotated[Identity, Depends(holding(Role.AGENCY))]
Bureau = Annotated[Identity, Depends(holding(Role.BUREAU, Role.ADMINISTRATOR))]
_SHOWN = 50
_ROWS = 200
_OPEN = (Outcome.HELD, Outcome.EXCLUDED)


class DisputeForm(StrictModel):
    """Why a registration should count, in the agency's words."""

    token: Annotated[str, Field(alias=CSRF_FIELD)] = ""
    explanation: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1_000)]


class DecisionForm(DisputeForm):
    """What the bureau decides, and why."""

    release: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A project with its targets; ``None`` while no rule was adopted."""

    project: Project
    bars: list[Bar] | None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact behind a number; `reason` in words where it is left out."""

    leaf: Leaf
    reason: str | None


class Offices:
    """What the pages are made from."""

    def __init__(
        self, registration: Registration, projects: Projects, targets: Targets, reports: Reports, questions: Questions
    ) -> None:
        self.registration = registration
        self.projects = projects
        self.targets = targets
        self.reports = reports
        self.questions = questions

    def rows(self, caller: Identity, t: Words) -> list[Row]:
        """The caller's projects with their standing today."""
        found = self.projects.page(caller, after=None, size=_SHOWN)
        return [Row(project, self._bars(caller, project.id, t)) for project in found]

    def people(self, caller: Identity, t: Words, *outcomes: Outcome, after: str | None = None) -> "People":
        """A page of those of these outcomes, the newest first, with how many there are."""
        found = self.registration.holds.page(caller, outcomes=outcomes, after=after, size=_SHOWN + 1)
        more = found[_SHOWN - 1].registration.account if len(found) > _SHOWN else None
        counts = {outcome: count for outcome, count in self.questions.outcomes(caller).items() if outcome in outcomes}
        return People(_people(found[:_SHOWN], t), counts, more, first=after is None)

    def standing(self, caller: Identity, project: str, as_of: date | None) -> Standing | None:
        """``None`` while no rule was adopted."""
        try:
            return self.targets.standing(caller, project, as_of=as_of)
        except NoRuleYet:
            return None

    def _bars(self, caller: Identity, project: str, t: Words) -> list[Bar] | None:
        held = self.standing(caller, project, None)
        return bars(held, t) if held else None


def router(offices: Offices) -> APIRouter:
    """The routes without a prefix; those of links stand in `search.web.linking`."""
    routes = APIRouter(include_in_schema=False)
    _desks(routes, offices)
    _deciding(routes, offices)

    @routes.get("/bureau/projects/{id}")
    def project(id: str, request: Request, caller: Reader, as_of: date | None = None, target: str = "") -> Response:  # noqa: A002
        t = words.of(request)
        held = offices.projects.get(caller, id)
        agency, bureau = offices.projects.parties(held)
        standing = offices.standing(caller, id, as_of)
        rows = offices.targets.rows(caller, id, target, as_of=as_of) if standing and target else None
        return page(
            request,
            "project.html",
            caller,
            project=held,
            agency=agency,
            bureau=bureau,
            standing=standing,
            as_of=as_of or offices.targets.today(),
            today=offices.targets.today(),
            bars=bars(standing, t) if standing else None,
            target=target,
            rows=_facts(rows, t) if rows else None,
            curve=curve(standing, rows) if standing and rows else None,
        )

    @routes.get("/bureau/projects/{id}/report")
    def report(id: str, request: Request, caller: Reader, month: Month) -> Response:  # noqa: A002
        made = offices.reports.month(caller, id, date.fromisoformat(f"{month}-01"))
        code = qr.draw(made.checkpoint.written(), "svg").decode().partition("?>")[2]
        return page(request, "report.html", caller, report=made, code=code)

    return routes


def _desks(routes: APIRouter, offices: Offices) -> None:
    @routes.get("/agency")
    def agency(request: Request, caller: Agency, after: After = None) -> Response:
        t = words.of(request)
        people = offices.people(caller, t, *Outcome, after=after)
        return page(request, "agency.html", caller, rows=offices.rows(caller, t), people=people, wrong="")

    @routes.get("/bureau")
    def bureau(request: Request, caller: Overseer, after: After = None) -> Response:
        return _bureau(request, caller, offices, after=after)


def _deciding(routes: APIRouter, offices: Offices) -> None:
    holds = offices.registration.holds

    @routes.post("/agency/registrations/{account}")
    def dispute(account: str, sent: Annotated[DisputeForm, Form()], request: Request, caller: Agency) -> Response:
        try:
            holds.dispute(caller, account, explanation=sent.explanation)
        except Problem as problem:
            t = words.of(request)
            people = offices.people(caller, t, *Outcome)
            values = {"rows": offices.rows(caller, t), "people": people, "wrong": told(problem, t)}
            return page(request, "agency.html", caller, status=problem.status, **values)
        return RedirectResponse("/agency#registrations", 303)

    @routes.post("/bureau/registrations/{account}")
    def decide(account: str, sent: Annotated[DecisionForm, Form()], request: Request, caller: Bureau) -> Response:
        try:
            holds.decide(caller, account, release=sent.release, explanation=sent.explanation)
        except Problem as problem:
            return _bureau(request, caller, offices, problem)
        return RedirectResponse("/bureau#registrations", 303)


def _bureau(
    request: Request, caller: Identity, offices: Offices, problem: Problem | None = None, *, after: str | None = None
) -> Response:
    t = words.of(request)
    held = offices.people(caller, t, *_OPEN, after=after)
    values = {"rows": offices.rows(caller, t), "people": held, "wrong": told(problem, t) if problem else ""}
    return page(request, "bureau.html", caller, status=problem.status if problem else 200, **values)


@dataclass(frozen=True, slots=True)
class Person:
    """A registration with its reasons in words."""

    shown: Shown
    reasons: list[str]
    missing: list[str]


@dataclass(frozen=True, slots=True)
class People:
    """A page of registrations; `counts` are of all there are, `more` goes into `after` for the next page."""

    shown: list[Person]
    counts: dict[Outcome, int]
    more: str | None
    first: bool


def _people(found: list[Shown], t: Words) -> list[Person]:
    return [Person(each, _words(each.registration.reasons, t), _words(each.missing, t)) for each in found]


def _words(codes: Iterable[str], t: Words) -> list[str]:
    return [str(getattr(reasons.words(code), t.lang)) for code in codes]


def _facts(held: Rows, t: Words) -> list[FactRow]:
    """The newest first."""
    left_out = {row.seq: row.reason for row in held.measure.left_out}
    shown = sorted(held.leaves, reverse=True)[:_ROWS]
    return [FactRow(held.leaves[seq], _words([left_out[seq]], t)[0] if seq in left_out else None) for seq in shown]
