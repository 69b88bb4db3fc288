"""Merging: whatever order files of different formats come in, and however often, the record is the same."""

import gzip
import itertools
import lzma
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import precedence, reading
from indexer.model import RawRecord
from indexer.parsers import PARSERS, gazette_csv, gazette_json
from search.patent import standing
from search.patent.model import Legal, LegalEvent, Party, Patent, Reference, Source, encode
from tests import machine

FORMATS = ["cnipa-xml", "gazette-json", "gazette-csv", "lens-json"]
words = st.sampled_from(["a", "b", "c"])
contents = st.fixed_dictionaries(
    {},
    optional={
        "titles": st.dictionaries(st.sampled_from(["zh", "en"]), words, min_size=1),
        "publication_date": words,
        "application": st.builds(Reference, number=st.none() | words, date=words),
        "applicants": st.lists(st.builds(Party, name=words), min_size=1, max_size=2).map(tuple),
        "family": words,
        "legal": st.builds(
            Legal,
            status=st.sampled_from(["in_force", "lapsed", "unknown"]),
            log=st.lists(st.builds(LegalEvent, date=st.just("2020-01-01"), event=words), max_size=1).map(tuple),
        ),
    },
)


def record(format_name: str, content: dict[str, object], *, file: str = "f", offset: int = 0) -> Patent:
    patent = Patent(number="CN1A", country="CN", doc_number="1", kind="A", **content)  # type: ignore[arg-type]
    return precedence.with_source(patent, Source(format=format_name, file=file, offset=offset, sha256=format_name))


def merged(records: list[Patent]) -> Patent:
    held = records[0]
    for new in records[1:]:
        held = precedence.merge(held, new)
    return held


@given(st.lists(contents, min_size=2, max_size=4))
def test_the_order_of_formats_does_not_matter(given_: list[dict[str, object]]) -> None:
    records = [record(name, content) for name, content in zip(FORMATS, given_, strict=False)]
    results = [msgspec.structs.replace(merged(list(order)), version=1) for order in itertools.permutations(records)]
    assert all(result == results[0] for result in results)


@given(st.lists(contents, min_size=1, max_size=4))
def test_merging_again_is_identity(given_: list[dict[str, object]]) -> None:
    records = [record(name, content) for name, content in zip(FORMATS, given_, strict=False)]
    held = merged(records)
    assert all(precedence.merge(held, again) is held for again in (*records, held))


@given(contents, contents)
def test_each_value_is_the_better_formats_where_it_has_one(one: dict[str, object], other: dict[str, object]) -> None:
    held = precedence.merge(record("lens-json", one), record("cnipa-xml", other))
    told = {"lens-json": precedence._flat(record("x", one)), "cnipa-xml": precedence._flat(record("x", other))}
    expected = {}
    for key in told["lens-json"].keys() | told["cnipa-xml"].keys():
        _, best = min((precedence.rank(key, name), name) for name in told if key in told[name])
        expected[key] = told[best][key]
    assert precedence._flat(held) == expected


@given(contents, contents)
def test_a_later_file_of_the_same_format_corrects(first: dict[str, object], second: dict[str, object]) -> None:
    held = merged([record("gazette-json", first, file="a"), record("gazette-json", second, file="b")])
    assert precedence._flat(record("x", first)) | precedence._flat(record("x", second)) == precedence._flat(held)


def test_keys_say_whose_each_value_is() -> None:
    held = merged([record("gazette-csv", {"titles": {"zh": "一"}}), record("lens-json", {"titles": {"zh": "二", "en": "two"}})])
    assert held.titles == {"zh": "一", "en": "two"}
    assert [(source.format, source.keys) for source in held.sources] == [
        ("gazette-csv", ("kind", "titles.zh")),
        ("lens-json", ("titles.en",)),
    ]
    assert held.version == 2


def test_a_file_read_again_after_a_correction_is_one_source() -> None:
    held = merged([record("gazette-json", {"family": word}, offset=place) for place, word in enumerate("abc")])
    assert [(source.file, source.offset) for source in held.sources] == [("f", 2)]
    assert (held.family, held.version) == ("c", 3)


