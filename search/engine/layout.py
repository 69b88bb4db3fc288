"""The index described once, as data: which columns a record has in it, of which class, and what stands in them.

Both adapters build their schema from these tables and index exactly what `entry` gives, so they hold the same tokens and
keys.  Token columns hold tokens joined by blanks, cut by `search.text.tokens`; an engine splits them at blanks and drops
`GAP`, which keeps its position.  A token column is never empty (`FILLER`), so that both engines count documents and lengths
alike.  Keyword columns may hold many values; a column without a value is absent from the entry.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from search.engine import dimensions
from search.engine.dimensions import KEY_LENGTH, LEVELS, PARTIES, spelled, unique
from search.engine.model import NumberKind, Unit
from search.patent import classes, model, numbers, standing, technology
from search.patent.model import Patent
from search.text.positions import Streams, streams
from search.text.tokens import FILLER, GAP, is_run

Entry: TypeAlias = dict[str, str | list[str] | list[int] | int]

STEMMED = ("title", "abstract", "claims", "description")
"""Text fields with a second stream, of stems, in the column `stems(field)`."""

__all__ = ["KEY_LENGTH", "LEVELS", "PARTIES", "spelled"]
"""`PARTIES` are fields of names: a token column of that name, and the whole names in the keyword column `names(field)`."""

SCHEMES = ("ipc", "cpc", "locarno")
"""Classifications: every level of every symbol in a keyword column of that name, the subclasses alone in `subclasses`."""

DATES = ("publication_date", "application_date", "priority_date", "legal_since", "legal_change")
"""Integers ``yyyymmdd``; the priority date is the earliest one; `legal_since` is since when the legal status is what it is, and
`legal_change` when the calendar changes it, 0 where that is due to be reckoned whatever the day."""

ORDINAL = "ordinal"

GROUP, APPLICATION = "group", "application_group"
"""Integers that stand for the family and for the application, or for the document itself where it has none: one of 2 ** 63, so
that two families out of ten million share theirs with a chance of one in 180,000."""

UNITS: dict[Unit, str] = {"application": APPLICATION, "family": GROUP}
"""What is counted instead of documents -> the column of its integers."""


def stems(field: str) -> str:
    """Column of a text field's stems."""
    return f"{field}_s"


def begins(field: str) -> str:
    """Where the sentences of a token column of words begin (`search.text.positions.Streams`): integers that each engine keeps in
    its own way, for distances in sentences."""
    return f"{field}_begins"


def names(field: str) -> str:
    """Column of a party field's whole names."""
    return f"{field}_k"


def subclasses(scheme: str) -> str:
    """Column of a classification's subclasses (``H01M``, Locarno ``09-03``)."""
    return f"{scheme}_subclass"


TEXTS: tuple[str, ...] = (*STEMMED, *PARTIES)
"""Columns of words in which distances are measured."""

TOKENS: tuple[str, ...] = (*STEMMED, *map(stems, STEMMED), *PARTIES)

KEYWORDS: tuple[str, ...] = (
    *("number", "number_keys", "application_keys", "priority_keys", "cites", "country", "kind", "type", "stage", "legal"),
    *("region", "family", "publication_year", "words"),
    *map(names, PARTIES),
    *SCHEMES,
    *map(subclasses, SCHEMES),
    *dimensions.SOUGHT,
)

COUNTED: tuple[str, ...] = dimensions.COUNTED
"""Keyword columns that are counted and never sought in."""

DIMENSIONS: dict[str, str] = dimensions.COLUMNS
"""What a table may count by -> the keyword column, of `KEYWORDS` or `COUNTED`."""

EXACT: dict[str, str] = {f"{name}_is": name for name in SCHEMES} | {"cites_is": "cited", "word": "words"}
"""Fields of whole keys -> the keyword column; of other keyword fields it has their name."""

NUMBERS: dict[NumberKind, str] = {"publication": "number_keys", "application": "application_keys", "priority": "priority_keys"}
"""Kind of number -> the column of its keys."""

FACETS: dict[str, str] = {
    **{name: name for name in ("country", "kind", "type", "stage", "legal", "region", "family")},
    **{party: names(party) for party in PARTIES},
    **{scheme: subclasses(scheme) for scheme in SCHEMES},
    "year": "publication_year",
}
"""Name of a facet -> the keyword column that is counted."""

SUGGESTED: dict[str, str] = {**{scheme: scheme for scheme in SCHEMES}, "word": "words"}
"""What can be suggested while somebody types -> the keyword column of its values: symbols at every level, and words of titles."""

