"""`Doctor`: what each line of a list of numbers is, by what is held."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import repeat

from search.api.limits import Slots
from search.engine.model import NumberKind, Request, Sort
from search.engine.port import PatentReader
from search.find.doctor.advice import advised
from search.find.doctor.holding import by_key, filed
from search.find.doctor.lines import CANDIDATES, Held, Line
from search.find.doctor.model import Examined, Verdict
from search.query.tree import Wild, either

SHOWN = 100
"""Characters of a line that its verdict repeats."""

MANGLED = 50
"""Different figures of spreadsheets whose numbers are looked up; each is a question to the engine."""


class Doctor:
    """Examines lists of numbers by one engine; `user` is the id of whoever asks."""

    def __init__(self, reader: PatentReader) -> None:
        self._reader = reader
        self._slots = Slots()

    def examine(self, lines: Sequence[str], *, user: str, lang: str, kinds: Sequence[NumberKind | None] | None = None) -> Examined:
        """A verdict for each line, its advice in `lang` (zh or en), read as a number of its kind where `kinds` tell one; raises
        `TooManyAtOnce` and what the engine raises."""
        with self._slots.one(user):
            return self._examined(list(zip(lines, kinds or repeat(None), strict=False)), lang)

    def _examined(self, lines: Sequence[tuple[str, NumberKind | None]], lang: str) -> Examined:
        read = {line: Line(*line) for line in dict.fromkeys(lines)}
        held = self._held(read.values())
        verdicts: list[Verdict] = []
        first: dict[str, int] = {}
        for place, line in enumerate(lines, 1):
            text, found = line[0], read[line].verdict(held)
            earlier = first.setdefault(found["number"], place) if found.get("number") else place
            said = advised(found, lang)
            verdicts.append(
                Verdict(line=place, text=text[:SHOWN], same_as=earlier if earlier != place else None, advice=said, **found)
            )
        counts = Counter[str](verdict.verdict for verdict in verdicts)
        return Examined(verdicts=verdicts, counts=dict(counts), numbers=sorted({n for v in verdicts for n in v.held}))

    def _held(self, lines: Iterable[Line]) -> Held:
        asked: dict[NumberKind, dict[str, None]] = {"publication": {}, "application": {}}
        figures: list[tuple[str, ...]] = []
        for line in lines:
            for reading in (*line.readings, *line.slips):
                asked[reading.kind][reading.key] = None
            figures += [line.figure] if line.figure else []
        return Held(
            by_key(self._reader, asked),
            {figure: self._of_figure(figure) for figure in list(dict.fromkeys(figures))[:MANGLED]},
        )

    def _of_figure(self, patterns: Sequence[str]) -> tuple[list[str], bool]:
        """The applications held that a spreadsheet shows so, and whether there are more."""
        query = either(*(Wild(pattern, "application") for pattern in patterns))
        asked = Request(query=query, sort=Sort("number", descending=False), size=100)
        found = self._reader.search(asked)
        applications = (filed.decode(hit.document).application.number for hit in found.hits if hit.document is not None)
        different = list(dict.fromkeys(applications))
        return different[:CANDIDATES], len(different) > CANDIDATES or found.total > len(found.hits)
