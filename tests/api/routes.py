"""Every route of the application, and one sound request for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Route

from search.api import later
from tests.service import CALLERS, CODE, LINK
from tests.tenants import a_credit_code

Status = Mapping[str, int]

OPEN: Status = dict.fromkeys(CALLERS, 200)
MEMBERS: Status = OPEN | {"stranger": 401}
REFUSED: Status = dict.fromkeys(CALLERS, 401)
UNFIT: Status = dict.fromkeys(CALLERS, 422)


def all_of(status: int, *, stranger: int = 401) -> Status:
    """The same for every caller but a stranger."""
    return dict.fromkeys(CALLERS, status) | {"stranger": stranger}


@dataclass(frozen=True)
class Sound:
    """A request that a route takes, and what each kind of caller is answered."""

    path: str
    status: Status
    sent: Mapping[str, Any] = field(default_factory=dict)


STAFF: Status = MEMBERS | {"researcher": 403}
OFFICIALS: Status = STAFF | {"agency": 403}
ELSEWHERE: Status = STAFF | {"agency": 404, "bureau": 404}
NOWHERE: Status = ELSEWHERE | {"administrator": 404}
MADE: Status = {"bureau": 201, "administrator": 201}

_TABLE = "name,credit_code\n甲厂,91350100M000100Y43\n".encode()
_CSV = {"content-type": "text/csv"}
_STALE = {"json": {"version": 99}}
_ENTERPRISE = {"name": "贵州精工（a）机械有限公司", "credit_code": a_credit_code(1)}
_MARK = {"mark": "high_tech", "document_sha256": "ab" * 32, "first": "2026-01-01"}
_LINK = {"kind": "agency", "organisation": "agency-a"}
_DAYS = {"first": "2026-01-01", "last": "2026-12-31"}
_PROJECT = {"name": "推送服务", "agency": "agency-a", "bureau": "city-a", **_DAYS, "province": "52", "contract_sha256": "ab" * 32}
_SIGN_UP = {"contact": "li@example.org", "consents": {"terms": True}}
_ONCE = {"headers": {"Idempotency-Key": "once"}}
_CORRECTION = {"number": "CN110330865B", "sentence": "0" * 16, "found": "cost", "effect": "safety"}
_CODE = {"ref": "0" * 32, "code": "000000"}
_FORM = {"username": "nobody@example.com", "password": "not the password"}

_C = "/api/v1/collections"
_NUMBERS = {"numbers": ["CN110330865B"]}
COLLECTIONS: Mapping[tuple[str, str], Sound] = {
    ("GET", _C): Sound(_C, MEMBERS),
    ("POST", _C): Sound(_C, all_of(201), {"json": {"name": "电池", "query": "title:电池"}}),
    **{
        (method, f"{_C}/{{id}}{path}"): Sound(f"{_C}/none{path.format(code='1', number=1)}", all_of(404), sent)
        for method, path, sent in (
            ("GET", "", {}),
            ("PATCH", "", {"json": {"name": "储能"}}),
            ("DELETE", "", {}),
            ("PUT", "/sharing", {"json": {"organisation": False}}),
            ("GET", "/documents", {}),
            ("PATCH", "/documents", {"json": {**_NUMBERS, "stands": "in"}}),
            ("POST", "/import", {"content": b"CN110330865B", "headers": _CSV}),
            ("GET", "/waiting", {}),
            ("GET", "/table", {}),
            ("GET", "/branches", {}),
            ("PUT", "/branches", {"content": "一级分支\n正极".encode(), "headers": _CSV}),
            ("POST", "/branches", {"json": {"name": "正极"}}),
            ("PUT", "/branches/{code}", {"json": {"name": "正极"}}),
            ("DELETE", "/branches/{code}", {}),
            ("PUT", "/branches/{code}/marks", {"json": {**_NUMBERS, "kind": "place", "value": True}}),
            ("POST", "/branches/{code}/sample", {"json": {"size": 5}}),
            ("GET", "/branches/{code}/estimate", {}),
            ("GET", "/roadmap", {}),
            ("GET", "/snapshots", {}),
            ("POST", "/snapshots", {"json": {"label": "一季度"}}),
            ("GET", "/snapshots/{number}", {}),
            ("DELETE", "/snapshots/{number}", {}),
            ("GET", "/deeds", {}),
            ("POST", "/deeds/{number}", {"json": {"undone": True}}),
        )
    },
}

_TOKEN = {"csrf_token": "-"}
_P = "/collections"
COLLECTION_PAGES: Mapping[tuple[str, str], Sound] = {
    ("GET", _P): Sound(_P, MEMBERS),
    ("POST", _P): Sound(_P, all_of(303), {"data": {**_TOKEN, "name": "电池"}}),
    ("GET", f"{_P}/add"): Sound(f"{_P}/add?number=CN110330865B", MEMBERS),
    ("POST", f"{_P}/add"): Sound(f"{_P}/add", all_of(303), {"data": {**_TOKEN, "number": "CN110330865B"}}),
    **{
        ("GET", f"{_P}/{{id}}{path}"): Sound(f"{_P}/none{path.format(code='1')}", all_of(404))
        for path in (
            *("", "/import", "/waiting", "/table", "/branches", "/branches/table", "/branches/{code}"),
            *("/roadmap", "/snapshots", "/deeds", "/settings"),
        )
    },
    **{
        ("POST", f"{_P}/{{id}}{path}"): Sound(f"{_P}/none{path.format(code='1', number=1)}", all_of(404), {"data": _TOKEN | sent})
        for path, sent in {
            "/documents": {"numbers": "CN110330865B", "deed": "in"},
            "/import": {"lines": "CN110330865B"},
            "/branches": {"name": "正极"},
            "/branches/table": {"lines": "一级分支\n正极"},
            "/branches/{code}": {"name": "正极"},
            "/branches/{code}/delete": {},
            "/branches/{code}/sample": {"size": "5"},
            "/branches/{code}/judge": {"number": "CN110330865B", "value": "yes"},
            "/branches/{code}/known": {"lines": "CN110330865B"},
            "/snapshots": {"label": "一季度"},
            "/snapshots/{number}/delete": {},
            "/deeds/{number}": {"undone": "yes"},
            "/settings": {"name": "储能"},
            "/sharing": {},
            "/delete": {"sure": "yes"},
        }.items()
    },
}

ROUTES: Mapping[tuple[str, str], Sound] = {
    ("GET", "/api/v1/openapi.json"): Sound("/api/v1/openapi.json", OPEN),
    ("POST", "/api/v1/search"): Sound("/api/v1/search", MEMBERS, {"json": {"query": "电池"}}),
    ("GET", "/api/v1/search"): Sound("/api/v1/search?q=电池", MEMBERS),
    ("GET", "/api/v1/analysis/{name}/chart.svg"): Sound("/api/v1/analysis/trend/chart.svg?q=电池", MEMBERS),
    ("GET", "/api/v1/analysis/{name}/chart.png"): Sound("/api/v1/analysis/trend/chart.png?q=电池", MEMBERS),
    ("GET", "/api/v1/patents"): Sound("/api/v1/patents?number=CN110330865B", MEMBERS),
    ("GET", "/api/v1/patents/{number}"): Sound("/api/v1/patents/CN110330865B", MEMBERS),
    ("GET", "/api/v1/patents/{number}/family"): Sound("/api/v1/patents/CN110330865B/family", MEMBERS),
    ("GET", "/api/v1/patents/{number}/citations"): Sound("/api/v1/patents/CN110330865B/citations", MEMBERS),
    ("GET", "/api/v1/patents/{number}/legal"): Sound("/api/v1/patents/CN110330865B/legal", MEMBERS),
    ("POST", "/api/v1/query/parse"): Sound("/api/v1/query/parse", MEMBERS, {"json": {"text": "电池/TI"}}),
    ("GET", "/api/v1/patents/{number}/similar"): Sound("/api/v1/patents/CN110330865B/similar", MEMBERS),
    ("GET", "/api/v1/suggest"): Sound("/api/v1/suggest?field=applicant&prefix=锂", MEMBERS),
    ("POST", "/api/v1/numbers"): Sound("/api/v1/numbers", MEMBERS, {"json": {"lines": ["CN 110330865 B"]}}),
    ("POST", "/api/v1/analysis/{name}"): Sound("/api/v1/analysis/trend", MEMBERS, {"json": {"query": "电池"}}),
    ("GET", "/api/v1/analysis/{name}"): Sound("/api/v1/analysis/parties?q=电池", MEMBERS),
    ("GET", "/api/v1/classes"): Sound("/api/v1/classes?symbol=A01B1/02", MEMBERS),
    ("GET", "/api/v1/classes/{symbol}"): Sound("/api/v1/classes/H01M", MEMBERS),
    ("GET", "/api/v1/history"): Sound("/api/v1/history", MEMBERS),
    ("GET", "/api/v1/history/table"): Sound("/api/v1/history/table", MEMBERS),
    ("POST", "/api/v1/history"): Sound("/api/v1/history", all_of(201), {"json": {"numbers": ["CN110330865B"]}}),
    ("DELETE", "/api/v1/history"): Sound("/api/v1/history", all_of(204)),
    ("POST", "/api/v1/export"): Sound("/api/v1/export", MEMBERS, {"json": {"query": "电池"}}),
    ("POST", "/api/v1/analysis/effects"): Sound("/api/v1/analysis/effects", MEMBERS, {"json": {"query": "电池"}}),
    ("GET", "/api/v1/analysis/effects/chart.svg"): Sound("/api/v1/analysis/effects/chart.svg?q=电池", all_of(404)),
    ("GET", "/api/v1/analysis/effects/chart.png"): Sound("/api/v1/analysis/effects/chart.png?q=电池", all_of(404)),
    ("GET", "/api/v1/analysis/effects/table"): Sound("/api/v1/analysis/effects/table?q=电池", MEMBERS),
    ("GET", "/api/v1/analysis/effects/corrections"): Sound("/api/v1/analysis/effects/corrections", MEMBERS),
    ("POST", "/api/v1/analysis/effects/corrections"): Sound(
        "/api/v1/analysis/effects/corrections", all_of(201), {"json": _CORRECTION}
    ),
    ("DELETE", "/api/v1/analysis/effects/corrections/{id}"): Sound("/api/v1/analysis/effects/corrections/none", all_of(404)),
    ("GET", "/api/v1/analysis/{name}/table"): Sound("/api/v1/analysis/trend/table?q=电池", MEMBERS),
    ("GET", "/api/v1/export"): Sound("/api/v1/export?q=电池", MEMBERS),
    ("POST", "/api/v1/reports"): Sound("/api/v1/reports", MEMBERS, {"json": {"query": "电池", "keys": 1, "charts": False}}),
    ("GET", "/api/v1/reports"): Sound("/api/v1/reports?q=电池&kind=latest&keys=1&charts=false&format=html", MEMBERS),
    ("GET", "/api/v1/synonyms"): Sound("/api/v1/synonyms", MEMBERS),
    ("PUT", "/api/v1/synonyms"): Sound("/api/v1/synonyms", MEMBERS, {"json": {"groups": [["电池", "battery"]]}}),
    ("GET", "/api/v1/applicants"): Sound("/api/v1/applicants?name=电池", MEMBERS),
    ("GET", "/api/v1/applicants/{id}"): Sound("/api/v1/applicants/bm9uZQ", all_of(404)),
    ("GET", "/api/v1/applicants/proposals"): Sound("/api/v1/applicants/proposals", MEMBERS),
    ("DELETE", "/api/v1/applicants/proposals/{id}"): Sound(
        "/api/v1/applicants/proposals/none", all_of(403) | {"administrator": 404}
    ),
    ("POST", "/api/v1/applicants/merges"): Sound("/api/v1/applicants/merges", all_of(409), {"json": {"one": "甲", "other": "乙"}}),
    ("DELETE", "/api/v1/applicants/merges/{id}"): Sound("/api/v1/applicants/merges/none", all_of(404)),
    ("GET", "/api/v1/saved"): Sound("/api/v1/saved", MEMBERS),
    ("POST", "/api/v1/saved"): Sound("/api/v1/saved", all_of(201), {"json": {"name": "电池", "query": "title:电池"}}),
    ("GET", "/api/v1/saved/{id}"): Sound("/api/v1/saved/none", all_of(404)),
    ("PUT", "/api/v1/saved/{id}"): Sound("/api/v1/saved/none", all_of(404), {"json": {"name": "a", "query": "b", "version": 1}}),
    ("DELETE", "/api/v1/saved/{id}"): Sound("/api/v1/saved/none", all_of(404)),
    **COLLECTIONS,
    **COLLECTION_PAGES,
    ("POST", "/api/v1/auth/login"): Sound("/api/v1/auth/login", REFUSED, {"data": _FORM}),
    ("POST", "/api/v1/auth/refresh"): Sound("/api/v1/auth/refresh", REFUSED, {"json": {"refresh_token": "none of ours"}}),
    ("POST", "/api/v1/auth/logout"): Sound("/api/v1/auth/logout", all_of(204)),
    ("POST", "/api/v1/auth/password"): Sound(
        "/api/v1/auth/password", REFUSED, {"json": {"current": "not the password", "new": "nine silver kettles whistle"}}
    ),
    ("GET", "/api/v1/me"): Sound("/api/v1/me", MEMBERS),
    ("GET", "/api/v1/me/data"): Sound("/api/v1/me/data", MEMBERS),
    ("DELETE", "/api/v1/me"): Sound("/api/v1/me", REFUSED, {"json": {"password": "not the password"}}),
    ("GET", "/api/v1/enterprises/find"): Sound("/api/v1/enterprises/find?name=精工", OPEN),
    ("POST", "/api/v1/enterprises/import"): Sound("/api/v1/enterprises/import", STAFF, {"content": _TABLE, "headers": _CSV}),
    ("GET", "/api/v1/bureaus"): Sound("/api/v1/bureaus", OFFICIALS),
    ("POST", "/api/v1/bureaus"): Sound("/api/v1/bureaus", {**OFFICIALS, **MADE}, {"json": {"name": "云岩区知识产权局"}}),
    ("GET", "/api/v1/bureaus/{id}"): Sound("/api/v1/bureaus/city-a", OFFICIALS),
    ("PATCH", "/api/v1/bureaus/{id}"): Sound("/api/v1/bureaus/city-b", {**OFFICIALS, "bureau": 404, "administrator": 409}, _STALE),
    ("GET", "/api/v1/agencies"): Sound("/api/v1/agencies", STAFF),
    ("POST", "/api/v1/agencies"): Sound("/api/v1/agencies", {**OFFICIALS, **MADE}, {"json": {"name": "甲代理所"}}),
    ("GET", "/api/v1/agencies/{id}"): Sound("/api/v1/agencies/agency-a", STAFF),
    ("PATCH", "/api/v1/agencies/{id}"): Sound("/api/v1/agencies/agency-b", {**ELSEWHERE, "administrator": 409}, _STALE),
    ("GET", "/api/v1/enterprises"): Sound("/api/v1/enterprises", STAFF),
    ("POST", "/api/v1/enterprises"): Sound(
        "/api/v1/enterprises", {**STAFF, "bureau": 409, "administrator": 409}, {"json": _ENTERPRISE}
    ),
    ("GET", "/api/v1/enterprises/{id}"): Sound("/api/v1/enterprises/enterprise-b", ELSEWHERE),
    ("PATCH", "/api/v1/enterprises/{id}"): Sound("/api/v1/enterprises/enterprise-b", {**ELSEWHERE, "administrator": 409}, _STALE),
    ("GET", "/api/v1/enterprises/{id}/marks"): Sound("/api/v1/enterprises/enterprise-a/marks", STAFF),
    ("POST", "/api/v1/enterprises/{id}/marks"): Sound(
        "/api/v1/enterprises/enterprise-b/marks", {**ELSEWHERE, "administrator": 201}, {"json": _MARK}
    ),
    ("GET", "/api/v1/links"): Sound("/api/v1/links", STAFF),
    ("POST", "/api/v1/links"): Sound("/api/v1/links", {**ELSEWHERE, **MADE, "agency": 201}, {"json": _LINK}),
    ("GET", "/api/v1/links/{id}"): Sound(f"/api/v1/links/{LINK}", STAFF),
    ("PATCH", "/api/v1/links/{id}"): Sound(
        f"/api/v1/links/{LINK}", {**STAFF, "agency": 409, "bureau": 409, "administrator": 409}, _STALE
    ),
    ("GET", "/api/v1/links/{id}/qr"): Sound(f"/api/v1/links/{LINK}/qr", STAFF),
    ("POST", "/api/v1/auth/register"): Sound("/api/v1/auth/register", dict.fromkeys(CALLERS, 202), {"json": _SIGN_UP, **_ONCE}),
    ("POST", "/api/v1/auth/verify"): Sound("/api/v1/auth/verify", REFUSED, {"json": _CODE}),
    ("POST", "/api/v1/auth/code"): Sound("/api/v1/auth/code", UNFIT, {"json": {"contact": "nobody"}}),
    ("POST", "/api/v1/auth/code/login"): Sound("/api/v1/auth/code/login", REFUSED, {"json": _CODE}),
    ("POST", "/api/v1/auth/proof"): Sound("/api/v1/auth/proof", UNFIT, {"json": {"payload": "e30="}}),
    ("GET", "/api/v1/me/profile"): Sound("/api/v1/me/profile", MEMBERS),
    ("PATCH", "/api/v1/me/profile"): Sound("/api/v1/me/profile", all_of(409), {"json": {"name": "李雷"}}),
    ("PATCH", "/api/v1/me/consents"): Sound("/api/v1/me/consents", MEMBERS, {"json": {"show_name": True}}),
    ("GET", "/api/v1/me/confirmations"): Sound("/api/v1/me/confirmations", all_of(403)),
    ("POST", "/api/v1/me/confirmations/{account}"): Sound("/api/v1/me/confirmations/none", all_of(403)),
    ("POST", "/api/v1/registrations"): Sound(
        "/api/v1/registrations", all_of(403) | {"agency": 202}, {"json": {"contact": "wu@example.org"}, **_ONCE}
    ),
    ("GET", "/api/v1/registrations"): Sound("/api/v1/registrations", STAFF),
    ("GET", "/api/v1/holds"): Sound("/api/v1/holds", STAFF),
    ("GET", "/api/v1/registrations/{account}"): Sound("/api/v1/registrations/none", NOWHERE),
    ("POST", "/api/v1/registrations/{account}/dispute"): Sound(
        "/api/v1/registrations/none/dispute", all_of(403) | {"agency": 404}, {"json": {"explanation": "本人在培训现场注册"}}
    ),
    ("POST", "/api/v1/registrations/{account}/decision"): Sound(
        "/api/v1/registrations/none/decision", NOWHERE | {"agency": 403}, {"json": {"outcome": "excluded", "explanation": "重复"}}
    ),
    ("GET", "/api/v1/messages"): Sound("/api/v1/messages", all_of(403) | {"administrator": 200}),
    ("GET", "/api/v1/projects"): Sound("/api/v1/projects", STAFF),
    ("POST", "/api/v1/projects"): Sound("/api/v1/projects", {**OFFICIALS, **MADE}, {"json": _PROJECT}),
    ("GET", "/api/v1/projects/{id}"): Sound("/api/v1/projects/none", NOWHERE),
    ("GET", "/api/v1/projects/{id}/standing"): Sound("/api/v1/projects/none/standing", NOWHERE),
    ("GET", "/api/v1/projects/{id}/rows"): Sound("/api/v1/projects/none/rows?target=new_users", NOWHERE),
    ("GET", "/api/v1/projects/{id}/decisions"): Sound("/api/v1/projects/none/decisions", NOWHERE),
    ("GET", "/api/v1/projects/{id}/evidence"): Sound("/api/v1/projects/none/evidence", NOWHERE),
    ("GET", "/api/v1/projects/{id}/report"): Sound("/api/v1/projects/none/report?month=2026-03", NOWHERE),
    ("POST", "/api/v1/projects/{id}/decisions"): Sound(
        "/api/v1/projects/none/decisions",
        NOWHERE | {"agency": 403},
        {"json": {"decision": "waiver", "document_sha256": "ab" * 32, "target": "new_users"}},
    ),
    ("POST", "/api/v1/projects/{id}/rules"): Sound(
        "/api/v1/projects/none/rules", NOWHERE | {"agency": 403}, {"json": {"rule": "guizhou-2019"}}
    ),
    ("POST", "/api/v1/projects/{id}/evaluators"): Sound(
        "/api/v1/projects/none/evaluators", NOWHERE | {"agency": 403}, {"json": {"user": "nobody", "until": "2030-01-01"}}
    ),
    ("POST", "/api/v1/projects/{id}/elsewhere"): Sound(
        "/api/v1/projects/none/elsewhere", NOWHERE | {"agency": 403}, {"json": {"contacts": ["li@example.com"]}}
    ),
    ("GET", "/api/v1/projects/{id}/holds"): Sound("/api/v1/projects/none/holds", NOWHERE),
    ("GET", "/api/v1/projects/{id}/disputes"): Sound("/api/v1/projects/none/disputes", NOWHERE),
    ("POST", "/api/v1/projects/{id}/disputes"): Sound(
        "/api/v1/projects/none/disputes",
        NOWHERE | {"agency": 403},
        {"json": {"account": "none", "to": "other", "document_sha256": "ab" * 32}},
    ),
    ("GET", "/api/v1/projects/{id}/samples"): Sound("/api/v1/projects/none/samples", NOWHERE | {"agency": 403}),
    ("POST", "/api/v1/projects/{id}/samples"): Sound(
        "/api/v1/projects/none/samples", NOWHERE | {"agency": 403}, {"json": {"commitment": "ab" * 32}}
    ),
    ("GET", "/api/v1/projects/{id}/samples/{sample}"): Sound("/api/v1/projects/none/samples/none", NOWHERE | {"agency": 403}),
    ("POST", "/api/v1/projects/{id}/samples/{sample}/draw"): Sound(
        "/api/v1/projects/none/samples/none/draw", NOWHERE | {"agency": 403}, {"json": {"nonce": "ab" * 32, "people": 5}}
    ),
    ("POST", "/api/v1/projects/{id}/samples/{sample}/calls/{place}"): Sound(
        "/api/v1/projects/none/samples/none/calls/1", NOWHERE | {"agency": 403}, {"json": {"unreachable": True}}
    ),
    ("POST", "/api/v1/projects/{id}/samples/{sample}/close"): Sound(
        "/api/v1/projects/none/samples/none/close", NOWHERE | {"agency": 403}
    ),
    ("POST", "/api/v1/answers"): Sound(
        "/api/v1/answers", all_of(404, stranger=404), {"json": {"code": "0000", "self": True, "rd": True, "used": True}}
    ),
    ("GET", "/api/v1/ledger/checkpoint"): Sound("/api/v1/ledger/checkpoint?agency=agency-a", STAFF),
    ("GET", "/api/v1/ledger/proof"): Sound("/api/v1/ledger/proof?agency=agency-a&index=0", STAFF),
    ("GET", "/api/v1/ledger/keys"): Sound("/api/v1/ledger/keys", OPEN),
    ("GET", "/healthz"): Sound("/healthz", OPEN),
    ("GET", "/readyz"): Sound("/readyz", OPEN),
    ("GET", "/metrics"): Sound("/metrics", OPEN),
    ("GET", "/"): Sound("/", OPEN),
    ("GET", "/search"): Sound("/search?q=电池", MEMBERS),
    ("GET", "/patents/{number}"): Sound("/patents/CN110330865B", MEMBERS),
    ("GET", "/analysis"): Sound("/analysis?q=电池", MEMBERS),
    ("GET", "/analysis/{name}"): Sound("/analysis/trend?q=电池", MEMBERS),
    ("POST", "/analysis/{name}"): Sound("/analysis/density", all_of(303), {"data": _TOKEN | {"q": "电池"}}),
    ("GET", "/effects"): Sound("/effects?q=电池", MEMBERS),
    ("POST", "/effects/corrections"): Sound("/effects/corrections", all_of(303), {"data": _CORRECTION | _TOKEN}),
    ("POST", "/effects/corrections/{id}/undo"): Sound("/effects/corrections/none/undo", all_of(404), {"data": _TOKEN}),
    ("GET", "/export"): Sound("/export?q=电池", MEMBERS),
    ("GET", "/reports"): Sound("/reports?q=电池", MEMBERS),
    ("GET", "/history"): Sound("/history", MEMBERS),
    ("GET", "/history/table"): Sound("/history/table", MEMBERS),
    ("POST", "/history/forget"): Sound("/history/forget", all_of(303), {"data": {"csrf_token": "-"}}),
    ("GET", "/synonyms"): Sound("/synonyms", MEMBERS),
    ("POST", "/synonyms"): Sound("/synonyms", all_of(303), {"data": {"groups": "电池, battery"}}),
    ("GET", "/applicants"): Sound("/applicants?name=电池", MEMBERS),
    ("GET", "/applicants/{id}"): Sound("/applicants/bm9uZQ", all_of(404)),
    ("POST", "/applicants/{id}/merge"): Sound("/applicants/bm9uZQ/merge", all_of(404), {"data": {"other": "乙"}}),
    ("POST", "/applicants/accept"): Sound("/applicants/accept", all_of(409), {"data": {"one": "甲", "other": "乙"}}),
    ("POST", "/applicants/merges/{id}/undo"): Sound("/applicants/merges/none/undo", all_of(404), {"data": {"at": ""}}),
    ("POST", "/applicants/proposals/{id}/refuse"): Sound(
        "/applicants/proposals/none/refuse", all_of(403) | {"administrator": 404}, {"data": {"at": ""}}
    ),
    ("GET", "/saved"): Sound("/saved?q=电池", MEMBERS),
    ("POST", "/saved"): Sound("/saved", all_of(303), {"data": {"csrf_token": "-", "name": "电池", "query": "电池"}}),
    ("POST", "/saved/{id}/delete"): Sound("/saved/none/delete", all_of(404), {"data": {"csrf_token": "-"}}),
    ("GET", "/numbers"): Sound("/numbers", MEMBERS),
    ("POST", "/numbers"): Sound("/numbers", MEMBERS, {"data": {"csrf_token": "-", "lines": "CN 110330865 B"}}),
    ("GET", "/classes"): Sound("/classes", MEMBERS),
    ("GET", "/classes/{symbol}"): Sound("/classes/H01M", MEMBERS),
    ("GET", "/docs"): Sound("/docs", OPEN),
    ("GET", "/help"): Sound("/help", OPEN),
    ("GET", "/login"): Sound("/login", all_of(303, stranger=200)),
    ("POST", "/login"): Sound("/login", REFUSED, {"data": _FORM}),
    ("POST", "/logout"): Sound("/logout", all_of(303)),
    ("GET", "/login/code"): Sound("/login/code", all_of(303, stranger=200)),
    ("POST", "/login/code"): Sound("/login/code", UNFIT, {"data": {"contact": "nobody"}}),
    ("GET", "/r/{code}"): Sound(f"/r/{CODE}", all_of(303, stranger=200)),
    ("GET", "/register"): Sound("/register", all_of(303, stranger=200)),
    ("POST", "/register"): Sound("/register", UNFIT, {"data": {"contact": "li@example.org"}}),
    ("GET", "/verify"): Sound("/verify?token=none", OPEN),
    ("POST", "/verify"): Sound("/verify", REFUSED, {"data": {"ref": "0" * 32, "digits": "000000"}}),
    ("GET", "/privacy"): Sound("/privacy", OPEN),
    ("GET", "/me"): Sound("/me", MEMBERS),
    ("GET", "/me/data"): Sound("/me/data", MEMBERS),
    ("POST", "/me/profile"): Sound("/me/profile", all_of(409), {"data": {"name": "李雷"}}),
    ("POST", "/me/consents"): Sound("/me/consents", all_of(303), {"data": {"csrf_token": "-", "show_name": "true"}}),
    ("GET", "/me/erase"): Sound("/me/erase", MEMBERS),
    ("POST", "/me/erase/code"): Sound("/me/erase/code", all_of(303), {"data": {"csrf_token": "-"}}),
    ("POST", "/me/erase"): Sound("/me/erase", REFUSED, {"data": {"password": "not the password"}}),
    ("GET", "/agency"): Sound("/agency", all_of(403) | {"agency": 200}),
    ("POST", "/agency/registrations/{account}"): Sound(
        "/agency/registrations/none", all_of(403) | {"agency": 404}, {"data": {"explanation": "本人在培训现场注册"}}
    ),
    ("GET", "/agency/links"): Sound("/agency/links", STAFF),
    ("POST", "/agency/links"): Sound(
        "/agency/links", STAFF | {"agency": 303, "bureau": 422, "administrator": 422}, {"data": {"key": "0" * 32}}
    ),
    ("GET", "/agency/links/{id}"): Sound(f"/agency/links/{LINK}", STAFF),
    ("POST", "/agency/links/{id}"): Sound(
        f"/agency/links/{LINK}",
        STAFF | {"agency": 409, "bureau": 409, "administrator": 409},
        {"data": {"version": "99", "state": "paused"}},
    ),
    ("GET", "/agency/links/{id}/sheet"): Sound(f"/agency/links/{LINK}/sheet", STAFF),
    ("GET", "/bureau"): Sound("/bureau", OFFICIALS),
    ("GET", "/bureau/projects/{id}"): Sound("/bureau/projects/none", NOWHERE),
    ("GET", "/bureau/projects/{id}/report"): Sound("/bureau/projects/none/report?month=2026-03", NOWHERE),
    ("GET", "/bureau/projects/{id}/moves"): Sound("/bureau/projects/none/moves", NOWHERE | {"agency": 403, "evaluator": 403}),
    ("POST", "/bureau/projects/{id}/moves"): Sound(
        "/bureau/projects/none/moves",
        NOWHERE | {"agency": 403, "evaluator": 403},
        {"data": {"account": "none", "to": "none", "reason": "原机构推广在先"}},
    ),
    ("GET", "/bureau/projects/{id}/samples"): Sound("/bureau/projects/none/samples", NOWHERE | {"agency": 403}),
    ("POST", "/bureau/projects/{id}/samples"): Sound(
        "/bureau/projects/none/samples", NOWHERE | {"agency": 403}, {"data": {"commitment": "ab" * 32}}
    ),
    ("GET", "/bureau/projects/{id}/samples/{sample}"): Sound("/bureau/projects/none/samples/none", NOWHERE | {"agency": 403}),
    ("GET", "/bureau/projects/{id}/samples/{sample}/sheet"): Sound(
        "/bureau/projects/none/samples/none/sheet", NOWHERE | {"agency": 403}
    ),
    ("POST", "/bureau/projects/{id}/samples/{sample}/draw"): Sound(
        "/bureau/projects/none/samples/none/draw", NOWHERE | {"agency": 403}, {"data": {"nonce": "ab" * 32, "people": "5"}}
    ),
    ("POST", "/bureau/projects/{id}/samples/{sample}/calls/{place}"): Sound(
        "/bureau/projects/none/samples/none/calls/1", NOWHERE | {"agency": 403}, {"data": {"said": "yes"}}
    ),
    ("POST", "/bureau/projects/{id}/samples/{sample}/close"): Sound(
        "/bureau/projects/none/samples/none/close", NOWHERE | {"agency": 403}, {"data": {"csrf_token": "-"}}
    ),
    ("GET", "/answer"): Sound("/answer", OPEN),
    ("POST", "/answer"): Sound("/answer", all_of(404, stranger=404), {"data": {"code": "0000", "said": "yes"}}),
    ("POST", "/bureau/registrations/{account}"): Sound(
        "/bureau/registrations/none", NOWHERE | {"agency": 403}, {"data": {"release": "true", "explanation": "重复"}}
    ),
    ("GET", "/static/{name}"): Sound("/static/patentry.css", OPEN),
}
"""(method, template) -> a request; a route that is not here fails the tests that walk over all of them."""


def served(app: FastAPI) -> Iterator[tuple[str, str]]:
    """(method, template) of every route."""
    later.open_all(app)
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        methods = context.methods if not isinstance(route, Route) else route.methods
        for method in (methods or set()) - {"HEAD"}:
            yield method, context.path or ""
