"""USPTO XML 4.x: each part of the record from a hand-written grant, and refusals."""

import pytest

from indexer.model import NotAPatent, ParseError, RawRecord
from indexer.parsers import uspto_xml
from search.patent.model import Citation, Claim, Drawing, Party, Patent, Pct, Reference, Symbol
from tests.unit.indexer.uspto_sample import BIBLIOGRAPHY, DESCRIPTION, HEAD, grant


def parse(data: bytes) -> Patent:
    return uspto_xml.parse(RawRecord(data, "file", 0))


def test_identity_and_dates() -> None:
    found = parse(grant())
    assert (found.number, found.country, found.doc_number, found.kind) == ("US7654321B2", "US", "7654321", "B2")
    assert (found.stage, found.type, found.publication_date) == ("granted", "invention", "2010-02-02")
    assert found.application == Reference(number="US11123456", date="2005-05-06")
    assert found.pct == Pct(application="PCT/NO2003/000161", publication="WO2003098038")


def test_priorities_are_foreign_then_domestic_without_the_child() -> None:
    assert [priority.date for priority in parse(grant()).priorities] == ["2004-05-07", "2004-05-12", "2004-12-01"]
    assert [priority.number for priority in parse(grant()).priorities][1:] == ["US60570000", "US10999999"]


def test_classes() -> None:
    found = parse(grant())
    assert found.ipc == (
        Symbol(symbol="A01B 33/00", first=True, inventive=True),
        Symbol(symbol="A01B 33/08", inventive=False),
    )
    assert [symbol.symbol for symbol in found.cpc] == ["A01B 33/024", "Y10S 37/904"]
    assert [symbol.symbol for symbol in found.national] == ["172/42", "280/728.3", "12/142E"]


def test_people() -> None:
    found = parse(grant())
    assert found.inventors == (Party(name="John Charles Croy", country="US", city="Middletown", address="Middletown, RI"),)
    assert found.applicants == (Party(name="Tillers Inc.", country="US", city="Boston", address="Boston, MA"),)
    assert [agent.name for agent in found.agents] == ["Joseph H. Born"]
    assert [firm.name for firm in found.agent_firms] == ["Foley & Hoag LLP"]
    assert [examiner.name for examiner in found.examiners] == ["Anthony Knight"]


def test_without_assignees_the_inventors_are_the_applicants() -> None:
    start, end = BIBLIOGRAPHY.index("<assignees>"), BIBLIOGRAPHY.index("</assignees>") + len("</assignees>")
    found = parse(grant(bibliography=BIBLIOGRAPHY[:start] + BIBLIOGRAPHY[end:]))
    assert found.applicants == found.inventors != ()


def test_citations_say_who_cited() -> None:
    found = parse(grant())
    assert found.citations[0] == Citation(number="US5793966A", phase="examiner")
    assert (found.citations[1].phase, found.citations[1].date) == ("other", "1998-07-07")
    assert found.npl == ("Smith, Soil, 1999.",)


def test_texts_as_a_reader_would_want_them() -> None:
    found = parse(grant())
    assert found.titles == {"en": "Rotary tiller for H2O-logged soil"}
    assert found.abstracts == {"en": "A tiller (1) turns Ca2+ soil."}
    assert found.description["en"] == (
        "BACKGROUND",
        "About 10^6 cells, m2, 5th & AT&T “rich”.",
        "FIG. 1 shows\none\ntwo",
        "Table:\na\tb\nc",
        "With\n(a + b)/2\nit ends.",
    )
    assert found.drawings == (Drawing(name="US07654321-D00000.TIF"),)


def test_claims_lose_their_own_number_and_know_what_they_depend_on() -> None:
    assert parse(grant()).claims == (
        Claim(number=1, text="A tiller, comprising:\na frame; and\na shaft.", lang="en"),
        Claim(number=2, text="The tiller of claim 1, 3 shafts.", depends_on=(1,), lang="en"),
    )


def test_a_claim_of_nothing_is_no_claim_and_takes_no_others_text() -> None:
    claims = '<claims><claim id="CLM-1" num="1"/><claim id="CLM-2" num="2"><claim-text>2. A pump.</claim-text></claim></claims>'
    patent = parse(grant(claims=claims))
    assert [(claim.number, claim.text) for claim in patent.claims] == [(2, "A pump.")]


