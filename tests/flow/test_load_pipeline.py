"""Loading into the real embedded engine: sums, repeats, marks, refusals, replays."""

import gzip
import json
from contextlib import suppress
from pathlib import Path

import pytest

from indexer.pipeline import KEPT, Loader
from indexer.replay import replay
from indexer.sources.walk import origins
from search.loads import runs
from search.loads.model import Counts
from search.patent.model import Patent, encode
from search.query.tree import Word
from tests.builders import a_patent
from tests.flow.loading import Bench, bench
from tests.unit.indexer import hostile
from tests.unit.indexer.uspto_sample import grant

__all__ = ["bench"]


def lines(path: Path, *patents: Patent) -> Path:
    path.write_bytes(b"".join(encode(patent) + b"\n" for patent in patents))
    return path


def gazette(path: Path, *records: dict[str, object]) -> Path:
    defaults = {"kind": "U", "pub_date": "2019-07-09", "app_no": None, "applicants": ["甲公司"], "ipc": ["A01B 1/02"]}
    path.write_text("".join(json.dumps({"pub_no": "CN209000001U"} | defaults | one, ensure_ascii=False) + "\n" for one in records))
    return path


def test_loading_twice_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", a_patent(), a_patent("CN110330866B"))
    assert bench.load([file]).counts == Counts(read=2, written=2)
    before = bench.state()
    assert bench.load([file]).counts == Counts(read=2, unchanged=2)
    assert bench.state() == before


def test_what_was_written_is_found_on_return(bench: Bench, tmp_path: Path) -> None:
    bench.load([lines(tmp_path / "a.jsonl", a_patent(titles={"zh": "旋耕机"}))])
    assert bench.index.count(Word("旋耕机", "title")) == 1


