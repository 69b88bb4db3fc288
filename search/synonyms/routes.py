"""One's own list of synonyms, and everybody's, over HTTP, for whoever is signed in."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from auth.access.current import Caller
from auth.http.body import StrictModel, Whole
from auth.http.documents import problems
from search.synonyms.lists import Lists, read
from search.synonyms.model import LONGEST, OWN, TERMS, Held

Term = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
Terms = Annotated[list[Term], Field(min_length=2, max_length=TERMS)]


class SynonymsBody(StrictModel):
    """Groups of words that mean the same, in any language; `version` is that of the list read."""

    groups: list[Terms] = Field(max_length=OWN, examples=[[["电池", "蓄电池", "battery", "accumulator"]]])
    version: Whole | None = None


class SynonymList(BaseModel):
    """A list."""

    groups: list[tuple[str, ...]]
    version: int


class SynonymLists(BaseModel):
    """The caller's own list and the operator's."""

    own: SynonymList
    operator: SynonymList


def router(lists: Lists, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`."""
    routes = APIRouter(prefix=prefix, tags=["find"])

    @routes.get("/synonyms", responses=problems(401, 503))
    def list_synonyms(caller: Caller) -> SynonymLists:
        """The words that a search takes for the same where it asks for synonyms."""
        return SynonymLists(own=_view(lists.own(caller.user)), operator=_view(lists.operators()))

    @routes.put("/synonyms", responses=problems(400, 401, 409, 413, 422, 503))
    def keep_synonyms(body: SynonymsBody, caller: Caller) -> SynonymList:
        """Put these groups in the place of one's own list."""
        groups = read(",".join(group) for group in body.groups)
        return _view(lists.keep(caller.user, groups, version=body.version))

    return routes


def _view(held: Held) -> SynonymList:
    return SynonymList(groups=list(held.groups), version=held.version)
