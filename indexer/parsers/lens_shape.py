"""The shape of a line of Lens: what is read of it. Optional parts are simply absent; a part that stands must be whole."""

import msgspec


class Id(msgspec.Struct):
    """A publication or an application. `kind` W is an international application, P a provisional one."""

    jurisdiction: str
    doc_number: str
    kind: str | None = None
    date: str | None = None


class Text(msgspec.Struct):
    """A title or abstract."""

    text: str
    lang: str | None = None


class Name(msgspec.Struct):
    """A name as printed."""

    value: str


class Person(msgspec.Struct):
    """A person or body; the address and its country are known of agents and owners only."""

    extracted_name: Name | None = None
    residence: str | None = None
    extracted_address: str | None = None
    extracted_country: str | None = None


class Examiners(msgspec.Struct):
    """Those who examined a United States grant."""

    primary_examiner: Person | None = None
    assistant_examiner: Person | None = None


class Parties(msgspec.Struct):
    """The parties, each kind in order."""

    applicants: list[Person] = []
    inventors: list[Person] = []
    agents: list[Person] = []
    examiners: Examiners = msgspec.field(default_factory=Examiners)


class Class(msgspec.Struct):
    """A symbol, ``C10G1/00``."""

    symbol: str


class Classes(msgspec.Struct):
    """The symbols of one scheme."""

    classifications: list[Class] = []


class Priorities(msgspec.Struct):
    """The priority claims, the earliest of them not repeated here."""

    claims: list[Id] = []


class CitedPatent(msgspec.Struct):
    """A cited publication."""

    document_id: Id


class CitedLiterature(msgspec.Struct):
    """Other cited literature."""

    text: str | None = None


class Cited(msgspec.Struct):
    """One citation, of one of the two sorts; `cited_phase` is a code of DOCDB."""

    patcit: CitedPatent | None = None
    nplcit: CitedLiterature | None = None
    cited_phase: str | None = None


class References(msgspec.Struct):
    """The citations, in order."""

    citations: list[Cited] = []


class Biblio(msgspec.Struct):
    """The bibliography."""

    application_reference: Id | None = None
    priority_claims: Priorities = msgspec.field(default_factory=Priorities)
    invention_title: list[Text] = []
    parties: Parties = msgspec.field(default_factory=Parties)
    classifications_ipcr: Classes = msgspec.field(default_factory=Classes)
    classifications_cpc: Classes = msgspec.field(default_factory=Classes)
    references_cited: References = msgspec.field(default_factory=References)


class Claim(msgspec.Struct):
    """One claim in its parts."""

    claim_text: list[str] = []


class Claims(msgspec.Struct):
    """The claims in one language."""

    claims: list[Claim] = []
    lang: str | None = None


class Member(msgspec.Struct):
    """A publication of the family."""

    document_id: Id


class Family(msgspec.Struct):
    """A family; its members include the publication itself."""

    members: list[Member] = []


class Families(msgspec.Struct):
    """The simple family: the publications with the very same priorities."""

    simple_family: Family = msgspec.field(default_factory=Family)


class LegalStatus(msgspec.Struct):
    """What Lens reckons; lines of `calculation_log` are ``what: date`` or a remark."""

    patent_status: str | None = None
    grant_date: str | None = None
    anticipated_term_date: str | None = None
    calculation_log: list[str] = []


class Line(msgspec.Struct):
    """One publication."""

    lens_id: str
    jurisdiction: str
    doc_number: str
    biblio: Biblio
    kind: str | None = None
    date_published: str | None = None
    lang: str | None = None
    abstract: list[Text] = []
    claims: list[Claims] = []
    description: Text | None = None
    families: Families = msgspec.field(default_factory=Families)
    legal_status: LegalStatus | None = None