@pytest.mark.parametrize(
    ("columns", "symbol"),
    [("A45F  504", "A45F 5/04"), ("A43B 1314", "A43B 13/14"), ("F01L  134", "F01L 1/34"), ("G06F015/00", "G06F 15/00")],
)
def test_ipc_in_fixed_columns(columns: str, symbol: str) -> None:
    start, end = BIBLIOGRAPHY.index("<classifications-ipcr>"), BIBLIOGRAPHY.index("</classifications-ipcr>")
    old = f"<classification-ipc><edition>7</edition><main-classification>{columns}</main-classification></classification-ipc>"
    found = parse(grant(bibliography=BIBLIOGRAPHY[:start] + old + BIBLIOGRAPHY[end + len("</classifications-ipcr>") :]))
    assert found.ipc == (Symbol(symbol=symbol, first=True),)


@pytest.mark.parametrize(
    ("number", "kind", "canonical", "type_"),
    [
        ("D0656335", "S1", "USD656335S1", "design"),
        ("PP017123", "P2", "USPP17123P2", "plant"),
        ("RE045317", "E1", "USRE45317E1", "reissue"),
        ("20060085881", "A1", "US2006085881A1", "invention"),
    ],
)
def test_other_publications_of_the_office(number: str, kind: str, canonical: str, type_: str) -> None:
    found = parse(grant(bibliography=BIBLIOGRAPHY.replace("07654321", number).replace("<kind>B2<", f"<kind>{kind}<", 1)))
    assert (found.number, found.type) == (canonical, type_)


def test_a_design_without_abstract_and_ipc() -> None:
    start, end = BIBLIOGRAPHY.index("<classifications-ipcr>"), BIBLIOGRAPHY.index("</classifications-ipcr>")
    locarno = "<classification-locarno><edition>9</edition><main-classification>0101</main-classification></classification-locarno>"
    found = parse(
        grant(bibliography=BIBLIOGRAPHY[:start] + locarno + BIBLIOGRAPHY[end + len("</classifications-ipcr>") :], abstract="")
    )
    assert found.locarno == (Symbol(symbol="01-01", first=True),)
    assert (found.ipc, found.abstracts) == ((), {})


@pytest.mark.parametrize(
    "description",
    [
        DESCRIPTION.replace("shows", "<!-- <p>no</p> -->shows"),
        DESCRIPTION.replace("BACKGROUND", "<![CDATA[BACKGROUND]]>"),
        DESCRIPTION.replace('id="F"', 'id="F" alt="a>b"'),
        DESCRIPTION.replace("BACKGROUND", "BACK&#71;ROUND"),
        DESCRIPTION.replace("&amp;", "&#38;"),
        DESCRIPTION.replace("“", "&ldquo;").replace("&#x201c;", "&ldquo;"),
    ],
)
def test_unusual_markup_reads_the_same(description: str) -> None:
    assert parse(grant(description=description)) == parse(grant())


def test_another_encoding_reads_the_same() -> None:
    text = grant(head=HEAD.replace("UTF-8", "ISO-8859-1")).decode().replace("tiller", "tillér")
    assert parse(text.encode("iso-8859-1")).titles == {"en": "Rotary tillér for H2O-logged soil"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (grant()[:-40], "well-formed"),
        (grant(description=DESCRIPTION.replace("</ul>", "")), "well-formed"),
        (grant(bibliography=""), "us-bibliographic-data"),
        (grant(bibliography="<us-bibliographic-data-grant> </us-bibliographic-data-grant>"), "publication-reference"),
        (grant(bibliography=BIBLIOGRAPHY.replace("07654321", "none")), "publication number"),
        (grant().replace("“".encode(), b"\x93").replace(b"soil", b"s\xf6il"), "well-formed"),
        (b"<?xml version='1.0'?><other/>", "neither"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        parse(data)


def test_a_sequence_listing_is_no_patent() -> None:
    with pytest.raises(NotAPatent):
        parse(b'<?xml version="1.0"?>\n<sequence-cwu id="S"><publication-reference/></sequence-cwu>')


@pytest.mark.parametrize(
    "subset",
    [
        '[<!ENTITY x SYSTEM "file:///etc/hostname">]',
        '[<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;&b;&b;&b;&b;">]',
        '[<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]',
    ],
)
def test_t49_entities_are_never_resolved(subset: str) -> None:
    with pytest.raises(ParseError):
        parse(grant(head=HEAD.replace("[ ]", subset), description=DESCRIPTION.replace("BACKGROUND", "&x;")))


def test_t49_a_megabyte_of_blanks_cells_or_lines_is_read_in_time_linear_in_it() -> None:
    """Quadratic work would take hours here."""
    for filler, text in ((" " * 2**21, "a b\nc"), ("<entry/>" * 2**18, "a\tb\nc"), ("<br/>" * 2**18, "a\nb\nc")):
        description = f'<description id="d"><p>a{filler}b<br/>c</p></description>'
        assert parse(grant(description=description)).description == {"en": (text,)}
