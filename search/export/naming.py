"""The name of a file that is taken away, and the header that tells it."""

import re
from datetime import date
from urllib.parse import quote

_UNFIT = re.compile(r"[^\w\u3400-\u9fff]+")
_LONGEST = 40


def named(about: str, day: date, suffix: str, *, lang: str) -> str:
    """``专利-电池-2026-11-24.csv``: no sign that a file system or a shell takes for something else."""
    words = _UNFIT.sub("-", about).strip("-")[:_LONGEST].strip("-")
    return "-".join(part for part in ("专利" if lang == "zh" else "patents", words, day.isoformat()) if part) + f".{suffix}"


def disposition(name: str) -> str:
    """The header Content-Disposition (RFC 6266, RFC 8187): for old programs a name in ASCII stands beside the real one."""
    plain = _UNFIT.sub("-", name.encode("ascii", "ignore").decode().rpartition(".")[0]).strip("-")
    suffix = name.rpartition(".")[2]
    return f"attachment; filename=\"patents-{plain}.{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"
