"""The gazette in its two forms: one entry, the cutting of the tables, and the real files."""

import csv
import gzip
import io
import json
import lzma
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import ParseError, RawRecord, Rejected
from indexer.parsers import gazette_csv, gazette_json, text
from search.patent.model import Party, Patent, Reference, Symbol, encode
from tests.unit.parsers import samples

ENTRY = Patent(
    number="CN209074415U",
    country="CN",
    doc_number="209074415",
    kind="U",
    stage="granted",
    type="utility_model",
    publication_date="2019-07-09",
    application=Reference(date="2016-11-21"),
    titles={"zh": "马桶座 升降装置"},
    applicants=(
        Party(name="禾丰有限公司", country="CN", region="浙江省", city="宁波市", address="浙江省宁波市江东区江东北路375号"),
        Party(name="王晓明"),
    ),
    inventors=(Party(name="王晓明"),),
    ipc=(Symbol(symbol="A47K 13/00", first=True, inventive=True), Symbol(symbol="A47K 17/02", inventive=False)),
)


def from_json(line: bytes) -> Patent:
    return gazette_json.parse(RawRecord(line, "file", 0))


def from_row(row: str) -> Patent:
    return gazette_csv.parse(RawRecord(row.encode("gb18030"), "file", 0))


def test_both_forms_of_one_entry_are_one_patent() -> None:
    """Its application number has a check digit that its digits don't give, so there is none."""
    assert from_json(samples.GAZETTE_JSON) == ENTRY
    assert from_row(samples.GAZETTE_ROW) == ENTRY


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("2.02E+12", None),
        ("2.01831E+12", None),
        ("", None),
        ("201830264854X", "CN201830264854.X"),
        ("2018302648540", None),
        ("201830264854", "CN201830264854.X"),
    ],
)
def test_a_mangled_application_number_is_absent(printed: str, number: str | None) -> None:
    application = from_row(samples.GAZETTE_ROW.replace("201621234567X", printed)).application
    assert application == Reference(number=number, date="2016-11-21")


@pytest.mark.parametrize("separator", [";??", ";\u2002", ";", "; ", ";?? \u2002"])
def test_lists_whatever_a_conversion_left_of_the_blank(separator: str) -> None:
    row = samples.GAZETTE_ROW.replace(";??", separator)
    assert from_row(row) == ENTRY


def test_a_question_mark_of_a_name_stays() -> None:
    assert from_row(samples.GAZETTE_ROW.replace("马桶座  升降装置", "何谓马桶座??")).titles == {"zh": "何谓马桶座??"}


def test_a_design_has_locarno_classes() -> None:
    row = samples.GAZETTE_ROW.replace("CN209074415U", "CN305246987S")
    row = row.replace("A47K13/00(2006.01)I;??A47K17/02(2006.01)N", "01-01 (12);??02-04 (12)  ")
    patent = from_row(row)
    assert patent.locarno == (Symbol(symbol="01-01", first=True), Symbol(symbol="02-04"))
    assert (patent.ipc, patent.type, patent.stage) == ((), "design", "granted")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (samples.GAZETTE_ROW.replace("CN209074415U", "2.09E+08"), "publication number"),
        (samples.GAZETTE_ROW.replace("CN209074415U", ""), "publication number"),
        (samples.GAZETTE_ROW + ",x", "11 columns"),
        ("1,2", "2 columns"),
        ("", "0 columns"),
        ('3,"a" b,c', "not CSV"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(row: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        from_row(row)


def test_a_row_of_another_encoding_is_refused() -> None:
    with pytest.raises(ParseError, match="GB18030"):
        gazette_csv.parse(RawRecord("项,\uff34".encode("utf-16") + b"\xff", "file", 0))


def cut(file: bytes) -> Iterator[RawRecord | Rejected]:
    return gazette_csv.records(io.BytesIO(file), "file")


values = st.text(st.sampled_from('甲乙"\n\r,;?a\u2002𠮷'), max_size=12)


@given(st.lists(st.lists(values, min_size=9, max_size=9), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_every_row_is_cut_where_the_csv_module_cuts_it(rows: list[list[str]], end: str) -> None:
    """Quoted values with line ends and quotes in them, at the very offsets of the bytes."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=end, quoting=csv.QUOTE_NONNUMERIC).writerows([1, *row] for row in rows)
    file = samples.GAZETTE_HEADER.encode() + written.getvalue().encode("gb18030")
    found = [record for record in cut(file) if isinstance(record, RawRecord)]
    cut_rows = [next(csv.reader(io.StringIO(record.data.decode("gb18030"), newline=""))) for record in found]
    assert [list(map(text.line, row)) for row in cut_rows] == [["1", *map(text.line, row)] for row in rows]
    assert all(file.startswith(b"1,", record.offset) for record in found)


def test_a_quote_that_nothing_closes_costs_its_line_alone() -> None:
    row = samples.GAZETTE_ROW
    broken = row.replace("马桶座", '"马桶座')
    lines = [row, broken, *[row.replace("74415U", f"{serial:05d}U") for serial in range(2000)]]
    found = list(cut((samples.GAZETTE_HEADER + "\n".join(lines) + "\n").encode("gb18030")))
    refused = [record for record in found if isinstance(record, Rejected)]
    assert [record.reason for record in refused] == ["a quote is not closed"]
    assert refused[0].data == broken.encode("gb18030")
    assert len(found) == len(lines)


def test_a_line_without_an_end_is_refused_in_bounded_memory() -> None:
    file = samples.GAZETTE_HEADER.encode() + b"x" * 10_000_000 + b"\n" + samples.GAZETTE_ROW.encode("gb18030")
    refused, row = cut(file)
    assert isinstance(refused, Rejected)
    assert len(refused.data) < 2**17
    assert isinstance(row, RawRecord)
    assert gazette_csv.parse(row).number == ENTRY.number


def test_each_form_is_known_by_its_first_bytes() -> None:
    assert gazette_json.recognise(samples.GAZETTE_JSON, "a")
    assert gazette_json.recognise(b"\xef\xbb\xbf" + samples.GAZETTE_JSON, "a")
    assert gazette_csv.recognise(samples.GAZETTE_HEADER.encode(), "a")
    assert not gazette_csv.recognise(b"item,name\n", "a.csv")
    assert not gazette_json.recognise(samples.LENS, "gazette.jsonl")


@pytest.mark.data
def test_the_real_files_hold_one_gazette(real_data: Path) -> None:
    """Each row of the four tables is read; the first of a number is equal to the JSON line's, 10 stand in a table alone."""
    with gzip.open(real_data / "cnipa/gazette/gazette_2019-07-09.jsonl.gz") as file:
        data = file.read()
    lines = gazette_json.records(io.BytesIO(data), "gazette")
    clean = {patent.number: encode(patent) for patent in map(gazette_json.parse, lines)}
    assert list(clean) == [json.loads(line)["pub_no"] for line in data.splitlines()]
    assert len(clean) == 36_725
    first: dict[str, bytes] = {}
    for path in sorted((real_data / "cnipa/gazette-raw").glob("*.csv.xz")):
        table = lzma.decompress(path.read_bytes())
        records = list(gazette_csv.records(io.BytesIO(table), path.name))
        assert len(records) == sum(1 for _ in csv.reader(io.StringIO(table.decode("gb18030"), newline=""))) - 1
        for patent in map(gazette_csv.parse, records):
            first.setdefault(patent.number, encode(patent))
    assert first.keys() >= clean.keys()
    assert all(first[number] == line for number, line in clean.items())
    alone = first.keys() - clean.keys()
    assert [number[-1] for number in alone] == ["U"] * 10
