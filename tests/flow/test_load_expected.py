"""Every real file of the formats that are read, against figures counted another way (tests/expected.toml)."""

import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from indexer.sources.walk import Origin, origins
from tests.flow.loading import Bench, bench

_EXPECTED = tomllib.loads(Path(__file__).parent.parent.joinpath("expected.toml").read_text("utf-8"))
_FOLDERS = ("uspto", "cnipa", "lens")

__all__ = ["bench"]

pytestmark = pytest.mark.data


def test_every_file_loads_what_was_counted(real_data: Path, bench: Bench) -> None:
    """read = written + merged + unchanged + refused for each, each refusal foreseen, and the sum of all is held."""
    told = set()
    for origin in _files(real_data):
        name = origin.name
        if name in _EXPECTED["files"]:
            _check_loaded(bench, origin, _EXPECTED["files"][name])
            told.add(name)
        else:
            _check_refused(bench, origin)
    assert told == set(_EXPECTED["files"])
    assert bench.index.health().documents == _EXPECTED["held"]


def _files(folder: Path) -> Iterator[Origin]:
    yield from origins([folder / name for name in _FOLDERS])


def _check_loaded(bench: Bench, origin: Origin, expected: dict[str, Any]) -> None:
    summary = bench.load([origin])
    counts = summary.counts
    refusals = [refusal for refusal in bench.loads.refusals() if refusal.key.partition("!")[0] == origin.key]
    assert counts.balanced
    assert counts.read == expected["records"], origin.name
    assert counts.refused == len(refusals)
    assert {refusal.format for refusal in refusals} <= {expected["format"]}
    sequences = [refusal.offset for refusal in refusals if "sequence listing" in refusal.reason]
    repeats = [refusal for refusal in refusals if "stands at offset" in refusal.reason]
    broken = [refusal for refusal in refusals if refusal.offset not in sequences and refusal not in repeats]
    assert sequences == expected.get("sequences", [])
    assert len(repeats) == expected.get("other", 0), origin.name
    assert [refusal.offset for refusal in broken] == [told["offset"] for told in _broken(expected)], origin.name
    assert all(told["reason"] in refusal.reason for told, refusal in zip(_broken(expected), broken, strict=True))
    held = bench.numbers_from(origin)
    assert len(held) == expected["publications"], origin.name


def _broken(expected: dict[str, Any]) -> list[dict[str, Any]]:
    return [expected["broken"]] if "broken" in expected else []


def _check_refused(bench: Bench, origin: Origin) -> None:
    reasons = [reason for pattern, reason in _EXPECTED["refused"].items() if fnmatch(origin.name, pattern)]
    summary = bench.load([origin])
    assert len(reasons) == 1 or not summary.counts.read, f"{origin.name} is not told of in expected.toml"
    assert summary.counts.read == summary.counts.refused, origin.name
    assert all(refusal.reason.startswith(reasons[0]) for refusal in summary.listed), (origin.name, summary.listed[0].reason)
