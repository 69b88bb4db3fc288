"""A bureau's desk for tests: an installation with one project, and the folder where the bureau keeps its own verifier and keys."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from auth.access.model import Identity
from auth.database import open_database
from auth.ledger import service
from auth.ledger.model import Fact
from auth.ledger.service import Ledger, open_ledger
from auth.projects.model import Contract
from auth.projects.service import Projects
from auth.roles import Role
from auth.targets.archive import archive
from auth.targets.evidence import Evidence
from auth.targets.rules import shipped
from auth.targets.service import Targets
from auth.targets.verifier import FOLDER
from search.migrations import migrate
from search.settings import Settings
from tests import tenants
from tests.tenants import NOON

OFFICER = Identity("officer", None, None, Role.BUREAU, "city-a", "s1")
AGENCY = "agency-a"


class Desk:
    """An installation with one project, and a folder of the bureau's own."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.database = open_database(settings)
        migrate(self.database)
        with self.database.write() as connection:
            tenants.settle(connection)
        self.ledger: Ledger = open_ledger(settings, self.database, clock=lambda: NOON)
        projects = Projects(self.database, fingerprint=self.ledger.fingerprint, clock=lambda: NOON)
        first, last = (NOON - timedelta(days=30)).date(), (NOON + timedelta(days=300)).date()
        contract = Contract(agency=AGENCY, first=first, last=last, province="52", contract_sha256="ab" * 32)
        self.project = projects.add(OFFICER, "推送服务", contract, bureau=None).id
        self.now = NOON
        self.sampled: dict[str, str] = {}
        self.evidence = Evidence(self.database, self.ledger, sampled=lambda *_: self.sampled, clock=lambda: self.now)
        self.bureau = folder / "bureau"
        self.bureau.mkdir()
        for name in ("verify.py", "recount.py"):
            shutil.copy(FOLDER / name, self.bureau)
        (self.bureau / "key.pub").write_text(self.ledger.keys().signer.verifier.vkey + "\r\n", "utf-8")

    def adopt(self) -> None:
        data = shipped()["guizhou-2019"]
        Targets(self.database, clock=lambda: NOON).adopt(OFFICER, self.project, data=data, direction=None)

    def person(self, account: str) -> None:
        """Somebody registers, confirms, fills in the profile and searches."""
        profile = {"enterprise": "enterprise-a", "role": "rd", "size": "small", "region": "520102"}
        steps: list[tuple[str, dict[str, Any]]] = [
            ("account:registered", {"channel": "mobile"}),
            ("account:contact_verified", {"contact_class": "mobile", "new": True}),
            ("account:profile_complete", profile),
            ("account:activated", {}),
        ]
        with self.database.write() as connection:
            for kind, attributes in steps:
                person = hashlib.sha256(account.encode()).hexdigest() if kind == "account:contact_verified" else None
                fact = Fact(kind=kind, happened_at=NOON, account=account, person=person, agency=AGENCY, attributes=attributes)
                service.append(connection, AGENCY, fact, now=NOON)

    def export(self, **limits: Any) -> bytes:
        return archive(self.evidence.export(OFFICER, self.project, **limits)[1])

    def check(self, data: bytes, *options: str, coding: str = "utf-8") -> tuple[int, str]:
        """Exit status and words of the bureau's copy."""
        (self.bureau / "bundle.zip").write_bytes(data)
        command = [sys.executable, "verify.py", "bundle.zip", *options]
        environment = {**os.environ, "PYTHONIOENCODING": coding, "PYTHONUTF8": "0"}
        done = subprocess.run(command, cwd=self.bureau, env=environment, capture_output=True, check=False)
        return done.returncode, done.stdout.decode(coding) + done.stderr.decode(coding)
