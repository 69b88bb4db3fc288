"""`patentry legal run`: statuses by the calendar and by all publications of an application; only what changes is rewritten."""

import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from search.cli.reckoning import BATCH, Reckoned, reckon
from search.engine.factory import open_index
from search.engine.settings import EngineSettings
from search.patent.model import Legal, LegalEvent, Patent, Reference, encode
from search.patent.standing import due
from search.query.tree import Value
from tests.builders import a_patent
from tests.command import patentry
from tests.flow.loading import Bench, bench, opened
from tests.machine import ROOT

__all__ = ["bench"]

NOW = date(2021, 1, 1)
APPLICATION = Reference(number="CN201910792871.4", date="2019-08-26")
PUBLISHED = a_patent("CN110330865A", stage="published", publication_date="2019-10-15", application=APPLICATION)
GRANTED = a_patent("CN110330865B", stage="granted", publication_date="2020-12-01", application=APPLICATION)
MODEL = a_patent(
    "CN205000001U",
    type="utility_model",
    publication_date="2016-12-01",
    application=Reference(number="CN201620400001.8", date="2016-05-05"),
)
LAPSED = a_patent(
    "US9785570B2",
    publication_date="2017-10-10",
    application=Reference(number="US14863335", date="2015-09-23"),
    legal=Legal(status="lapsed", log=(LegalEvent(date="2020-06-01", event="Lapsed due to non-payment of fee"),)),
)


def load(bench: Bench, name: str, patents: Iterable[Patent]) -> None:
    file = bench.folder / name
    file.write_bytes(b"".join(encode(patent) + b"\n" for patent in patents))
    bench.load([file])


def run(bench: Bench, today: date, *, every: bool = False) -> Reckoned:
    found = reckon(bench.index, today=today, every=every)
    bench.index.flush()
    return found


def statuses(bench: Bench) -> dict[str, str]:
    return {number: patent.legal.status for number, patent in bench.state().items() if patent.legal}


def ordinals(bench: Bench) -> dict[str, int]:
    return {found.patent.number: found.ordinal for found in bench.index.scan(Value("stage", "granted"))}


def test_every_application_is_reckoned_from_all_its_publications(bench: Bench) -> None:
    load(bench, "a.jsonl", [PUBLISHED, GRANTED, MODEL, LAPSED])
    assert run(bench, NOW) == Reckoned(looked_at=4, changed=4)
    alive = dict.fromkeys(("CN110330865A", "CN110330865B", "CN205000001U"), "in_force")
    assert statuses(bench) == alive | {"US9785570B2": "lapsed"}
    legal = bench.get("CN110330865A").legal
    assert legal is not None
    assert (legal.since, legal.next_change, legal.confidence) == ("2020-12-01", "2039-08-26", "medium")
    assert [event.event for event in legal.log] == ["申请", "公布", "授权", "有效", "预计期限届满"]
    assert bench.index.count(Value("legal", "in_force")) == 3


def test_a_second_run_writes_nothing(bench: Bench) -> None:
    load(bench, "a.jsonl", [PUBLISHED, GRANTED, MODEL, LAPSED])
    run(bench, NOW)
    before = bench.state()
    assert run(bench, NOW) == Reckoned()
    assert run(bench, NOW, every=True) == Reckoned(looked_at=4, unchanged=4)
    assert bench.state() == before


def test_the_calendar_rewrites_what_it_changes_and_nothing_else(bench: Bench) -> None:
    load(bench, "a.jsonl", [PUBLISHED, GRANTED, MODEL, LAPSED])
    run(bench, NOW)
    before = ordinals(bench)
    assert run(bench, date(2026, 5, 4)) == Reckoned()
    assert run(bench, date(2026, 5, 5)) == Reckoned(looked_at=1, changed=1)
    assert bench.get("CN205000001U").legal.status == "expired"  # type: ignore[union-attr]
    after = ordinals(bench)
    assert {number for number in after if after[number] != before[number]} == {"CN205000001U"}


def test_a_grant_that_is_loaded_later_changes_what_was_published_before(bench: Bench) -> None:
    load(bench, "a.jsonl", [PUBLISHED, MODEL])
    run(bench, NOW)
    assert statuses(bench)["CN110330865A"] == "pending"
    load(bench, "b.jsonl", [GRANTED])
    assert run(bench, NOW) == Reckoned(looked_at=2, changed=2)
    assert statuses(bench)["CN110330865A"] == "in_force"


