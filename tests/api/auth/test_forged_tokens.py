"""Tokens that are not ours, or not any more, are a 401 and never a 500 (T01 to T05)."""

import json
import logging
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from auth.credentials import keys
from auth.credentials.tokens import TokenRefused, Tokens
from tests.api.auth import forge
from tests.api.auth.house import House, a_house, claims_of, decoded
from tests.machine import soaking


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture(scope="module")
def good(house: House) -> str:
    token: str = house.tokens()["access_token"]
    return token


@pytest.fixture(scope="module")
def key(house: House) -> keys.SigningKey:
    return keys.load(house.settings.key_folder).signing[0]


def _header(key: keys.SigningKey, **other: object) -> dict[str, object]:
    return {"alg": "ES256", "kid": key.kid, "typ": "at+jwt"} | other


class _Lines(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _refused(house: House, token: str) -> None:
    """401, with one line in the log that holds nothing of the token."""
    log, kept = logging.getLogger("auth"), _Lines()
    log.addHandler(kept)
    answer = house.me(token)
    log.removeHandler(kept)
    assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert [line.partition(":")[0] for line in kept.lines] == ["token refused"]
    assert len(kept.lines[0]) < 40


def test_a_token_by_the_rules_is_accepted_so_the_forger_here_knows_them(house: House, good: str, key: keys.SigningKey) -> None:
    forged = forge.token(_header(key), claims_of(good), forge.es256(key.private))
    assert (house.me(good).status_code, house.me(forged).status_code) == (200, 200)


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "nOnE", "", None, "ES384", "HS256"])
@pytest.mark.parametrize("signed", [False, True])
def test_T01_another_algorithm(house: House, good: str, key: keys.SigningKey, alg: object, signed: bool) -> None:
    signer = forge.es256(key.private) if signed else forge.unsigned
    _refused(house, forge.token(_header(key, alg=alg), claims_of(good), signer))


@pytest.mark.parametrize("alg", ["HS256", "ES256"])
def test_T01_our_public_key_as_a_shared_secret(house: House, good: str, key: keys.SigningKey, alg: str) -> None:
    forms = forge.public_forms(key.private.public_key())
    assert len(forms) == 7
    for secret in (*forms.values(), b"", b"a"):
        _refused(house, forge.token(_header(key, alg=alg), claims_of(good), forge.hs256(secret)))


def test_T01_another_key_under_our_name(house: House, good: str, key: keys.SigningKey) -> None:
    stranger = generate_private_key(SECP256R1())
    jwk = json.loads(forge.public_forms(stranger.public_key())["JWK"])
    for header in (_header(key), _header(key, jwk=jwk), _header(key, jku="http://127.0.0.1/keys"), _header(key, kid="other")):
        _refused(house, forge.token(header, claims_of(good), forge.es256(stranger)))


@pytest.mark.parametrize(
    "change",
    [
        {"typ": "JWT"},
        {"typ": None},
        {"crit": ["exp"]},
        {"crit": []},
        {"b64": False},
        {"kid": "other"},
        {"kid": None},
        {"zip": "DEF"},
    ],
)
def test_T02_a_header_that_is_not_ours(house: House, good: str, key: keys.SigningKey, change: dict[str, object]) -> None:
    _refused(house, forge.token(_header(key, **change), claims_of(good), forge.es256(key.private)))


@pytest.mark.parametrize("claim", ["exp", "iat", "nbf", "aud", "iss", "sub", "sid", "jti"])
def test_T02_a_claim_lacks(house: House, good: str, key: keys.SigningKey, claim: str) -> None:
    claims = claims_of(good)
    del claims[claim]
    _refused(house, forge.token(_header(key), claims, forge.es256(key.private)))


ODD: tuple[object, ...] = ("9999999999", None, [], {}, True, float("inf"), float("nan"), 10**400, 10**18, -1, 1e300, "")


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("claim", ["exp", "iat", "nbf", "aud", "iss", "sub", "sid", "jti"])
def test_T02_a_claim_of_the_wrong_kind(house: House, good: str, key: keys.SigningKey, claim: str, value: object) -> None:
    if claim in ("sub", "sid", "jti") and value == "9999999999":
        value = 9999999999
    _refused(house, forge.token(_header(key), claims_of(good) | {claim: value}, forge.es256(key.private)))


@pytest.mark.parametrize("shift", [{"exp": 3600}, {"nbf": -1}, {"iat": 3600, "nbf": 3600, "exp": 3600}, {"iat": -601, "exp": -600}])
def test_T02_times_that_do_not_fit(house: House, good: str, key: keys.SigningKey, shift: dict[str, int]) -> None:
    """Longer than we mint, valid before it was issued, of the future, over."""
    claims = claims_of(good)
    moved = {name: claims[name] + seconds for name, seconds in shift.items()}
    _refused(house, forge.token(_header(key), claims | moved, forge.es256(key.private)))


