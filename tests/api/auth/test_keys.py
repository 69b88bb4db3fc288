"""Keys: rotation in mid-traffic, and what a process refuses to start with (T08, T09)."""

import base64
import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from auth.access.service import list_keys, open_access, rotate_keys
from auth.credentials import keys
from auth.credentials.keyring import LOOK_AGAIN
from auth.credentials.tokens import KEY_OVERLAP, LIFETIME, Tokens
from auth.database import open_database
from auth.errors import StartRefused
from auth.settings import Settings
from tests.api.auth.house import START, House
from tests.machine import ROOT


def test_T08_no_session_fails_while_keys_are_rotated(house: House) -> None:
    """Four callers sign requests all the while; after each rotation old and new tokens are both good."""
    token, failed, stop = house.tokens(), [], threading.Event()

    def call(_number: int) -> int:
        pair, calls = token, 0
        while not stop.is_set():
            granted = house.access.refresh(pair["refresh_token"], address="192.0.2.1") if _number == 0 else None
            if granted:
                pair = {"access_token": granted.access_token, "refresh_token": granted.refresh_token}
            if house.me(pair["access_token"]).status_code != 200:
                failed.append(pair)
            calls += 1
        return calls

    with ThreadPoolExecutor(4) as threads:
        running = [threads.submit(call, number) for number in range(4)]
        for _ in range(10):
            rotate_keys(house.settings, clock=house.clock)
            assert house.me(token["access_token"]).status_code == 200
            assert house.me(house.tokens()["access_token"]).status_code == 200
        stop.set()
        calls = [each.result() for each in running]
    assert failed == []
    assert min(calls) > 0


def test_T08_an_old_key_verifies_to_its_end_and_is_then_gone(house: House) -> None:
    first = list_keys(house.settings).signing[0].kid
    rotate_keys(house.settings, clock=house.clock)
    second, old = list_keys(house.settings).signing
    assert (old.kid, old.expires_at, second.expires_at) == (first, house.clock() + KEY_OVERLAP, None)
    house.clock.at += KEY_OVERLAP
    rotate_keys(house.settings, clock=house.clock)
    assert first not in [key.kid for key in list_keys(house.settings).signing]


def test_T08_a_token_of_an_expired_key_is_refused_whatever_it_says(house: House) -> None:
    """The key's end counts, also for a token that would still be good, once the file is looked at again: here the old key's
    end is moved to now."""
    token = house.tokens()["access_token"]
    rotate_keys(house.settings, clock=house.clock)
    held = list_keys(house.settings)
    new, old = held.signing
    assert house.me(token).status_code == 200
    ended = keys.SigningKey(old.kid, old.created_at, house.clock(), old.private)
    keys.save(house.settings.key_folder, keys.Keys((new, ended), held.secret))
    assert house.me(token).status_code == 200
    house.clock.at += LOOK_AGAIN
    assert house.me(token).status_code == 401


def test_T08_a_key_of_another_process_is_known_at_once(house: House) -> None:
    """Also within the second in which the file isn't looked at: for a header that isn't known it is."""
    token = house.tokens()["access_token"]
    assert house.me(token).status_code == 200
    rotate_keys(house.settings, clock=house.clock)
    elsewhere = Tokens(house.settings.key_folder, issuer=house.settings.public_url)
    claims = elsewhere.verify(token, now=house.clock())
    assert house.me(elsewhere.mint(subject=claims.subject, session=claims.session, now=house.clock())).status_code == 200


def test_a_token_never_outlives_its_key() -> None:
    assert KEY_OVERLAP > LIFETIME


def test_rotation_keeps_the_secret_so_that_refresh_tokens_and_forms_stay_good(house: House) -> None:
    before, token = list_keys(house.settings).secret, house.tokens()["refresh_token"]
    rotate_keys(house.settings, clock=house.clock)
    assert list_keys(house.settings).secret == before
    assert house.refresh(token).status_code == 200


def test_a_damaged_key_file_does_not_stop_a_running_process(house: House) -> None:
    token = house.tokens()["access_token"]
    path = house.settings.key_folder / keys.FILE
    kept = path.read_bytes()
    path.write_bytes(kept[:40])
    assert house.me(token).status_code == 200
    path.unlink()
    assert house.me(token).status_code == 200


def test_keys_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    keys.rotate(folder, now=START, lifetime=timedelta(minutes=11))
    assert (folder.stat().st_mode & 0o777, (folder / keys.FILE).stat().st_mode & 0o777) == (0o700, 0o600)
    assert [path.name for path in folder.iterdir()] == [keys.FILE]


