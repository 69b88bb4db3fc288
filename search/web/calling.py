"""Call-backs: the bureau's samples, their printed sheet, and the page on which a person who was drawn answers.

Answering is a button: nothing is answered by opening an address, which programs that look through mail do too.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, StringConstraints

from auth.access import cookies
from auth.access.current import CSRF_FIELD
from auth.access.model import Identity
from auth.access.problems import FormStale
from auth.errors import Problem
from auth.http.body import StrictModel, Whole
from auth.oversight.answers import Answers
from auth.oversight.calls import Calls, enough
from auth.oversight.model import Answer, Replies
from auth.oversight.routes import Overseer
from auth.oversight.service import Oversight
from auth.projects.routes import Official
from auth.projects.service import Projects
from search.web import words
from search.web.render import page, told

Digits = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[0-9A-Fa-f]{64}$")]


class _Sent(StrictModel):
    """A form of somebody signed in."""

    token: Annotated[str, Field(alias=CSRF_FIELD)] = ""


class CommitForm(_Sent):
    """The SHA-256 of the bureau's nonce."""

    commitment: Digits


class DrawForm(_Sent):
    """The nonce itself, and how many."""

    nonce: Digits
    people: int = Field(ge=1, le=1_000)


class CallForm(_Sent):
    """What became of a call; what was ticked is not so."""

    said: Answer
    not_self: bool = False
    not_rd: bool = False
    not_used: bool = False


class AnswerForm(StrictModel):
    """The person's own answer: three times yes by one button, else what is ticked is not so."""

    code: Annotated[str, StringConstraints(max_length=100)]
    said: Answer
    not_self: bool = False
    not_rd: bool = False
    not_used: bool = False


def router(oversight: Oversight, projects: Projects) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)
    _samples(routes, oversight.calls, projects)
    _sample(routes, oversight.calls, projects)
    _answering(routes, oversight.answers)
    return routes


def _samples(routes: APIRouter, calls: Calls, projects: Projects) -> None:
    def shown(request: Request, caller: Identity, project: str, problem: Problem | None = None) -> Response:
        held = projects.get(caller, project)
        population = calls.population(caller, project)
        return page(
            request,
            "samples.html",
            caller,
            status=problem.status if problem else 200,
            project=held,
            samples=calls.page(caller, project),
            population=population,
            table=enough(population),
            wrong=told(problem, words.of(request)) if problem else "",
        )

    @routes.get("/bureau/projects/{id}/samples")
    def samples(id: str, request: Request, caller: Overseer) -> Response:  # noqa: A002 - the path's own name
        return shown(request, caller, id)

    @routes.post("/bureau/projects/{id}/samples")
    def commit(id: str, sent: Annotated[CommitForm, Form()], request: Request, caller: Official) -> Response:  # noqa: A002
        try:
            made = calls.commit(caller, id, target="new_users", commitment=sent.commitment)
        except Problem as problem:
            if problem.status == 404:
                raise
            return shown(request, caller, id, problem)
        return RedirectResponse(f"/bureau/projects/{id}/samples/{made.sample.id}", 303)


def _sample(routes: APIRouter, calls: Calls, projects: Projects) -> None:
    def shown(request: Request, caller: Identity, project: str, sample: str, problem: Problem | None = None) -> Response:
        held, people = calls.people(caller, project, sample)
        return page(
            request,
            "sample.html",
            caller,
            status=problem.status if problem else 200,
            project=projects.get(caller, project),
            held=held,
            people=people,
            population=calls.population(caller, project),
            wrong=told(problem, words.of(request)) if problem else "",
        )

    def done(request: Request, caller: Identity, project: str, sample: str, problem: Problem | None) -> Response:
        """The sample again, with what is wrong; what is not the caller's is an error of its own."""
        if problem is None:
            return RedirectResponse(f"/bureau/projects/{project}/samples/{sample}", 303)
        if problem.status == 404:
            raise problem
        return shown(request, caller, project, sample, problem)

    @routes.get("/bureau/projects/{id}/samples/{sample}")
    def one(id: str, sample: str, request: Request, caller: Official) -> Response:  # noqa: A002
        return shown(request, caller, id, sample)

    @routes.get("/bureau/projects/{id}/samples/{sample}/sheet")
    def sheet(id: str, sample: str, request: Request, caller: Official) -> Response:  # noqa: A002
        held, people = calls.people(caller, id, sample)
        return page(request, "calls.html", caller, project=projects.get(caller, id), held=held, people=people)

    @routes.post("/bureau/projects/{id}/samples/{sample}/draw")
    def draw(id: str, sample: str, sent: Annotated[DrawForm, Form()], request: Request, caller: Official) -> Response:  # noqa: A002
        try:
            calls.draw(caller, id, sample, nonce=bytes.fromhex(sent.nonce), size=sent.people)
        except Problem as problem:
            return done(request, caller, id, sample, problem)
        return done(request, caller, id, sample, None)

    @routes.post("/bureau/projects/{id}/samples/{sample}/calls/{place}")
    def call(
        id: str,  # noqa: A002
        sample: str,
        place: Whole,
        *,
        sent: Annotated[CallForm, Form()],
        request: Request,
        caller: Official,
    ) -> Response:
        try:
            calls.call(caller, id, sample, place, replies=_replies(sent))
        except Problem as problem:
            return done(request, caller, id, sample, problem)
        return done(request, caller, id, sample, None)

    @routes.post("/bureau/projects/{id}/samples/{sample}/close")
    def close(id: str, sample: str, _sent: Annotated[_Sent, Form()], request: Request, caller: Official) -> Response:  # noqa: A002
        try:
            calls.close(caller, id, sample)
        except Problem as problem:
            return done(request, caller, id, sample, problem)
        return done(request, caller, id, sample, None)


def _answering(routes: APIRouter, answers: Answers) -> None:
    def shown(request: Request, code: str, problem: Problem | None = None, *, thanks: bool = False) -> Response:
        enterprise, asked = None, False
        if code and problem is None and not thanks:
            try:
                enterprise, asked = answers.asked(code), True
            except Problem as refused:
                problem = refused
        wrong = told(problem, words.of(request)) if problem else ""
        values: dict[str, Any] = {"code": code, "enterprise": enterprise, "asked": asked, "wrong": wrong, "thanks": thanks}
        return page(request, "answer.html", status=problem.status if problem else 200, **values)

    @routes.get("/answer")
    def form(request: Request, code: str = "") -> Response:
        return shown(request, code[:100])

    @routes.post("/answer")
    def answer(sent: Annotated[AnswerForm, Form()], request: Request) -> Response:
        if not cookies.same_origin(request.headers):
            raise FormStale
        replies = _replies(sent)
        if replies is None:
            return shown(request, sent.code)
        try:
            answers.answer(sent.code, replies)
        except Problem as problem:
            return shown(request, sent.code, problem)
        return shown(request, sent.code, thanks=True)


def _replies(sent: CallForm | AnswerForm) -> Replies | None:
    """``None`` for who was not reached. A no without anything ticked is a no to the first question."""
    if sent.said is Answer.UNREACHABLE:
        return None
    if sent.said is Answer.YES:
        return Replies(self=True, rd=True, used=True)
    ticked = sent.not_self or sent.not_rd or sent.not_used
    return Replies(self=ticked and not sent.not_self, rd=not sent.not_rd, used=not sent.not_used)