@pytest.mark.parametrize("payload", [b"", b"[]", b"1", b"{", b"\xff", b'"a"', b"[" * 1000, b'{"sub":"a","sub":"b"}'])
def test_T02_claims_that_are_no_object(house: House, key: keys.SigningKey, payload: bytes) -> None:
    _refused(house, forge.token(_header(key), payload, forge.es256(key.private)))


def test_T02_a_claim_twice(house: House, good: str, key: keys.SigningKey) -> None:
    twice = decoded(good.split(".")[1])[:-1] + b',"sub":"another"}'
    _refused(house, forge.token(_header(key), twice, forge.es256(key.private)))


HEADERS = [
    b"[" * 1_000,
    b"[" * 100_000,
    b'{"alg":' * 1_000,
    b'{"alg":"ES256","x":"' + b"a" * 100_000 + b'"}',
    b'"\\ud800"',
    b"\0",
    b"\xff",
]


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: repr(header[:12]))
def test_T03_a_monstrous_header(house: House, good: str, key: keys.SigningKey, header: bytes) -> None:
    _refused(house, forge.token(header, claims_of(good), forge.es256(key.private)))


@pytest.mark.parametrize(
    "value",
    [
        *(b"", b"Bearer", b"Bearer ", b"Basic eDp5", b"Bearer a.b", b"Bearer ..", b"bearer  x"),
        *(b"Bearer \xff.\xff.\xff", b"Bearer \xed\xa0\x80", b"Bearer a\0b", "Bearer 中文".encode()),
        *(b"Bearer " + b"a" * 100_000, b"Bearer " + b"." * 4_000),
    ],
    ids=lambda value: repr(value[:16]),
)
def test_T03_an_authorization_that_is_no_token(house: House, value: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = house.client.get("/api/v1/me", headers={b"Authorization": value})
    assert answer.status_code == 401
    assert not [record for record in caplog.records if record.exc_info]


MUTATIONS = 100_000 if soaking() else 20_000


def test_T04_mutations_of_a_good_token(house: House, good: str) -> None:
    """Straight at the verifier: what is accepted says what the original said, and nothing but a refusal is raised."""
    tokens = Tokens(house.settings.key_folder, issuer=house.settings.public_url)
    original = tokens.verify(good, now=house.clock())
    chance = random.Random(20260301)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.+/ \0\u00e9\ud800"
    accepted = 0
    for _ in range(MUTATIONS):
        mutated = _mutated(good, alphabet, chance)
        try:
            claims = tokens.verify(mutated, now=house.clock())
        except TokenRefused:
            continue
        accepted += 1
        assert claims == original, mutated
        assert mutated == good, "a token has one spelling"
    assert accepted < MUTATIONS / 50


def _mutated(token: str, alphabet: str, chance: random.Random) -> str:
    text = list(token)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        place = chance.randrange(len(text))
        kind = chance.randrange(4)
        if kind == 0:
            text[place] = chance.choice(alphabet)
        elif kind == 1:
            text.insert(place, chance.choice(alphabet))
        elif kind == 2:
            del text[place]
        else:
            other = chance.randrange(len(text))
            text[place], text[other] = text[other], text[place]
    return "".join(text)


def test_T05_no_spelling_outlives_signing_out(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        token = house.tokens()["access_token"]
        assert house.me(token).status_code == 200
        assert house.client.post("/api/v1/auth/logout", headers={"Authorization": f"Bearer {token}"}).status_code == 204
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        respelled = [token[:-1] + last for last in alphabet] + [token + "=", token + "==", token + ".", f" {token}", token.upper()]
        assert [house.me(spelling).status_code for spelling in respelled] == [401] * len(respelled)


def test_T05_the_other_valid_signature_of_the_same_claims_does_not_outlive_it_either(house: House) -> None:
    """ECDSA accepts (r, n - s) too: another text, the same session."""
    token = house.tokens()["access_token"]
    signed, _, signature = token.rpartition(".")
    raw = decoded(signature)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    twin = signed + "." + forge.encoded(raw[:32] + (order - int.from_bytes(raw[32:], "big")).to_bytes(32, "big"))
    assert house.me(twin).status_code == 200
    house.client.post("/api/v1/auth/logout", headers={"Authorization": f"Bearer {token}"})
    assert (house.me(token).status_code, house.me(twin).status_code) == (401, 401)