def test_loading_the_same_again_keeps_the_status_and_what_changes_makes_it_due(bench: Bench) -> None:
    load(bench, "a.jsonl", [LAPSED, MODEL])
    run(bench, NOW)
    before = bench.state()
    load(bench, "a-again.jsonl", [LAPSED, MODEL])
    assert {number: patent.legal for number, patent in bench.state().items()} == {n: p.legal for n, p in before.items()}
    moved = Reference(number="CN201620400001.8", date="2010-05-05")
    load(bench, "b.jsonl", [a_patent("CN205000001U", type="utility_model", publication_date="2016-12-01", application=moved)])
    changed = bench.get("CN205000001U")
    assert (changed.legal.status, due(changed)) == ("in_force", True)  # type: ignore[union-attr]
    assert run(bench, NOW) == Reckoned(looked_at=1, changed=1)
    assert statuses(bench)["CN205000001U"] == "expired"


def test_what_one_publications_source_says_holds_for_the_others_and_is_not_taken_for_their_own(bench: Bench) -> None:
    lapse = LegalEvent(date="2020-12-15", event="专利权终止")
    told = a_patent(
        "CN110330865B", publication_date="2020-12-01", application=APPLICATION, legal=Legal(status="lapsed", log=(lapse,))
    )
    load(bench, "a.jsonl", [PUBLISHED, told])
    run(bench, NOW)
    assert statuses(bench) == {"CN110330865A": "lapsed", "CN110330865B": "lapsed"}
    copied, own = (bench.get(number).legal for number in ("CN110330865A", "CN110330865B"))
    assert copied is not None
    assert own is not None
    assert lapse in own.log
    assert LegalEvent(date="2020-12-15", event="专利权终止", rule="来源数据，见 CN110330865B") in copied.log
    assert run(bench, NOW, every=True) == Reckoned(looked_at=2, unchanged=2)


def test_an_end_that_a_source_states_without_an_event_is_believed_less_surely(bench: Bench) -> None:
    load(
        bench,
        "a.jsonl",
        [
            a_patent(
                "US9785571B2",
                publication_date="2017-10-10",
                application=Reference(number="US14863336", date="2015-09-23"),
                legal=Legal(status="lapsed"),
            )
        ],
    )
    run(bench, NOW)
    legal = bench.get("US9785571B2").legal
    assert legal is not None
    assert (legal.status, legal.confidence, legal.given) == ("lapsed", "medium", "lapsed")
    assert run(bench, NOW, every=True).unchanged == 1


def many(count: int) -> list[Patent]:
    """Applications with a publication and a grant each."""
    found: list[Patent] = []
    for n in range(count):
        application = Reference(number=f"US14{100000 + n}", date=f"20{n % 10:02}-03-01")
        found.append(a_patent(f"US2015{1000000 + n}A1", stage="published", publication_date="2015-01-01", application=application))
        found.append(a_patent(f"US{8000000 + n}B2", publication_date="2016-01-01", application=application))
    return found


def test_a_run_that_is_killed_goes_on_and_comes_to_the_same(tmp_path: Path) -> None:
    stock = many(4 * BATCH)
    for name in ("killed", "whole"):
        held = open_index(EngineSettings(data=tmp_path / name))
        held.write(stock, merge=lambda _held, new: new)
        held.flush()
        held.close()
    words = [sys.executable, "-m", "tests.flow.legal_runner", str(tmp_path / "killed"), NOW.isoformat()]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(3)] == [f"{BATCH}\n"] * 3
        process.kill()
    killed, whole = opened(tmp_path / "killed"), opened(tmp_path / "whole")
    try:
        rest = run(killed, NOW)
        assert 0 < rest.looked_at < len(stock)
        assert run(whole, NOW) == Reckoned(looked_at=len(stock), changed=len(stock))
        assert killed.state() == whole.state()
        assert run(killed, NOW) == Reckoned()
    finally:
        for one in (killed, whole):
            one.index.close()
            one.database.close()


def test_the_command_ends_with_counts_that_sum_and_is_refused_while_another_writes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    held = opened(data)
    load(held, "a.jsonl", [PUBLISHED, GRANTED])
    refused = patentry("legal", "run", data=data)
    assert (refused.returncode, "pid" in refused.stderr) == (2, True)
    held.index.close()
    held.database.close()
    done = patentry("legal", "run", data=data)
    assert done.returncode == 0, done.stderr
    assert "reckoned 2 = changed 2 + unchanged 0 + refused 0" in done.stdout
    assert "reckoned 0 = changed 0" in patentry("legal", "run", data=data).stdout
    assert "reckoned 2 = changed 0 + unchanged 2" in patentry("legal", "run", "--all", data=data).stdout
