"""T49, T46: what hostile and broken records get is a refusal with its reason, never another error, never memory."""

import random
import tracemalloc
from contextlib import suppress
from types import ModuleType

import pytest

from indexer.model import ParseError, RawRecord
from indexer.parsers import cnipa_xml, gazette_csv, gazette_json, lens_json, patentry_json
from search.patent.model import Patent
from tests.unit.parsers import samples

RECORDS: list[tuple[ModuleType, bytes]] = [
    (cnipa_xml, samples.CNIPA),
    (cnipa_xml, samples.CNIPA_DESIGN),
    (gazette_json, samples.GAZETTE_JSON),
    (gazette_csv, samples.GAZETTE_ROW.encode("gb18030")),
    (lens_json, samples.LENS),
    (patentry_json, samples.PATENTRY),
]
FORMATS = [cnipa_xml, gazette_json, gazette_csv, lens_json, patentry_json]


def parse(parser: ModuleType, data: bytes) -> Patent:
    found = parser.parse(RawRecord(data, "file", 0))
    assert isinstance(found, Patent)
    return found


def xml_with(dtd: str, text: str) -> bytes:
    """The sample with this internal subset, and `text` as a paragraph of its abstract."""
    sample = samples.CNIPA.decode()
    return sample.replace("[]>", f"[{dtd}]>").replace("它包括机架。", text).encode()


BILLION = '<!ENTITY a "lol">' + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))


@pytest.mark.parametrize(
    ("dtd", "text"),
    [
        ('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;"),
        ('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">', "&x;"),
        ('<!ENTITY x PUBLIC "p" "file:///etc/hostname">', "&x;"),
        ('<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;', ""),
        ('<!ENTITY x "text">', "&x;"),
        ('<!ENTITY x "text">', ""),
        ('<!ENTITY times "text">', "&times;"),
        (BILLION, "&j;"),
        ("", "&nosuchname;"),
        ('<!ATTLIST business:Claim num CDATA "&x;"><!ENTITY x "9">', ""),
    ],
)
def test_t49_entities_are_never_resolved(dtd: str, text: str) -> None:
    with pytest.raises(ParseError) as refused:
        parse(cnipa_xml, xml_with(dtd, text))
    assert "entity" in refused.value.reason.lower() or "well-formed" in refused.value.reason


def test_t49_billion_laughs_cost_no_memory() -> None:
    hostile = xml_with(BILLION, "&j;")
    tracemalloc.start()
    with pytest.raises(ParseError):
        parse(cnipa_xml, hostile)
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()


def test_t49_an_include_is_text_and_stays_unread() -> None:
    include = '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    assert parse(cnipa_xml, xml_with("", f"前{include}后")).abstracts["zh"].endswith("前后")


@pytest.mark.parametrize("parser", FORMATS, ids=lambda parser: parser.FORMAT)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b" ",
        b"\xff\xfe<\x00",
        b"\x80\x81\xff",
        b"null",
        b"[]",
        b"{}",
        b"NaN",
        b'{"pub_no":NaN}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"pub_no":"CN110330865B","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"lens_id":"1","x":' + b"[" * 100_000,
        b"<a>" * 100_000,
        b"<a>" * 300 + b"</a>" * 300,
        b'"' * 99_999,
        b"," * 99_999,
        b"x" * 2_000_000,
        b'1,"a',
        b'{"number":"CN110330865B","country":"CN","doc_number":"110330865","kind":"B","titles":{"zh":"\\ud800"}}',
    ],
    ids=lambda data: repr(data[:30]),
)
def test_t49_no_record_at_all(parser: ModuleType, data: bytes) -> None:
    with pytest.raises(ParseError) as refused:
        parse(parser, data)
    assert 0 < len(refused.value.reason) < 500


@pytest.mark.parametrize(("parser", "sample"), RECORDS)
def test_t49_another_encoding_is_refused_or_read_right(parser: ModuleType, sample: bytes) -> None:
    own = "gb18030" if parser is gazette_csv else "utf-8"
    title = parse(parser, sample).titles
    for encoding in ("utf-8", "gb18030", "utf-16", "latin-1"):
        other = sample.decode(own).encode(encoding, "replace")
        try:
            found = parse(parser, other)
        except ParseError:
            continue
        assert found.titles == title or encoding == "latin-1" or parser is gazette_csv


@pytest.mark.parametrize(("parser", "sample"), RECORDS)
def test_t46_every_truncation_and_many_changes_are_read_or_refused(parser: ModuleType, sample: bytes) -> None:
    """No change of a good record makes a parser fail with anything but `ParseError`."""
    chance = random.Random(46)
    hostile = [sample[:cut] for cut in range(0, len(sample), max(1, len(sample) // 200))]
    for _ in range(400):
        changed = bytearray(sample)
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(changed))
            changed[start : start + chance.choice((0, 1, 1, 5, 40))] = chance.choice(
                (
                    b"",
                    b'"',
                    b"<",
                    b"&",
                    b"\xff",
                    b"0",
                    b"999999999999999999999",
                    b"null",
                    b"[]",
                    b"{}",
                    b"\x00",
                    b",",
                    b"\n",
                    b"</a>",
                )
            )
        hostile.append(bytes(changed))
    for data in hostile:
        with suppress(ParseError):
            parse(parser, data)
