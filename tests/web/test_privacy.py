"""The privacy notice: one source for page and documentation, and a version that goes with its words."""

import hashlib
import html
from collections.abc import Iterator
from itertools import chain

import pytest

from auth.http.lang import Language
from auth.registration.texts import TERMS_VERSION
from search.web.privacy import FILE, notice
from tests.docs.generated import PRIVACY
from tests.machine import ROOT
from tests.service import Running, running

WORDS = {1: "be8b917198b3a6aafc0d523c78e4af41c6a20d74b5b34fbef7dd68ddf27b4ab2"}
"""Version -> SHA-256 of the notice. Who changes what it says raises `TERMS_VERSION` and adds a line here."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("privacy"), []) as started:
        yield started


def test_the_version_goes_with_the_words() -> None:
    assert list(WORDS)[-1] == TERMS_VERSION
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == WORDS[TERMS_VERSION]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_and_document_say_the_same(lang: Language, service: Running) -> None:
    page = html.unescape(service.client().get(f"/privacy?lang={lang}").text)
    document = (ROOT / PRIVACY).read_text("utf-8")
    said = [text for part in notice(lang) for text in (part.title, part.text, *part.boxes, *part.head, *chain(*part.rows))]
    assert len(said) > 40
    for text in said:
        assert text in page
        assert text in document


def test_both_languages_have_the_same_parts() -> None:
    shapes = [[(len(part.rows), len(part.boxes), len(part.head)) for part in notice(lang)] for lang in ("zh", "en")]
    assert shapes[0] == shapes[1]
    assert all(len(row) == len(part.head) for part in notice("zh") for row in part.rows)


def test_who_runs_it_stands_at_the_foot(service: Running) -> None:
    assert "<span>Patentry</span>" in service.client().get("/privacy").text
    service.app.state.operator = "某省知识产权信息中心 <010-1>"
    try:
        assert "<span>某省知识产权信息中心 &lt;010-1&gt;</span>" in service.client().get("/privacy").text
    finally:
        service.app.state.operator = ""
