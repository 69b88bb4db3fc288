"""Lens JSON lines: every key of the record out of one line, broken lines, the real files."""

from pathlib import Path

import pytest

from indexer.model import ParseError, RawRecord
from indexer.parsers import lens_json
from search.patent.model import Citation, Claim, Legal, LegalEvent, Party, Patent, Reference, Symbol
from tests.unit.parsers import samples


def parse(line: bytes) -> Patent:
    return lens_json.parse(RawRecord(line, "file", 0))


def test_a_line() -> None:
    assert parse(samples.LENS) == Patent(
        number="US2016266975A1",
        country="US",
        doc_number="2016266975",
        kind="A1",
        stage="published",
        type="invention",
        publication_date="2016-09-15",
        application=Reference(number="US14863446", date="2015-09-23"),
        priorities=(
            Reference(number="US62130600", date="2015-03-09"),
            Reference(number="PCT/KR2014/012345", date="2014-12-01"),
        ),
        titles={"en": "Memory devices and modules", "zh": "存储设备"},
        abstracts={"en": "An embodiment includes a system."},
        claims=(
            Claim(number=1, text="A driver module, comprising:\nan interface.", lang="en"),
            Claim(
                number=2,
                text="The driver module according to claim 1 , further comprising a table.",
                depends_on=(1,),
                lang="en",
            ),
        ),
        description={"en": ("BACKGROUND", "This disclosure relates to memory.")},
        applicants=(Party(name="SAMSUNG ELECTRONICS CO LTD", country="KR"),),
        inventors=(Party(name="HU CHAOHONG", country="US"),),
        agents=(Party(name="FINNEGAN, Daniel", country="US", address="211 Church Street"),),
        examiners=(Party(name="Fritz Alphonse"),),
        ipc=(Symbol(symbol="G06F 11/10"),),
        cpc=(Symbol(symbol="G06F 2212/7201"),),
        citations=(
            Citation(number="US4570217A", phase="search", date="1986-02-11"),
            Citation(number="US62511292", phase="applicant"),
        ),
        npl=("RHEE S ET AL",),
        family="US2016266975A1",
        legal=Legal(
            status="in_force",
            since="2017-10-10",
            next_change="2035-11-26",
            log=(LegalEvent(date="2015-09-23", event="Application Filing Date"),),
        ),
    )


def test_the_other_member_of_a_family_names_it_alike() -> None:
    other = samples.LENS.replace(b'"20160266975","kind":"A1","date_published":"2016-09-15"', b'"9785570","kind":"B2"', 1)
    assert (parse(other).number, parse(other).family) == ("US9785570B2", "US2016266975A1")


def test_a_status_that_is_not_active_has_no_day_of_change() -> None:
    legal = parse(samples.LENS.replace(b'"ACTIVE"', b'"EXPIRED"')).legal
    assert legal is not None
    assert (legal.status, legal.since, legal.next_change) == ("expired", None, None)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"lens_id":"038-066-141-127-891",', "", "lens_id"),
        ('"jurisdiction":"US","doc_number":"20160266975",', "", "jurisdiction"),
        ('"doc_number":"20160266975",', '"doc_number":20160266975,', "doc_number"),
        ('"doc_number":"20160266975",', '"doc_number":"A/B",', "publication number"),
        ('"patcit":{"document_id":', '"patcit":{"document":', r"citations\[0\].patcit"),
        ('"lang":"zh"},', '"lang":"zh"},7,', r"invention_title\[2\]"),
        ("{", '{["', "not JSON"),
    ],
)
def test_a_line_that_is_not_whole_says_what_is_wrong(old: str, new: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        parse(samples.LENS.decode().replace(old, new, 1).encode())


def test_the_least_of_a_line() -> None:
    line = b'{"lens_id":"1","jurisdiction":"CN","doc_number":"102206141","biblio":{}}'
    assert parse(line) == Patent(number="CN102206141", country="CN", doc_number="102206141", type="invention")


def test_it_is_known_by_its_first_key_though_the_line_is_broken() -> None:
    assert lens_json.recognise(samples.LENS, "")
    assert lens_json.recognise(b'\xef\xbb\xbf{ "lens_id": 1', "")
    assert lens_json.recognise(b'{["lens_id":"175', "")
    assert not lens_json.recognise(samples.PATENTRY, "lens.jsonl")


BROKEN = {
    "biopoly_broken1.jsonl": (9, {132_481: "not JSON"}),
    "biopoly_broken2.jsonl": (9, {10_117: "lens_id"}),
    "biopoly_broken3.jsonl": (9, {0: "document_id"}),
    "biopoly_min.jsonl": (1, {}),
}
"""Lines that load, and where and why one doesn't; each file has ten lines but the last."""


@pytest.mark.data
@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_real_files(real_data: Path, name: str) -> None:
    path = real_data / "lens" / name
    refused: dict[int, str] = {}
    loaded = []
    with path.open("rb") as file:
        assert lens_json.recognise(file.read(4096), name)
        file.seek(0)
        for record in lens_json.records(file, name):
            assert isinstance(record, RawRecord)
            try:
                loaded.append(lens_json.parse(record))
            except ParseError as error:
                refused[record.offset] = error.reason
    count, reasons = BROKEN[name]
    assert len(loaded) == count
    assert len(loaded) + len(refused) == len(path.read_bytes().splitlines())
    assert refused.keys() == reasons.keys()
    assert all(reasons[offset] in reason for offset, reason in refused.items())
    assert len({patent.number for patent in loaded}) == count