REASON = LegalEvent(date="2018-01-01", event="申请", rule="据公布文献")
HEARD = LegalEvent(date="2020-01-01", event="Granted")
RECKONED = Legal(status="in_force", confidence="medium", given="in_force", version=1, log=(REASON, HEARD))
SAID = Legal(status="in_force", log=(HEARD,))


def reckoned(**fields: object) -> Patent:
    return msgspec.structs.replace(record("lens-json", {"legal": SAID, "titles": {"en": "a"}, **fields}), legal=RECKONED)


def test_the_same_source_again_leaves_a_reckoned_status_as_it_is() -> None:
    held = reckoned()
    assert precedence.merge(held, record("lens-json", {"legal": SAID, "titles": {"en": "a"}})) is held


def test_a_status_still_holds_where_nothing_changed_that_it_follows_from() -> None:
    held = precedence.merge(reckoned(), record("cnipa-xml", {"titles": {"zh": "一"}}))
    assert (held.version, held.legal) == (2, msgspec.structs.replace(RECKONED, version=2))


@pytest.mark.parametrize("content", [{"publication_date": "b"}, {"application": Reference(date="b")}])
def test_a_status_stands_and_is_due_where_something_changed_that_it_follows_from(content: dict[str, object]) -> None:
    held = precedence.merge(reckoned(), record("cnipa-xml", content))
    assert (held.version, held.legal) == (2, RECKONED)
    assert standing.due(held)


def test_a_source_that_says_something_else_does_not_wipe_a_reckoned_status_and_makes_it_due() -> None:
    lapsed = LegalEvent(date="2021-01-01", event="Lapsed")
    held = precedence.merge(reckoned(), record("lens-json", {"legal": Legal(status="lapsed", log=(lapsed,))}, file="g"))
    assert held.legal == Legal(status="in_force", confidence="medium", given="lapsed", version=1, log=(REASON, lapsed))
    assert standing.due(held)
    assert standing.events(held.legal) == (lapsed,)


def test_a_status_that_was_reckoned_elsewhere_is_due_here() -> None:
    held = precedence.merge(record("cnipa-xml", {"titles": {"zh": "一"}}), reckoned())
    assert (held.legal is not None, standing.due(held)) == (True, True)


def test_every_format_has_its_place() -> None:
    refused_only = {"uspto-older"}
    formats = {parser.FORMAT for parser in PARSERS} - refused_only
    ranks = {name: precedence.rank("titles.zh", name) for name in formats}
    assert len(set(ranks.values())) == len(formats)
    assert precedence.rank("titles.zh", "unheard-of") > max(ranks.values())


@pytest.mark.data
def test_the_gazette_in_both_forms_gives_one_record_in_either_order(real_data: Path) -> None:
    """JSON lines then CSV, CSV then JSON lines, and either again: every ninth publication, all of them in a soak."""
    lines = {}
    with gzip.open(real_data / "cnipa/gazette/gazette_2019-07-09.jsonl.gz") as stream:
        for raw in gazette_json.records(stream, "gazette.jsonl"):  # type: ignore[arg-type]
            assert isinstance(raw, RawRecord)
            found = reading.patent(raw, gazette_json)
            lines[found.number] = found
    both = set()
    step = 1 if machine.soaking() else 9
    for path in sorted((real_data / "cnipa/gazette-raw").iterdir()):
        with lzma.open(path) as stream:
            for raw in gazette_csv.records(stream, path.name):  # type: ignore[arg-type]
                assert isinstance(raw, RawRecord)
                row = reading.patent(raw, gazette_csv)
                line = lines.get(row.number)
                if line is None or row.number in both:
                    continue
                both.add(row.number)
                if len(both) % step:
                    continue
                one, other = precedence.merge(line, row), precedence.merge(row, line)
                assert encode(one) == encode(other)
                assert precedence.merge(one, row) is one
                assert precedence.merge(one, line) is one
    assert len(both) == len(lines) == 36_725
