"""Tables to charts: decided by `kinds`, drawn in a `Pool`, kept by what they show."""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from search.analysis.charts.pool import Pool
from search.analysis.charts.problems import NothingToDraw
from search.analysis.model import Analysis, Row

if TYPE_CHECKING:  # nobody who starts the service waits for what draws
    from search.analysis.charts.drawing import Drawing, Lang, Size
    from search.analysis.charts.job import Job

KEPT_BYTES = 8_000_000
"""Of charts that were drawn; the one that was not asked for longest is forgotten first."""

Link = Callable[[Row], str]


class Painter:
    """Charts as SVG and as PNG. Nothing is started before the first one; `close` ends what was."""

    def __init__(self, pool: Pool | None = None, *, kept_bytes: int = KEPT_BYTES) -> None:
        self._pool = pool or Pool()
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._room = kept_bytes
        self._lock = Lock()

    def svg(self, analysis: Analysis, lang: "Lang", *, link: Link | None = None, size: "Size" = "large") -> str:
        """The chart for a page, each mark a link to what `link` says of its row: a path of this service (`ValueError` for
        anything else). `NothingToDraw`, `ChartUnavailable`."""
        return self._drawn(_job(_of(analysis, lang, size), link, picture=False, name=f"{analysis.name}-{size}")).decode()

    def png(self, analysis: Analysis, lang: "Lang", *, size: "Size" = "large") -> bytes:
        """The chart as a picture of twice its size, for print. `NothingToDraw`, `ChartUnavailable`."""
        return self._drawn(_job(_of(analysis, lang, size), None, picture=True, name=analysis.name))

    def close(self) -> None:
        self._pool.close()

    def _drawn(self, job: "Job") -> bytes:
        asked = msgspec.json.encode(job)
        key = sha256(asked).digest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self._pool.run(asked)
        with self._lock:
            self._kept[key] = made
            while sum(map(len, self._kept.values())) > self._room:
                self._kept.popitem(last=False)
        return made


def _of(analysis: Analysis, lang: "Lang", size: "Size") -> "Drawing":
    from search.analysis.charts.kinds import drawing  # noqa: PLC0415

    drawn = drawing(analysis, lang, size)
    if drawn is None:
        raise NothingToDraw
    return drawn


def _job(drawn: "Drawing", link: Link | None, *, picture: bool, name: str) -> "Job":
    from search.analysis.charts.job import Job  # noqa: PLC0415

    addresses = ["" if link is None else _path(link(row)) for row in drawn.marks]
    return Job(
        id=name,
        grammar=drawn.grammar,
        spec=dict(drawn.spec),
        texts=drawn.texts,
        links=tuple(zip(addresses, drawn.names, strict=True)),
        title=drawn.title,
        description=drawn.description,
        picture=picture,
    )


def _path(address: str) -> str:
    """The address, where it stays on this service: `//host` and `/\\host` are addresses of others."""
    if not address.startswith("/") or address[1:2] in ("/", "\\") or not address.isascii() or not address.isprintable():
        raise ValueError(address)
    return address
