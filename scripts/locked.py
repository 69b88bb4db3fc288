"""The part of requirements.lock that some packages need: pins and hashes of these and of all they ask for.

    python scripts/locked.py            what the service needs in production (the dependencies of pyproject.toml)
    python scripts/locked.py setuptools what this package needs

There is one lock file; the image installs this part of it.  Who asks for whom is read from the lock's own "via" notes, so
nothing is resolved again and nothing needs to be installed.
"""

import re
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Pin(NamedTuple):
    """One pin: its lines in the lock and the packages that ask for it. A package with pins by Python version stands twice."""

    name: str
    lines: str
    askers: set[str]


def pins(lock: str) -> list[Pin]:
    """The lock's pins in its order."""
    found = []
    for block in re.split(r"(?m)^(?=[a-z0-9])", lock):
        name = re.match(r"[a-z0-9._-]+", block)
        if name:
            lines, _, via = block.partition("    # via ")
            found.append(Pin(name[0], lines, {asker.strip() for asker in via.split(",")}))
    return found


def needed(lock: str, roots: set[str]) -> str:
    """The lines of `roots` and of everything they ask for; an unknown root is a `KeyError`."""
    packages = pins(lock)
    if unknown := roots - {pin.name for pin in packages}:
        raise KeyError(f"not in the lock: {', '.join(sorted(unknown))}")
    wanted, grown = set(roots), True
    while grown:
        more = {pin.name for pin in packages if pin.askers & wanted} - wanted
        wanted, grown = wanted | more, bool(more)
    return "".join(pin.lines for pin in packages if pin.name in wanted)


def production(pyproject: str) -> set[str]:
    """The names of the project's own dependencies, without extras and versions."""
    dependencies = tomllib.loads(pyproject)["project"]["dependencies"]
    return {re.split(r"[\[<>=~! ;]", dependency, maxsplit=1)[0].lower() for dependency in dependencies}


if __name__ == "__main__":
    names = set(sys.argv[1:]) or production((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    sys.stdout.write(needed((ROOT / "requirements.lock").read_text(encoding="utf-8"), names))
