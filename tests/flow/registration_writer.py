"""A process of registrations for a tracer that strikes at one system call of each: ``python -m tests.flow.registration_writer
FOLDER LINK ENTERPRISE STRUCK CALL:POSITION…``.

A child process registers somebody for each position: sign-up, message, code, profile, first search.  The tracer counts the calls
of each process by itself and strikes at the STRUCK-th of a kind; the child makes so many that mean nothing beforehand that the one
struck is its POSITION-th CALL.  A line ``contact step`` is said once a step was acknowledged, ``refused step`` where it was not;
then the person tries once more.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from auth.access.codes import ByCode
from auth.access.model import Identity
from auth.credentials import keys
from auth.database import DatabaseUnavailable, open_database
from auth.http.idempotency import Idempotency
from auth.registration.challenge import Challenges
from auth.registration.entering import Entering
from auth.registration.model import Accepted, Origin, Position, SignUp
from auth.registration.profiles import Profiles
from auth.registration.signing_up import Parts, SigningUp
from auth.roles import Role
from auth.settings import Settings
from tests.desk import AGREED, HERE, Desk, HandClock, open_desk

Result = TypeVar("Result")
_NOTHING: dict[str, Callable[[int], object]] = {"pwrite64": lambda file: os.pwrite(file, b"-", 0), "fdatasync": os.fdatasync}


def main(folder: str, link: str, enterprise: str, struck: str, *places: str) -> None:
    """One child after the other, so that none waits for another's lock."""
    desk = a_desk_of(Path(folder))
    Person(desk, f"first-{os.getpid()}@x.cn", link, enterprise, 0).register()  # from here on the statements are compiled
    desk.database.close()  # no connection goes through a fork
    for number, place in enumerate(places, 1):
        child = os.fork()
        if not child:
            call, _, position = place.partition(":")
            scratch = os.memfd_create("nothing")
            for _ in range(int(struck) - int(position)):
                _NOTHING[call](scratch)
            Person(desk, f"{call}-{os.getpid()}@x.cn", link, enterprise, number).register()
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


@dataclass
class Person:
    """Somebody at the desk; `number` makes his network address."""

    desk: Desk
    contact: str
    link: str
    enterprise: str
    number: int

    def register(self) -> None:
        """All steps in turn."""
        parts = parts_of(self.desk)
        accepted = self._step("sign_up", lambda: self._sign_up(parts))
        self._step("message", self.desk.postman.deliver)
        user = self._step("verify", lambda: self._verify(parts, accepted))
        identity = Identity(user, self.contact, None, Role.RESEARCHER, None, "s1")
        profiles = Profiles(parts)
        self._step("profile", lambda: profiles.change(identity, role=Position.RD, enterprise=self.enterprise))
        self._step("search", lambda: profiles.activated(user))

    def _sign_up(self, parts: Parts) -> Accepted:
        wanted = SignUp(self.contact, name="李明", code=self.link, consents=AGREED)
        return SigningUp(parts).sign_up(wanted, Origin(f"10.0.{self.number // 250}.{self.number % 250}"), key=self.contact)

    def _verify(self, parts: Parts, accepted: Accepted) -> str:
        proof = ByCode(accepted.ref, self._digits())
        entering = Entering(parts, self.desk.evidence)
        return self.desk.user_of(entering.enter(proof, address=HERE, into=self.desk.access.sessions.open_api))

    def _digits(self) -> str:
        """The code of the newest message to the person, whether or not the queue could note that it left."""
        files = sorted((self.desk.settings.data / "outbox").glob("*.json"), key=lambda path: -path.stat().st_mtime_ns)
        messages = (json.loads(path.read_bytes()) for path in files)
        newest = next(message["text"] for message in messages if message["to"] == self.contact)
        return str(re.findall(r"(?<!\d)\d{6}(?!\d)", newest)[0])

    def _step(self, name: str, work: Callable[[], Result]) -> Result:
        try:
            result = work()
        except DatabaseUnavailable:
            print("refused", name, flush=True)
            result = work()
        print(self.contact, name, flush=True)
        return result


def a_desk_of(folder: Path) -> Desk:
    """The rooms over the installation in `folder`."""
    settings = Settings(env="development", data=folder)
    return open_desk(settings, open_database(settings), HandClock())


def parts_of(desk: Desk) -> Parts:
    """What the rooms stand on, so that a step runs in the thread that the tracer counts."""
    secret = keys.load(desk.settings.key_folder)
    return Parts(
        database=desk.database,
        access=desk.access,
        referral=desk.referral,
        postman=desk.postman,
        idempotency=Idempotency(secret.derive("idempotency")),
        challenges=Challenges(secret.derive("challenge")),
        public_url=desk.settings.public_url,
        key=secret.derive("registration"),
        clock=desk.clock,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
