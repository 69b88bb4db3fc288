"""The parts of the documentation that are written from the code: `python -m tests.docs.generated` (`make docs`) writes them,
a test compares them.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import auth
import search
from auth.errors import Problem
from auth.registration.texts import TERMS_VERSION
from auth.settings import Settings as Base
from indexer.settings import Settings as LoadSettings
from search.query.errors import MESSAGES
from search.settings import Settings as ServiceSettings
from search.web.privacy import Part, notice
from search.web.words import Words
from tests.machine import ROOT

SETTINGS = Path("docs/settings.md")
ERRORS = Path("docs/errors.md")
PRIVACY = Path("docs/privacy.md")

_SETTINGS_HEAD = """\
# Settings

From the environment, read once at the start of a command. `patentry doctor` says what is wrong with them. Durations are in seconds.

| variable | default | used by | meaning |
|---|---|---|---|
"""

_SETTINGS_TAIL = """
## Beside the product's own

| variable | used by | meaning |
|---|---|---|
| `PATENTRY_LANG` | `patentry load` and its kin | `zh` or `en`: the language they speak; unset: the locale's |
| `PORT` | `make run` | the port of 127.0.0.1 to listen on, 8000 unless given |
| `PYTHON` | `make setup` | the Python that makes `.venv`, `python3` unless given |
| `PATENTRY_TEST_DATA` | tests, bench | the folder of real documents, `../shared/data` unless given |
| `PATENTRY_CACHE` | tests | where the Elasticsearch that was fetched is kept, `~/.cache/patentry` unless given |
| `PATENTRY_SOAK` | tests | `1`: the full sizes, as `make soak` |
| `CI` | tests | `true`: a part that the machine lacks is a failure |
| `ES_JAVA_HOME` | tests | a JDK of version 21 or newer, before `JAVA_HOME` and the system's |
| `PATENTRY_BENCH_PEER` | bench | the Python of an environment that has patpubrender, for row P1 |
| `PATENTRY_BENCH_ELASTICSEARCH` | bench | an Elasticsearch without a password (`make elastic`), for row AN1-elastic |
| `PATENTRY_LOAD` | load test | the file with the accounts and the link that a load test was given; set by `make load-test` |
| `PATENTRY_PORT`, `PATENTRY_PORTS` | docker compose | where the service listens on the host; the others are in `.env.example` |
"""

_ERRORS_HEAD = """\
# Errors

Every error is an `application/problem+json` document (RFC 9457) with `status`, `code`, `detail` in the caller's language
(`Accept-Language`), and `request_id`, by which the log knows the request. 429 and 503 carry `Retry-After` and `retry_after_s`.
A 500 says nothing of the inside: give its `request_id` to the administrator.

## Answers

| code | status | detail |
|---|---:|---|
"""

_ERRORS_MIDDLE = """
## Queries

A query that can't be read, or asks too much, is a 400 with one of these codes, `position` (code points from its start) and,
where it fits, `expected` and `suggestions`.

| code | detail |
|---|---|
"""


def settings_page() -> str:
    """Each setting once, with the packages that read it."""
    users: dict[str, list[str]] = {}
    rows: dict[str, str] = {}
    for name, model in (("every command", Base), ("service", ServiceSettings), ("loading", LoadSettings)):
        for field, info in model.model_fields.items():
            if model is not Base and field in Base.model_fields:
                continue
            variable = str(info.validation_alias or f"PATENTRY_{field.upper()}")
            users.setdefault(variable, []).append(name)
            default = "" if info.default in (None, "") else f"`{info.default}`"
            rows[variable] = f"{default} | {{users}} | {info.description}"
    lines = [f"| `{variable}` | {row.format(users=', '.join(users[variable]))} |\n" for variable, row in rows.items()]
    return _SETTINGS_HEAD + "".join(lines) + _SETTINGS_TAIL


def errors_page() -> str:
    """Every `Problem` by status and code, then every message of the query language."""
    problems = sorted(_problems(), key=lambda problem: (problem.status, problem.code))
    answers = "".join(f"| `{problem.code}` | {problem.status} | {_detail(problem)} |\n" for problem in problems)
    queries = "".join(f"| `{code}` | {en} {zh} |\n" for code, (zh, en) in MESSAGES.items())
    return _ERRORS_HEAD + answers + _ERRORS_MIDDLE + queries


def _detail(problem: type[Problem]) -> str:
    """Its sentences; some are made for the occasion, from what was asked."""
    if problem is not Problem and problem.en == Problem.en:
        return "(names what was asked, and what there is instead)"
    return f"{problem.en} {problem.zh}"


def _problems() -> Iterator[type[Problem]]:
    """The product's classes that say a code of their own, all modules having been imported; tests have classes besides."""
    for package in (auth, search):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name and not module.name.endswith("__main__"):  # these run when they are imported
                importlib.import_module(module.name)
    todo = [Problem]
    while todo:
        problem = todo.pop()
        todo += problem.__subclasses__()
        if "code" in vars(problem) and problem.__module__.startswith((f"{auth.__name__}.", f"{search.__name__}.")):
            yield problem


def privacy_page() -> str:
    """The notice as the page /privacy shows it, in both languages."""
    zh, en = Words("zh"), Words("en")
    version = f"{zh('privacy_version', version=TERMS_VERSION)} {en('privacy_version', version=TERMS_VERSION)}"
    head = f"# {zh('privacy')} · {en('privacy')}\n\n{version}\n"
    return head + "".join(
        f"\n## {name}\n" + "".join(map(_part, notice(lang))) for lang, name in (("zh", "中文"), ("en", "English"))
    )


def _part(part: Part) -> str:
    lines = [f"\n### {part.title}\n\n{part.text}\n"]
    if part.boxes:
        lines.append("\n" + "".join(f"- {box}\n" for box in part.boxes))
    if part.rows:
        lines.append(f"\n| {' | '.join(part.head)} |\n|{'---|' * len(part.head)}\n")
        lines += [f"| {' | '.join(row)} |\n" for row in part.rows]
    return "".join(lines)


PAGES = {SETTINGS: settings_page, ERRORS: errors_page, PRIVACY: privacy_page}

if __name__ == "__main__":
    for path, page in PAGES.items():
        (ROOT / path).write_text(page(), encoding="utf-8")
