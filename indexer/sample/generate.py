"""The sample itself: families of publications over twenty years, drawn from one seed.

The same `count` and `seed` give the same bytes on every machine. Memory does not grow with `count` beyond the number
registers and the last few hundred publications of each field, which later ones cite.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count as counting
from itertools import islice
from random import Random
from typing import Any

from indexer.sample import offices, people, writing
from indexer.sample.vocabulary import vocabulary
from search.patent import classes, kinds, numbers
from search.patent.model import Citation, Patent, Pct, Reference, Symbol

FIRST_FILING = date(2006, 1, 4)
LAST_DAY = date(2026, 6, 30)
"""No document of the sample is newer; fixed, so that a seed means the same documents for ever."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One application at one office, of one family."""

    family: str
    idea: writing.Idea
    team: people.Team
    protection: offices.Protection
    country: str
    number: str
    filed: date
    priorities: tuple[Reference, ...] = ()
    pct: Pct | None = None


@dataclass(slots=True)
class Sample:
    """The state of one run: the generator of chance, the numbers given out, what may be cited."""

    rng: Random
    registers: offices.Registers = field(default_factory=offices.Registers)
    citable: dict[str, deque[tuple[str, str]]] = field(default_factory=dict)

    def family(self, serial: int) -> Iterator[Patent]:
        """The publications of one more family."""
        fields, names = vocabulary()
        technical = self.rng.choice(fields)
        team = people.team(self.rng, names, technical)
        filed = self._filing_day()
        draw = self.rng.random()
        protection: offices.Protection = "invention"
        if team.home == "CN" and draw > 0.7:
            protection = "utility_model" if draw < 0.9 else "design"
        idea = writing.idea(self.rng, technical, protection)
        number = self._application(team.home, protection, filed)
        first = Filing(str(60_000_000 + serial), idea, team, protection, team.home, number, filed)
        yield from self._publish(first)
        if protection == "invention" and (team.home == "US" or self.rng.random() < 0.15):
            yield from self._abroad(first)

    def _filing_day(self) -> date:
        """Filings grow over the years, as they did."""
        span = (LAST_DAY - FIRST_FILING).days - 180
        return FIRST_FILING + timedelta(days=int(span * self.rng.random() ** 0.6))

    def _application(self, country: str, protection: offices.Protection, filed: date) -> str:
        if country == "US":
            return self.registers.american_application(filed)
        if country == "EP":
            return self.registers.european_application(filed)
        return self.registers.chinese_application(protection, filed)

    def _abroad(self, first: Filing) -> Iterator[Patent]:
        """The international publication a year and a half after the priority, then national and regional phases."""
        day = offices.publication_day("WO", first.filed + timedelta(days=545))
        if day > LAST_DAY:
            return
        filed = first.filed + timedelta(days=self.rng.randint(300, 364))
        application = self.registers.international_application(first.country, filed)
        publication = numbers.publication("WO", self.registers.by_year("WO", day))
        pct = Pct(application=application, publication=publication)
        priority = (Reference(number=first.number, date=first.filed.isoformat()),)
        international = Filing(
            first.family, first.idea, first.team, "invention", "WO", application, filed, priorities=priority, pct=pct
        )
        yield self._publication(international, publication.removeprefix("WO"), "A1", day)
        for country in self.rng.sample([c for c in ("CN", "US", "EP") if c != first.country], self.rng.randint(1, 2)):
            number = self._application(country, "invention", filed)
            yield from self._publish(
                Filing(first.family, first.idea, first.team, "invention", country, number, filed, priorities=priority, pct=pct)
            )

    def _publish(self, filing: Filing) -> Iterator[Patent]:
        """The first publication and, for three inventions in five, the grant; nothing after the last day."""
        wait = self.rng.randint(480, 560) if filing.protection == "invention" else self.rng.randint(120, 300)
        day = offices.publication_day(filing.country, filing.filed + timedelta(days=wait))
        granted = offices.publication_day(filing.country, day + timedelta(days=self.rng.randint(250, 1_100)))
        if day > LAST_DAY:
            return
        number, kind = self._first_number(filing, day)
        yield self._publication(filing, number, kind, day)
        if filing.protection == "invention" and self.rng.random() < 0.6 and granted <= LAST_DAY:
            yield self._publication(filing, *self._grant_number(filing, number, granted), granted)

    def _first_number(self, filing: Filing, day: date) -> tuple[str, str]:
        if filing.country == "US":
            return self.registers.by_year("US", day), "A1"
        if filing.country == "EP":
            return self.registers.by_day("EP", day), "A1"
        return self.registers.chinese_first(filing.protection, day)

    def _grant_number(self, filing: Filing, first: str, day: date) -> tuple[str, str]:
        if filing.country == "US":
            return self.registers.by_day("US", day), "B2"
        return (first, "B1") if filing.country == "EP" else self.registers.chinese_grant(first, day)

    def _publication(self, filing: Filing, doc_number: str, kind: str, day: date) -> Patent:
        number = numbers.publication(filing.country, doc_number, kind)
        parsed = numbers.parse_publication(number)
        published = day.isoformat()
        patent = Patent(
            number=number,
            country=filing.country,
            doc_number=parsed.doc_number,
            kind=kind,
            stage=kinds.stage(filing.country, kind, published),
            type=kinds.patent_type(filing.country, kind, parsed.doc_number),
            publication_date=published,
            application=Reference(number=filing.number, date=filing.filed.isoformat()),
            priorities=filing.priorities,
            pct=filing.pct,
            applicants=filing.team.applicants,
            inventors=filing.team.inventors,
            agent_firms=filing.team.agent_firms if filing.country == "CN" else (),
            citations=self._citations(filing, kind),
            family=filing.family,
            **_texts(filing),
        )
        self.citable.setdefault(filing.idea.field.area.en, deque(maxlen=400)).append((published, number))
        return patent

    def _citations(self, filing: Filing, kind: str) -> tuple[Citation, ...]:
        """Grants and international publications cite up to five documents of their field that were out when they were filed."""
        searched = kind[0] in "BC" or filing.country == "WO"
        held = self.citable.get(filing.idea.field.area.en, ())
        earlier = [number for published, number in held if published < filing.filed.isoformat()]
        if filing.protection != "invention" or not searched or not earlier:
            return ()
        cited = self.rng.sample(earlier, min(len(earlier), self.rng.randint(1, 5)))
        phase = "search" if filing.country == "WO" else "examiner"
        return tuple(Citation(number=number, category=self.rng.choice("XYAA"), phase=phase) for number in cited)


