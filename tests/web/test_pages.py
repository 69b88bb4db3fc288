"""The pages as a program gets them: escaping, weight, languages, signing in and out, where one is sent (T26)."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from search.web.signing import own
from tests.builders import a_patent
from tests.service import PASSWORD, PEOPLE, Running, a_stock, running

HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    heavy = a_patent("CN115000000A", description={"zh": ("<&>" * 100_000,)}, abstracts={"zh": "重" * 200_000})
    with running(tmp_path_factory.mktemp("pages"), [*a_stock(), heavy]) as started:
        yield started


@pytest.fixture
def caller(service: Running) -> TestClient:
    """A browser that is signed in."""
    client = service.client()
    client.headers["accept"] = "text/html"
    signed = client.post("/login", data={"username": PEOPLE["researcher"], "password": PASSWORD})
    assert signed.status_code == 303
    return client


PAGES = [
    "/",
    "/login",
    "/docs",
    "/docs?room=nothing",
    "/help",
    "/search?q=锂电池/TI",
    "/search?q=<b>a</b>.ti.&dialect=ppubs",
    "/search?q=ti=(a&dialect=cql",
    "/search?q=锂电池",
    "/search?q=陷阱",
    "/search?q=重&filter=country:CN",
    "/search?q=%3Cscript%3E陷阱",
    "/search?q=(电池",
    '/search?q=titel:"<script>alert(1)</script>"',
    "/search?q=锂电池&filter=applicant:<script>",
    "/search?q=锂电池&page=99",
    "/patents/CN113999999A",
    "/patents/CN115000000A",
    "/patents/CN115000000A?part=description",
    "/patents/CN115000000A?part=description&page=2",
    "/patents/<script>alert(1)",
    "/nothing/<script>",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_escaped_light_and_self_contained(caller: TestClient, path: str) -> None:
    answer = caller.get(path)
    assert answer.status_code in (200, 303, 400, 404)
    assert len(answer.content) < 100_000
    assert "<script" not in answer.text
    assert "<b>" not in re.sub(r"<b>\(?\d*\)?</b>", "", answer.text)
    assert re.findall(r'(?:src|href|action)="(?!/|\?|#)[^"]*"', answer.text) == []
    assert " style=" not in answer.text
    assert " on" not in "".join(re.findall(r"<[a-z]+ [^>]*>", answer.text)).replace(" once", "")


def test_a_stranger_is_sent_to_sign_in_and_back(service: Running) -> None:
    client = service.client()
    sent = client.get("/search?q=锂电池&filter=country:CN", headers=HTML)
    assert sent.status_code == 303
    form = client.get(sent.headers["location"], headers=HTML)
    assert "请先登录" in form.text
    [target] = re.findall(r'name="next" value="([^"]*)"', form.text)
    signed = client.post(
        "/login", data={"username": PEOPLE["researcher"], "password": PASSWORD, "next": target.replace("&amp;", "&")}
    )
    assert client.get(signed.headers["location"], headers=HTML).status_code == 200


def test_a_failed_sign_in_keeps_what_was_typed_and_says_why(service: Running) -> None:
    answer = service.client().post("/login", data={"username": "nobody@example.net", "password": "wrong", "next": "/docs"})
    assert answer.status_code == 401
    assert 'value="nobody@example.net"' in answer.text
    assert 'value="/docs"' in answer.text
    assert "手机号或密码不正确" in answer.text
    assert "wrong" not in re.findall(r'value="([^"]*)"', answer.text)


def test_signing_out_takes_the_pages_own_token(caller: TestClient) -> None:
    assert caller.post("/logout", data={}).status_code == 403
    assert caller.post("/logout", data={"csrf_token": "0" * 64}).status_code == 403
    assert caller.get("/search?q=a").status_code == 200
    [token] = re.findall(r'name="csrf_token" value="([^"]+)"', caller.get("/").text)
    assert caller.post("/logout", data={"csrf_token": token}).headers["location"] == "/login?out=true"
    assert caller.get("/search?q=a").status_code == 303


def test_a_form_of_another_site_signs_nobody_in(service: Running) -> None:
    sent = {"username": PEOPLE["researcher"], "password": PASSWORD}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        answer = service.client().post("/login", data=sent, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "https://evil.example",
        "javascript:alert(1)",
        "/\n/evil",
        "",
        "evil",
        "/ä",
        "///e",
    ],
)
def test_t26_nobody_is_led_elsewhere(target: str, service: Running) -> None:
    assert own(target) == "/"
    signed = service.client().post("/login", data={"username": PEOPLE["agency"], "password": PASSWORD, "next": target})
    assert signed.headers["location"] == "/"


def test_own_paths_are_kept() -> None:
    for target in ("/", "/search?q=%E7%94%B5&filter=country%3ACN", "/patents/CN110330865B#claims"):
        assert own(target) == target


def test_language_by_address_then_cookie_then_browser(service: Running) -> None:
    client = service.client()
    assert '<html lang="zh">' in client.get("/").text
    assert '<html lang="en">' in client.get("/", headers={"accept-language": "en-GB,en;q=0.9"}).text
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert '<html lang="en">' in client.get("/login").text
    assert "Something is wrong" in client.get("/login?out=maybe", headers=HTML).text
    assert '<html lang="zh">' in client.get("/?lang=zh", headers={"accept-language": "en"}).text
    assert client.get("/?lang=xx").status_code == 200


def test_the_page_shows_what_the_api_answers(service: Running, caller: TestClient) -> None:
    answer = service.as_("researcher").get("/api/v1/search?q=锂电池&filter=country:US&sort=publication_date:desc").json()
    page = caller.get("/search?q=锂电池&filter=country:US&sort=publication_date:desc").text
    assert re.findall(r'<h3[^>]*><a href="/patents/([^"]+)"', page) == [hit["number"] for hit in answer["hits"]]
    assert f'<span class="number">{answer["total"]}</span>' in page


def test_examples_of_the_first_page_find_something(caller: TestClient) -> None:
    examples = re.findall(r'<li><a href="(/search\?[^"]+)"><code>', caller.get("/").text)
    assert len(examples) == 3
    for example in examples:
        page = caller.get(example.replace("&amp;", "&")).text
        assert int(re.findall(r'class="count"><span class="number">(\d+)<', page)[0]) > 0


def test_an_unreadable_query_is_shown_with_the_wrong_word_marked(caller: TestClient) -> None:
    answer = caller.get("/search?q=电池 AND titel:x")
    assert answer.status_code == 400
    assert '电池 AND <span class="here">titel</span>:x' in answer.text
    assert "<code>title</code>" in answer.text


def test_an_error_page_knows_who_is_signed_in(caller: TestClient, service: Running) -> None:
    assert PEOPLE["researcher"] in caller.get("/patents/CN112000").text
    assert PEOPLE["researcher"] in caller.get("/nothing").text
    assert "/login" in service.client().get("/nothing", headers=HTML).text


def test_a_number_typed_into_the_box_offers_its_document(caller: TestClient) -> None:
    assert 'href="/patents/CN110330865B"' in caller.get("/search?q=CN 110330865").text


def test_t26_a_path_that_looks_like_another_site_gives_no_link_to_it(service: Running) -> None:
    page = service.client().get("http://testserver//evil.example/", headers=HTML)
    assert page.status_code == 404
    hrefs = re.findall(r'(?:href|action)="([^"]*)"', page.text)
    assert hrefs
    assert not [href for href in hrefs if "evil" in href]


def test_the_api_is_described_whole_a_light_page_for_each_of_its_rooms(caller: TestClient) -> None:
    described = caller.get("/api/v1/openapi.json", headers={"accept": "application/json"}).json()["paths"]
    rooms = set(re.findall(r'href="\?room=(\w+)"', caller.get("/docs").text))
    pages = {room: caller.get("/docs", params={"room": room}).content for room in rooms}
    assert max(map(len, pages.values())) < 100_000
    told = {route["operationId"] for methods in described.values() for route in methods.values()}
    assert {each for page in pages.values() for each in re.findall(r'<section id="(\w+)">', page.decode())} == told


def test_what_a_body_holds_is_listed(caller: TestClient) -> None:
    """Every field of every body that is an object, by its own reading of the description."""
    described = caller.get("/api/v1/openapi.json", headers={"accept": "application/json"}).json()
    kinds, bodies = described["components"]["schemas"], 0
    for methods in described["paths"].values():
        for route in methods.values():
            shapes = [given.get("schema", {}).get("$ref") for given in route.get("requestBody", {}).get("content", {}).values()]
            page = caller.get("/docs", params={"room": route["tags"][0]}).text if any(shapes) else ""
            _, _, section = page.partition(f'<section id="{route["operationId"]}">')
            lines = re.findall(r"<li><code>([^<]+)</code>( <span)?", section.partition("</section>")[0])
            for shape in filter(None, shapes):
                bodies += 1
                kind = kinds[shape.rpartition("/")[2]]
                assert {(name, name in kind.get("required", ())) for name in kind["properties"]} <= {
                    (name, bool(required)) for name, required in lines
                }, route["operationId"]
    assert bodies > 50


def test_fields_within_fields_are_listed_and_what_says_nothing_is_not(caller: TestClient) -> None:
    pages = {room: caller.get("/docs", params={"room": room}).text for room in ("analysis", "find", "collections")}
    assert "<code>filters.publication_date.from</code>" in pages["analysis"]
    assert "<code>density</code>" in pages["analysis"]
    assert all("Successful Response" not in page for page in pages.values())
    assert caller.get("/docs", params={"room": "nothing"}).status_code == 404