def test_processes_that_start_at_once_make_one_file(tmp_path: Path) -> None:
    barrier = threading.Barrier(8)

    def start(_number: int) -> bytes:
        barrier.wait()
        keys.ensure(tmp_path / "keys", now=START)
        return keys.load(tmp_path / "keys").secret

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(start, range(8)))) == 1


def test_rotations_at_once_lose_none(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _number: keys.rotate(tmp_path / "keys", now=START, lifetime=KEY_OVERLAP), range(8)))
    assert len(keys.load(tmp_path / "keys").signing) == 8


def test_purposes_have_keys_of_their_own(tmp_path: Path) -> None:
    held = keys.create(START)
    assert len({held.derive("refresh"), held.derive("csrf"), held.secret}) == 3
    assert held.derive("csrf") == held.derive("csrf")


def _pem(private: Any) -> str:
    return str(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


WEAK_SECRETS = ["", "c2hvcnQ=", "changeme", base64.b64encode(b"a" * 32).decode(), base64.b64encode(b"secret" * 6).decode()]
BAD_KEYS = [_pem(ec.generate_private_key(ec.SECP384R1())), _pem(rsa.generate_private_key(65537, 2048)), "", "-----BEGIN X-----"]


def _refusal(tmp_path: Path, change: Any) -> str:
    """What a production start says about the key file after `change` was made to its document."""
    settings = Settings(env="production", data=tmp_path)
    rotate_keys(settings)
    path = settings.key_folder / keys.FILE
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))
    with pytest.raises(StartRefused) as caught:
        open_access(settings, open_database(settings))
    return caught.value.en


@pytest.mark.parametrize("secret", WEAK_SECRETS)
def test_T09_a_weak_secret_is_refused(tmp_path: Path, secret: str) -> None:
    assert "weak" in _refusal(tmp_path, lambda document: document.update(secret=secret))


@pytest.mark.parametrize("private", BAD_KEYS, ids=["P-384", "RSA", "empty", "no PEM"])
def test_T09_a_signing_key_of_another_kind_is_refused(tmp_path: Path, private: str) -> None:
    assert "can't be read" in _refusal(tmp_path, lambda document: document["signing"][0].update(private=private))


@pytest.mark.parametrize(
    "change", [dict.clear, lambda document: document.update(signing=[]), lambda document: document.pop("secret")]
)
def test_T09_a_damaged_file_is_refused(tmp_path: Path, change: Any) -> None:
    assert "can't be read" in _refusal(tmp_path, change)


def test_T09_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    settings = Settings(env="production", data=tmp_path)
    rotate_keys(settings)
    (settings.key_folder / keys.FILE).chmod(0o640)
    with pytest.raises(StartRefused, match="chmod 600"):
        open_access(settings, open_database(settings))


def test_T09_production_without_keys_is_refused_and_development_makes_them(tmp_path: Path) -> None:
    production = Settings(env="production", data=tmp_path)
    with pytest.raises(StartRefused, match="patentry keys rotate"):
        open_access(production, open_database(production))
    development = Settings(env="development", data=tmp_path)
    open_access(development, open_database(development)).close()
    assert list_keys(production).signing


START_UP = """
import sys
{before}
from pathlib import Path
from auth.access.service import open_access, rotate_keys
from auth.database import open_database
from auth.errors import StartRefused
from auth.settings import Settings
settings = Settings(env="development", data=Path(sys.argv[1]))
try:
    open_access(settings, open_database(settings)).close()
except StartRefused as refused:
    sys.exit(str(refused))
"""


def _start(tmp_path: Path, *, before: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", START_UP.format(before=before), str(tmp_path / "data")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_T09_a_sound_installation_starts(tmp_path: Path) -> None:
    done = _start(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_T09_both_passlib_and_libpass_are_refused(tmp_path: Path) -> None:
    """A second distribution as pip would leave it: its metadata beside the fork's."""
    metadata = tmp_path / "site" / "passlib-1.7.4.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: passlib\nVersion: 1.7.4\n")
    done = _start(tmp_path, before=f"sys.path.append({str(tmp_path / 'site')!r})")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "passlib, libpass" in done.stderr


def test_T09_the_pure_python_backend_is_refused(tmp_path: Path) -> None:
    """As installed without the extra: python-jose falls back to the module `ecdsa`."""
    done = _start(tmp_path, before="sys.modules['jose.backends.cryptography_backend'] = None")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "python-jose[cryptography]" in done.stderr