def patents(count: int, *, seed: int = 1) -> Iterator[Patent]:
    """`count` publications, family by family."""
    sample = Sample(Random(seed))  # noqa: S311 - chance for a sample, not for a secret
    return islice((patent for serial in counting(1) for patent in sample.family(serial)), count)


def _texts(filing: Filing) -> dict[str, Any]:
    idea = filing.idea
    if filing.protection == "design":
        titles = {"zh": idea.subject.zh, "en": idea.subject.en[0].upper() + idea.subject.en[1:]}
        symbol = Symbol(symbol=classes.locarno(idea.field.locarno), first=True)
        return {"titles": titles, "abstracts": writing.brief(idea), "locarno": (symbol,)}
    return {
        "titles": writing.titles(idea),
        "abstracts": writing.abstracts(idea),
        "claims": writing.claims(idea),
        "description": writing.description(idea),
        **_symbols(idea),
    }


def _symbols(idea: writing.Idea) -> dict[str, tuple[Symbol, ...]]:
    """The subject's own IPC symbol first, another of the field after it; CPC repeats them."""
    symbols_of_field = idea.field.ipc
    main = idea.field.subjects.index(idea.subject)
    other = (main + idea.figure) % len(symbols_of_field)
    symbols = (classes.ipc(symbols_of_field[main]), classes.ipc(symbols_of_field[other]))
    both = tuple(Symbol(symbol=symbol, first=place == 0, inventive=True) for place, symbol in enumerate(dict.fromkeys(symbols)))
    return {"ipc": both, "cpc": both}
