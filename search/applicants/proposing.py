"""What the documents held say of which names are one applicant's.

| evidence | what the documents show | confidence |
|---|---|---|
| two_languages | one party of a document printed under both names | 0.95 |
| spelling | the names are equal in all but width, case, script, signs and the spelling of one legal form | 0.9 |
| address | both at one address with a house number, and the names differ by their form alone | 0.8 |
| application | one application published under both, and the names differ by their form alone | 0.8 |
| address and application | both, whatever the names: a former name | 0.8 |

Two forms of one name are no evidence: 甲股份有限公司 and 甲有限公司 may be two companies. Names that stand side by side as two
applicants of one document are proposed only where a document prints both for one party.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from math import prod

from search.applicants.model import Evidence, Kind, Pair
from search.applicants.names import cut, same_but_form
from search.engine.layout import KEY_LENGTH
from search.patent.model import Party, Patent
from search.text.fold import fold

_SURE: dict[Kind, float] = {"two_languages": 0.95, "spelling": 0.9, "address": 0.8, "application": 0.8}
_FORMER = 0.8
_DOCUMENTS = 3
"""Documents that are named for a piece of evidence."""

_CROWD = 20
"""Names at one address, of one application or in one spelling: beyond, it is a park of firms or a common word."""

_ADDRESS = 8
"""Characters of an address that says enough, a house number among them."""

Names = tuple[str, str]
_Shown = dict[str, dict[str, str]]
"""What is shared -> name -> a document."""


class Observed:
    """Reads documents one by one, then says the pairs; memory is that of the names, addresses and applications."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._together: set[Names] = set()
        self._translated: defaultdict[Names, list[str]] = defaultdict(list)
        self._addresses: _Shown = defaultdict(dict)
        self._applications: _Shown = defaultdict(dict)

    def add(self, patent: Patent) -> None:
        """One document."""
        names = [_key(party.name) for party in patent.applicants]
        self._names.update(names)
        self._together.update(_pair(*two) for two in combinations(dict.fromkeys(names[:_CROWD]), 2))
        for name, party in zip(names, patent.applicants, strict=True):
            self._read(name, party, patent.number)
        if len(names) == 1 and patent.application and patent.application.number:
            self._applications[patent.application.number].setdefault(names[0], patent.number)

    def _read(self, name: str, party: Party, number: str) -> None:
        for other in map(_key, party.names.values()):
            if other != name and len(shown := self._translated[_pair(name, other)]) < _DOCUMENTS:
                shown.append(number)
        address = _address(party.address)
        if address:
            self._addresses[address].setdefault(name, number)

    def pairs(self) -> Iterator[Pair]:
        """The pairs of names that stand on documents, each with all its evidence."""
        found: defaultdict[Names, list[Evidence]] = defaultdict(list)
        for two, documents in self._translated.items():
            found[two].append(Evidence("two_languages", documents=tuple(documents)))
        for two in self._spelled():
            found[two].append(Evidence("spelling"))
        at, of = _shared(self._addresses, "address"), _shared(self._applications, "application")
        former = at.keys() & of.keys()
        for shown in (at, of):
            for two, evidence in shown.items():
                if same_but_form(*two) or two in former:
                    found[two].append(evidence)
        for two, grounds in sorted(found.items()):
            if self._names.issuperset(two) and (two in self._translated or two not in self._together):
                yield Pair(*two, tuple(grounds), _confidence(two, grounds))

    def _spelled(self) -> Iterator[Names]:
        """Each spelling of a name and form with the first of them."""
        spelled: defaultdict[object, list[str]] = defaultdict(list)
        for name in sorted(self._names):
            spelled[cut(name)].append(name)
        for first, *others in spelled.values():
            yield from ((first, other) for other in others[:_CROWD])


def observed(patents: Iterable[Patent]) -> Iterator[Pair]:
    """The pairs that the documents show."""
    seen = Observed()
    for patent in patents:
        seen.add(patent)
    return seen.pairs()


def _shared(shown: _Shown, kind: Kind) -> dict[Names, Evidence]:
    """Pairs of names that share an address or an application, each with one of these."""
    found: dict[Names, Evidence] = {}
    for detail, names in shown.items():
        if len(names) <= _CROWD:
            for one, other in combinations(sorted(names), 2):
                found.setdefault((one, other), Evidence(kind, detail, (names[one], names[other])))
    return found


def _confidence(two: Names, grounds: list[Evidence]) -> float:
    """How surely at least one of independent grounds holds; a former name is one ground of two things."""
    sure = [_SURE[each.kind] for each in grounds]
    if {each.kind for each in grounds} == {"address", "application"} and not same_but_form(*two):
        return _FORMER
    return round(1 - prod(1 - each for each in sure), 3)


def _key(name: str) -> str:
    """As the name stands in the index."""
    return name[:KEY_LENGTH]


def _pair(one: str, other: str) -> Names:
    return (one, other) if one < other else (other, one)


def _address(text: str | None) -> str | None:
    """The address for comparing; ``None`` for one that names no house."""
    key = re.sub(r"[\W_]", "", fold(text or ""))
    key = re.sub(r"^\d{6}(?!\d)", "", key)
    return key if len(key) >= _ADDRESS and re.search(r"\d|号", key) else None
