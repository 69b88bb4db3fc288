"""The publications of an application that are held, together."""

from collections.abc import Iterator, Sequence

from search.engine.port import PatentReader
from search.patent import numbers
from search.patent.model import Patent, decode


def filed(patent: Patent) -> str | None:
    """The number of the application."""
    return patent.application.number if patent.application else None


def applications(reader: PatentReader, records: Sequence[Patent], *, most: int | None = None) -> Iterator[list[Patent]]:
    """The records as they are now, each application's together with all that is held of it, or `most` of that."""
    keys = {key for patent in records if (number := filed(patent)) for key in numbers.application_keys(number)}
    others = reader.resolve(sorted(keys), of="application")[:most] if keys else []
    held = reader.get(list(dict.fromkeys((*(patent.number for patent in records), *others))))
    together: dict[str, list[Patent]] = {}
    for patent in (decode(line) for line in held if line is not None):
        together.setdefault(filed(patent) or patent.number, []).append(patent)
    wanted = {filed(patent) or patent.number for patent in records}
    yield from (publications for name, publications in together.items() if name in wanted)
