"""`Patent`: one publication as one frozen value, from the parser to the answer, and its JSON line.

Absent is absent: an unknown date is ``None``, an unknown text is a missing key, never an empty string; `encode` leaves
both out.  Dates are ISO ``YYYY-MM-DD`` text, languages BCP 47 primary tags, numbers canonical as `search.patent.numbers`
says.  msgspec decodes and checks a line in one pass (docs/decisions/0002-msgspec-record.md).
"""

from typing import Literal

import msgspec

Type = Literal["invention", "utility_model", "design", "plant", "reissue", "other"]
Confidence = Literal["high", "medium", "low"]
Stage = Literal["published", "granted", "corrected", "partly_invalidated", "pre_grant", "application"]


class Value(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Base of every part of the record: frozen, default fields left out of the JSON, unknown keys refused.

    A record is a tree of values, so none needs the collector of cycles (`gc`), which would walk each of them.
    """


class Reference(Value, frozen=True):
    """An application or priority: its canonical number and its day of filing."""

    number: str | None = None
    date: str | None = None


class Pct(Value, frozen=True):
    """The international application (``PCT/US1999/009417``) and publication (``WO1999013800``) behind a national one."""

    application: str | None = None
    publication: str | None = None


class Claim(Value, frozen=True):
    """One claim; `number` counts from 1, `depends_on` are the numbers of the claims it refers to."""

    number: int
    text: str
    depends_on: tuple[int, ...] = ()
    lang: str | None = None


class Party(Value, frozen=True):
    """A person or body. `name` is as printed, `names` by language, `country` ST.3, `region` a Chinese province name."""

    name: str
    names: dict[str, str] = {}
    country: str | None = None
    region: str | None = None
    city: str | None = None
    address: str | None = None


class Symbol(Value, frozen=True):
    """A class symbol as printed (``A01B 1/02``); `first` marks the main one, `inventive` invention information."""

    symbol: str
    first: bool = False
    inventive: bool | None = None


class Drawing(Value, frozen=True):
    """A picture by name and hash; `figure` is its label (``1``, ``2A``)."""

    name: str
    sha256: str | None = None
    figure: str | None = None


class Document(Value, frozen=True):
    """A file that belongs to the publication (PDF, sequence listing) by name and hash."""

    name: str
    sha256: str | None = None
    media_type: str | None = None


class Citation(Value, frozen=True):
    """A cited publication; `category` is ST.14 (X, Y, A …), `phase` who cited it (examiner, applicant, search …)."""

    number: str
    category: str | None = None
    phase: str | None = None
    date: str | None = None


class LegalEvent(Value, frozen=True):
    """One dated step of the legal status and the rule that made it."""

    date: str
    event: str
    rule: str | None = None


class Legal(Value, frozen=True):
    """Legal status, since when, when it will change by the calendar, how sure it is, and the log it follows from. `log` holds what
    sources say (without a rule) and what was reckoned from it; the values of `status` are those of `search.patent.legal`.

    A status that was reckoned here has the `version` of the record that it was reckoned for, and as `given` the one that the
    record's source gave; of another version it is due to be reckoned again. One without `version` is the source's own."""

    status: str
    since: str | None = None
    next_change: str | None = None
    confidence: Confidence | None = None
    given: str | None = None
    version: int | None = None
    log: tuple[LegalEvent, ...] = ()


class Source(Value, frozen=True):
    """Where the record came from; `keys` are the top-level keys of the record that this source gave."""

    format: str
    file: str
    offset: int = 0
    sha256: str | None = None
    keys: tuple[str, ...] = ()


class Shown(Value, frozen=True):
    """What a page of hits shows of a record. These keys stand first in its JSON, so that a store can keep them apart."""

    number: str
    stage: Stage | None = None
    type: Type | None = None
    publication_date: str | None = None
    titles: dict[str, str] = {}
    abstracts: dict[str, str] = {}
    applicants: tuple[Party, ...] = ()
    ipc: tuple[Symbol, ...] = ()
    legal: Legal | None = None


class Patent(Shown, frozen=True, kw_only=True):
    """One publication. Identity is `number`; an application-only record carries its application number and stage
    ``application``. `version` grows by one with every change that is stored."""

    country: str
    doc_number: str
    kind: str | None = None
    application: Reference | None = None
    priorities: tuple[Reference, ...] = ()
    pct: Pct | None = None
    claims: tuple[Claim, ...] = ()
    description: dict[str, tuple[str, ...]] = {}
    inventors: tuple[Party, ...] = ()
    agents: tuple[Party, ...] = ()
    agent_firms: tuple[Party, ...] = ()
    examiners: tuple[Party, ...] = ()
    cpc: tuple[Symbol, ...] = ()
    locarno: tuple[Symbol, ...] = ()
    national: tuple[Symbol, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    documents: tuple[Document, ...] = ()
    citations: tuple[Citation, ...] = ()
    npl: tuple[str, ...] = ()
    family: str | None = None
    version: int = 1
    sources: tuple[Source, ...] = ()


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Patent)


class _Opening(Shown, frozen=True, forbid_unknown_fields=False):
    """`Shown` of a whole record's JSON."""


_openings = msgspec.json.Decoder(_Opening)


class Kin(msgspec.Struct, frozen=True):
    """What tells of which application and family a record is, without the texts."""

    number: str
    application: Reference | None = None
    priorities: tuple[Reference, ...] = ()
    family: str | None = None


_kin = msgspec.json.Decoder(Kin)


def encode(patent: Patent) -> bytes:
    """The record's JSON, UTF-8, without a line feed; the very bytes that are stored and answered."""
    return _encoder.encode(patent)


def decode(line: bytes | str) -> Patent:
    """Inverse of `encode`; raises `msgspec.ValidationError` (wrong shape) or `msgspec.DecodeError` (not JSON)."""
    return _decoder.decode(line)


def kin(line: bytes) -> Kin:
    """The `Kin` of a record, out of its JSON."""
    return _kin.decode(line)


def shown(line: bytes) -> bytes:
    """The JSON of a record's `Shown`."""
    return _encoder.encode(_openings.decode(line))


def opening(patent: Patent) -> int:
    """How many bytes of what `encode` writes hold just the keys of `Shown`: these and ``}`` are that object's JSON."""
    return len(_encoder.encode(Shown(**{name: getattr(patent, name) for name in Shown.__struct_fields__}))) - 1