NUMBER_LENGTH = 24
NUMBER_CHARACTERS = frozenset("-./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""A record's number has at most this many of these characters; the embedded engine packs them into two integers to sort by."""


def refusal(patent: Patent) -> str | None:
    """Why no engine takes the record, or ``None``."""
    if not patent.number:
        return "号码为空 the number is empty"
    if len(patent.number) > NUMBER_LENGTH:
        return f"号码超过 {NUMBER_LENGTH} 个字符 the number has more than {NUMBER_LENGTH} characters"
    if not NUMBER_CHARACTERS.issuperset(patent.number):
        return "号码含有 -./0-9A-Z 以外的字符 the number has characters other than -./0-9A-Z"
    return None


def entry(patent: Patent, ordinal: int) -> Entry:
    """What stands in the index for a record: column -> tokens joined by blanks, keys, or an integer. Raises `ValueError` for a
    date or number that is none."""
    return {**keys(patent, ordinal), **cut({field: streams(values) for field, values in texts(patent).items()})}


def cut(found: Mapping[str, Streams]) -> Entry:
    """The part of an entry that comes from its texts, field by field."""
    entry: Entry = {"words": _words(found["title"].exact)}
    for field, streamed in found.items():
        entry[field], entry[begins(field)] = streamed.exact, streamed.begins
        if field in STEMMED:
            entry[stems(field)] = streamed.stems
    return {column: value for column, value in entry.items() if value != []}


def keys(patent: Patent, ordinal: int) -> Entry:
    """The rest of an entry; raises what it raises."""
    found: Entry = {"number": patent.number, ORDINAL: ordinal, **_groups(patent)}
    for field, parties in _parties(patent).items():
        found[names(field)] = unique(key for party in parties if (key := spelled(party.name)))
    for scheme in SCHEMES:
        levels = [classes.levels(symbol.symbol) for symbol in getattr(patent, scheme) if symbol.symbol.strip()]
        found[scheme] = unique(level for symbol in levels for level in symbol)
        found[subclasses(scheme)] = unique(_subclass(scheme, symbol) for symbol in levels)
    found.update(_keys(patent))
    found.update(dimensions.keys(patent))
    found.update({field: _day(text) for field, text in _dates(patent).items() if text})
    if standing.due(patent):
        found["legal_change"] = 0
    return {column: value for column, value in found.items() if value != []}


def fingerprint() -> str:
    """Changes when the columns or the way words, numbers or classes are cut change: an index of another fingerprint is
    rebuilt from the documents."""
    columns = (TOKENS, KEYWORDS, COUNTED, DATES, sorted(UNITS.values()), sorted(FACETS.items()))
    made = repr((columns, sorted(entry(_PROBE, 1).items()), [sorted(each.classes) for each in technology.FIELDS]))
    return hashlib.sha256(made.encode()).hexdigest()[:16]


def texts(patent: Patent) -> dict[str, Sequence[str]]:
    """The values of each of `TEXTS`: of a text one a language, of the parties every name."""
    claims: dict[str | None, list[str]] = {}
    for claim in patent.claims:
        claims.setdefault(claim.lang, []).append(claim.text)
    return {
        "title": list(patent.titles.values()),
        "abstract": list(patent.abstracts.values()),
        "claims": ["\n".join(texts) for texts in claims.values()],
        "description": ["\n".join(paragraphs) for paragraphs in patent.description.values()],
        **{field: _names(parties) for field, parties in _parties(patent).items()},
    }


def _names(parties: Iterable[model.Party]) -> list[str]:
    return unique(name for party in parties for name in (party.name, *party.names.values()))


def _parties(patent: Patent) -> dict[str, tuple[model.Party, ...]]:
    return {
        "applicant": patent.applicants,
        "inventor": patent.inventors,
        "agent": (*patent.agents, *patent.agent_firms),
    }


def _keys(patent: Patent) -> Entry:
    application = patent.application.number if patent.application else None
    single = {
        "country": spelled(patent.country, "country"),
        "kind": spelled(patent.kind, "kind") if patent.kind else None,
        "type": patent.type,
        "stage": patent.stage,
        "legal": spelled(patent.legal.status, "legal") if patent.legal else None,
        "family": patent.family[:KEY_LENGTH] if patent.family else None,
        "publication_year": patent.publication_date[:4] if patent.publication_date else None,
    }
    return {
        "number_keys": list(numbers.publication_keys(patent.country, patent.doc_number, patent.kind)),
        "application_keys": list(numbers.application_keys(application)) if application else [],
        "priority_keys": unique(key for each in patent.priorities if each.number for key in numbers.application_keys(each.number)),
        "cites": unique(key for each in patent.citations for key in publication_keys(each.number)),
        "region": unique(spelled(party.region, "region") for party in patent.applicants if party.region),
        **{column: value for column, value in single.items() if value},
    }


def _dates(patent: Patent) -> dict[str, str | None]:
    return {
        "publication_date": patent.publication_date,
        "application_date": patent.application.date if patent.application else None,
        "legal_since": patent.legal.since if patent.legal else None,
        "legal_change": patent.legal.next_change if patent.legal else None,
        "priority_date": min((priority.date for priority in patent.priorities if priority.date), default=None),
    }


def publication_keys(number: str) -> tuple[str, ...]:
    """The keys of a publication by its number; of what is none, an application for instance, the number itself."""
    try:
        cited = numbers.parse_publication(number)
    except numbers.NumberError:
        return (number,)
    return numbers.publication_keys(cited.country, cited.doc_number, cited.kind)


def family(patent: Patent | model.Kin) -> str | None:
    """What the members of a family have in common: the family that the source names, else the first filing: the earliest priority,
    or where none is claimed the application itself, which others claim. ``None`` for a record of neither."""
    if patent.family:
        return f"family {patent.family}"
    claimed = [
        (priority.date or "9", numbers.application_keys(priority.number)[0]) for priority in patent.priorities if priority.number
    ]
    if claimed:
        return f"filing {min(claimed)[1]}"
    own = patent.application.number if patent.application else None
    return f"filing {numbers.application_keys(own)[0]}" if own else None


def units(patent: Patent) -> dict[Unit, int]:
    """The integer of each unit, besides the publication itself, that the record is of."""
    groups = _groups(patent)
    return {unit: groups[column] for unit, column in UNITS.items()}


def _groups(patent: Patent) -> dict[str, int]:
    itself = f"number {patent.number}"
    application = patent.application.number if patent.application else None
    return {
        GROUP: _group(family(patent) or itself),
        APPLICATION: _group(f"application {application}" if application else itself),
    }


def _group(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) >> 1


def _words(stream: str) -> list[str]:
    """The different tokens of a stream as keys, in NFC, without the last characters of Chinese runs, which are no words."""
    cut = unique((stream if stream.isascii() else unicodedata.normalize("NFC", stream)).split(" "))
    return [token for token in cut if token not in (GAP, FILLER) and (len(token) > 1 or not is_run(token))]


def _day(text: str) -> int:
    day = date.fromisoformat(text)
    return day.year * 10_000 + day.month * 100 + day.day


def _subclass(scheme: str, levels: Sequence[str]) -> str:
    """The level a facet counts: section, class, **subclass** of IPC and CPC, the last level of Locarno; the nearest above it
    where a symbol is that short."""
    return levels[-1] if scheme == "locarno" else levels[min(2, len(levels) - 1)]


_PROBE = Patent(
    number="CN110330865B",
    country="CN",
    doc_number="110330865",
    kind="B",
    stage="granted",
    type="invention",
    publication_date="2020-12-01",
    application=model.Reference(number="CN201910792871.4", date="2019-08-26"),
    priorities=(model.Reference(number="US15322651", date="2018-08-27"),),
    titles={"zh": "一種LED燈的控制方法", "en": "Wireless charging methods for pH7.4 batteries"},
    abstracts={"zh": "本发明公开了锂电池，Ｈ２Ｏ２的浓度为５％。", "en": "The batteries' charging — Größe, naïve."},
    claims=(model.Claim(number=1, text="一种方法，其特征在于，包括：" + "x" * 300, lang="zh"),),
    description={"zh": ("技术领域", "本发明涉及电池。"), "en": ("FIELD", "The invention relates to batteries.")},
    applicants=(model.Party(name="华为技术有限公司", names={"en": "Huawei Technologies Co., Ltd."}, region="广东省"),),
    ipc=(model.Symbol(symbol="H01M 10/0525"),),
    cpc=(model.Symbol(symbol="H01M 10/052"),),
    locarno=(model.Symbol(symbol="09-03"),),
    citations=(model.Citation(number="US7318131B2"),),
    legal=model.Legal(status="in_force", since="2020-12-01", next_change="2039-08-26", version=1),
)
