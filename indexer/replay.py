"""Refused records tried again: the file where it was mended in place, else the kept copy."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from indexer import precedence, reading
from indexer.kept import Kept
from indexer.model import ParseError, RawRecord
from indexer.parsers import known
from indexer.pipeline import Loader
from indexer.sources.walk import Origin, origins
from search.engine.port import PatentIndex
from search.loads.model import Counts, LoadedFile, Refusal
from search.loads.store import Loads
from search.patent.model import Patent, decode


def replay(loads: Loads, index: PatentIndex, kept: Kept, loader: Callable[[], Loader]) -> Counts:
    """Tries every refusal again; what loads is a refusal no more. All records read again are counted."""
    refusals = loads.refusals()
    files = {refusal.key: loads.file(refusal.key) for refusal in refusals}
    again = {file.disk: origin for file in files.values() if file and (origin := _to_read_again(file)) is not None}
    counts = Counts()
    for refusal in refusals:
        file = files[refusal.key]
        if file is None or file.disk not in again:
            tried = _try_copy(index, kept, refusal)
            if not tried.refused:
                loads.mended(refusal)
            counts += tried
    index.flush()
    if again:
        counts += loader().load(again.values()).counts
    kept.sweep((refusal.key, refusal.offset) for refusal in loads.refusals())
    return counts


def _to_read_again(file: LoadedFile) -> Origin | None:
    """The file on disk, where it is not the one that was read, or where no format was known that may be now."""
    path = Path(file.disk)
    if not path.is_file():
        return None
    origin = replace(origins([path])[0], name=file.disk_name)
    same = (file.size, file.modified) == (origin.size, origin.modified)
    return None if same and known(file.format or "") else origin


def _try_copy(index: PatentIndex, kept: Kept, refusal: Refusal) -> Counts:
    data, parser = kept.get(refusal.key, refusal.offset), known(refusal.format or "")
    if data is None or parser is None:
        return Counts(read=1, refused=1)
    try:
        patent = reading.patent(RawRecord(data, refusal.name, refusal.offset), parser)
    except ParseError:
        return Counts(read=1, refused=1)
    if _repeats(index, patent):
        return Counts(read=1, refused=1)
    report = index.write([patent], merge=precedence.merge)
    return Counts(1, report.written, report.merged, report.unchanged, len(report.refused))


def _repeats(index: PatentIndex, patent: Patent) -> bool:
    """Whether the record is the second of its number in its file, which the first is held of."""
    held = index.get([patent.number])[0]
    if held is None:
        return False
    places = {(source.format, source.file): source.offset for source in decode(held).sources}
    return any(places.get((source.format, source.file), source.offset) != source.offset for source in patent.sources)
