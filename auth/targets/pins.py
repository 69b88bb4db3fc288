"""What each verifier knows of the others: ``python -m auth.targets.pins`` writes it into them after a change.

`verify.py` holds the SHA-256 of `verify.html`; the page holds those of `recount.py` and of `verify.py` with its own line blanked,
so that neither can be replaced in a bundle whichever of the two looks.
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

_BLANK = b"0" * 64


def pinned(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The verifiers with the right sums in them."""
    program = _with(files["verify.py"], b"PAGE", _BLANK)
    page = _with(files["verify.html"], b"PROGRAM", _sum(program))
    page = _with(page, b"RECOUNT", _sum(files["recount.py"]))
    return {"verify.py": _with(program, b"PAGE", _sum(page)), "verify.html": page, "recount.py": files["recount.py"]}


def main() -> None:
    """Writes the verifiers of this checkout."""
    folder = Path(__file__).parent / "verifier"
    for name, data in pinned({name: (folder / name).read_bytes() for name in ("verify.py", "verify.html", "recount.py")}).items():
        (folder / name).write_bytes(data)


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