def test_a_record_knows_its_source(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "weekly"
    folder.mkdir()
    (folder / "a.zip").write_bytes(hostile.zipped({"x/b.XML": b"\n\n" + grant()}))
    bench.load([folder])
    (source,) = bench.get("US7654321B2").sources
    assert (source.format, source.file, source.offset) == ("uspto-xml", "weekly/a.zip!x/b.XML", 2)
    assert source.sha256 is not None
    assert "titles.en" in source.keys


def test_two_formats_of_one_publication_make_one_record(bench: Bench, tmp_path: Path) -> None:
    first = gazette(tmp_path / "a.jsonl", {"title": "旋耕机"})
    second = lines(tmp_path / "b.jsonl", a_patent("CN209000001U", titles={"en": "Tiller"}, claims=()))
    assert bench.load([first, second]).counts == Counts(read=2, written=1, merged=1)
    held = bench.get("CN209000001U")
    assert held.titles == {"zh": "旋耕机", "en": "Tiller"}
    assert [source.format for source in held.sources] == ["patentry-json", "gazette-json"]
    assert held.version == 2


def test_in_one_file_the_first_of_two_equal_numbers_wins(bench: Bench, tmp_path: Path) -> None:
    file = gazette(tmp_path / "a.jsonl", {"title": "一"}, {"title": "二"}, {"title": "一"})
    assert bench.load([file]).counts == Counts(read=3, written=1, unchanged=1, refused=1)
    assert bench.get("CN209000001U").titles == {"zh": "一"}
    (refusal,) = bench.loads.refusals()
    assert "CN209000001U stands at offset 0 already" in refusal.reason
    assert bench.load([file]).counts == Counts(read=3, unchanged=2, refused=1)


def test_the_first_wins_across_batches_too(bench: Bench, tmp_path: Path) -> None:
    others = [{"pub_no": f"CN{209100000 + place}U", "title": "三"} for place in range(2100)]
    file = gazette(tmp_path / "a.jsonl", {"title": "一"}, *others, {"title": "二"})
    assert bench.load([file]).counts == Counts(read=2102, written=2101, refused=1)
    assert bench.get("CN209000001U").titles == {"zh": "一"}


def test_a_corrected_file_replaces_what_it_said(bench: Bench, tmp_path: Path) -> None:
    bench.load([gazette(tmp_path / "a.jsonl", {"pub_no": "CN209000002U", "title": "三"}, {"title": "一"})])
    file = gazette(tmp_path / "a.jsonl", {"title": "二"}, {"pub_no": "CN209000002U", "title": "三"})
    assert bench.load([file]).counts == Counts(read=2, merged=1, unchanged=1)
    assert bench.get("CN209000001U").titles == {"zh": "二"}


@pytest.mark.parametrize("held", [["CN110330865B"], ["CN110330865A", "CN110330865B"], []])
def test_a_record_without_a_kind_joins_the_one_held_publication(bench: Bench, tmp_path: Path, held: list[str]) -> None:
    before = [a_patent(number) for number in held]
    bare = a_patent("CN110330865", kind=None, doc_number="110330865", titles={"de": "Fräse"})
    counts = bench.load([lines(tmp_path / "a.jsonl", *before), lines(tmp_path / "b.jsonl", bare)]).counts
    joined = len(held) == 1
    assert (counts.merged, counts.written) == (joined, len(held) + (not joined))
    assert ("de" in bench.get(held[0] if joined else "CN110330865").titles) is True


class Interrupted(Exception):
    """As when the process is told to stop: the run does not end as finished."""


def stopped_after(bench: Bench, file: Path, count: int) -> None:
    """A load of `file` that is asked to stop before its record number `count`, from 0."""
    asked = iter([False] * count + [True])
    with suppress(Interrupted), runs.run(bench.loads, "load") as run:
        loader = Loader(index=bench.index, loads=bench.loads, kept=bench.kept, run=run, stop=lambda: next(asked))
        assert loader.load(origins([file])).stopped
        raise Interrupted


def test_a_stopped_load_goes_on_at_its_mark(bench: Bench, tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", *(a_patent(f"CN{110000000 + place}B") for place in range(50)))
    stopped_after(bench, file, 20)
    assert len(bench.state()) == 20
    summary = bench.load([file])
    assert (summary.before, summary.counts) == (20, Counts(read=30, written=30))
    assert bench.load([file]).counts == Counts(read=50, unchanged=50)  # nothing was interrupted: it is read anew


def test_a_file_that_changed_after_an_interruption_is_read_anew(bench: Bench, tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", *(a_patent(f"CN{110000000 + place}B") for place in range(50)))
    stopped_after(bench, file, 20)
    lines(file, *(a_patent(f"CN{110000001 + place}B") for place in range(50)))
    file.write_bytes(file.read_bytes() + b"\n")
    assert bench.load([file]).counts == Counts(read=50, written=31, unchanged=19)


def test_refused_records_are_kept_and_replayed_when_mended(bench: Bench, tmp_path: Path) -> None:
    good, bad = encode(a_patent()), encode(a_patent("CN110330866B")).replace(b'"country"', b'"contry"')
    file = tmp_path / "a.jsonl"
    file.write_bytes(good + b"\n" + bad + b"\n")
    bench.load([file])
    (refusal,) = bench.loads.refusals()
    assert (refusal.offset, bench.kept.get(refusal.key, refusal.offset)) == (len(good) + 1, bad)
    assert retried(bench) == Counts(read=1, refused=1)

    copy = bench.kept.path(refusal.key, refusal.offset)
    copy.write_bytes(bad.replace(b'"contry"', b'"country"'))
    assert retried(bench) == Counts(read=1, written=1)
    assert bench.loads.refusals() == []
    assert not copy.exists()
    assert bench.get("CN110330866B").number == "CN110330866B"


def test_of_a_file_of_nothing_but_refusals_a_thousand_are_kept(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"number": broken\n' * (KEPT + 50))
    assert bench.load([file]).counts == Counts(read=KEPT + 50, refused=KEPT + 50)
    assert sum(1 for path in bench.folder.rglob("*.record") if path.is_file()) == KEPT
    assert sum(refusal.kept > 0 for refusal in bench.loads.refusals()) == KEPT


def test_a_file_mended_in_place_is_read_again(bench: Bench, tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(encode(a_patent(f"CN{110000000 + place}B")) + b"\n" for place in range(500)), mtime=0)
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(whole[:-3000])
    counts = bench.load([file]).counts
    assert counts.written > 0
    assert counts.refused == 1
    file.write_bytes(whole)
    assert retried(bench).read == 500
    assert bench.loads.refusals() == []
    assert not list(bench.folder.rglob("*.record"))
    assert len(bench.state()) == 500


def test_a_repeat_stays_refused_however_often_it_is_tried(bench: Bench, tmp_path: Path) -> None:
    bench.load([gazette(tmp_path / "a.jsonl", {"title": "一"}, {"title": "二"})])
    assert retried(bench) == Counts(read=1, refused=1)
    assert bench.get("CN209000001U").titles == {"zh": "一"}


def retried(bench: Bench) -> Counts:
    with runs.run(bench.loads, "rejects --replay") as run:
        return replay(
            bench.loads,
            bench.index,
            bench.kept,
            lambda: Loader(index=bench.index, loads=bench.loads, kept=bench.kept, run=run),
        )
