"""What each verifier knows of the others: ``python -m auth.targets.pins`` writes it into them after a change.

`verify.py` holds the SHA-256 of `verify.html`; the page holds those of `recount.py` and of `verify.py` with its own line blanked,
so that neither can be replaced in a bundle whichever of the two looks.
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from auth.targets.verifier import FOLDER

_BLANK = b"0" * 64


def pinned(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The verifiers with the right sums in them."""
    program = _with(files["verify.py"], b"PAGE", _BLANK)
    page = _with(files["verify.html"], b"PROGRAM", _sum(program))
    page = _with(page, b"RECOUNT", _sum(files["recount.py"]))
    return {"verify.py": _with(program, b"PAGE", _sum(page)), "verify.html": page, "recount.py": files["recount.py"]}


def sums(files: Mapping[str, bytes]) -> str:
    """What a release publishes for bureaus to compare their copies with: `sha256sum -c` takes it."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))


def main() -> None:
    """Writes the verifiers of this checkout, and their sums into the bureaus' page."""
    files = pinned({name: (FOLDER / name).read_bytes() for name in ("verify.py", "verify.html", "recount.py")})
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)
    page = Path(__file__).parents[2] / "docs" / "verify.md"
    page.write_text(published(page.read_text("utf-8"), files), "utf-8")


def published(page: str, files: Mapping[str, bytes]) -> str:
    """The page with the sums of these files."""
    return re.sub(r"(?m)(^[0-9a-f]{64}  [a-z.]+\n)+", sums(files), page, count=1)


def _with(data: bytes, name: bytes, held: bytes) -> bytes:
    """The program with the constant of this name set."""
    made, count = re.subn(rb'^((?:const )?%s = ")[0-9a-f]{64}"' % name, rb'\g<1>%s"' % held, data, count=1, flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"no constant {name.decode()}")
    return made


def _sum(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


if __name__ == "__main__":
    main()
