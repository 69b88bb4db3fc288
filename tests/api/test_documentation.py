"""docs/api.md names every route, parameter, filter and facet that there is, and none that there is not."""

import re

from search.find.question import DAYS, FACETS
from search.find.schemas import Filters, SearchBody, SearchParams
from tests.api.routes import served
from tests.machine import ROOT
from tests.service import Running

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
_WATCHED = {"/healthz", "/readyz", "/metrics"}
"""For programs too, outside of the API; every other path is a page."""


def test_every_route_for_programs_is_listed(service: Running) -> None:
    listed = {tuple(route.split()) for route in re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /\S+)`", PAGE)}
    assert listed == {route for route in served(service.app) if route[1].startswith("/api/") or route[1] in _WATCHED}


def test_every_parameter_of_a_search_is_listed() -> None:
    keys, parameters = "", ""
    for row in re.findall(r"^\| (`[^|]+) \| (`[^|]+) \|", PAGE, re.MULTILINE):
        keys, parameters = keys + row[0], parameters + row[1]
    assert set(re.findall(r"`(\w+)`", keys)) >= set(SearchBody.model_fields)
    assert set(re.findall(r"`(\w+)[`=]", parameters)) >= set(SearchParams.model_fields)


def test_every_filter_and_facet_is_listed() -> None:
    listed = re.findall(r"`((?:\w+ )+\w+)`", PAGE)
    assert " ".join(FACETS) in listed
    assert " ".join(DAYS) in listed
    assert set(Filters.model_fields) == {*FACETS, *DAYS}
