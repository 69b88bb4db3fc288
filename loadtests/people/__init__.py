"""Who comes to the service in a load test, and what they are given: the file that ``PATENTRY_LOAD`` names."""

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NEWCOMERS = 10
A_SECOND = 5
"""How many people sign up a second, at so many seats."""

Account = tuple[str, str]
"""Login and password."""


@dataclass(frozen=True, slots=True)
class Given:
    """Accounts of the server under load, one a researcher, for an account may search only a few times at once; the code of a
    training's link, and the folder where messages leave."""

    researchers: list[Account]
    agency: Account
    bureau: Account
    code: str
    outbox: Path

    def written(self, file: Path) -> None:
        """To the file that `given` reads."""
        fields = {name: getattr(self, name) for name in self.__slots__} | {"outbox": str(self.outbox)}
        file.write_text(json.dumps(fields), encoding="utf-8")


@cache
def given() -> Given:
    """What this run was given."""
    fields = json.loads(Path(os.environ["PATENTRY_LOAD"]).read_text(encoding="utf-8"))
    return Given(**(fields | {"outbox": Path(fields["outbox"])}))
