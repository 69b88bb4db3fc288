"""The column store: what is written is read, what was not committed is not there, what was lost is noticed."""

import os
from pathlib import Path

import numpy as np
import pytest

from search.engine import layout
from search.engine.columns import files
from search.engine.columns.files import ColumnsWriter
from search.engine.columns.holdings import Holdings
from search.engine.errors import IndexDamaged
from tests.builders import a_patent
from tests.contract.library import parties


@pytest.fixture
def index(tmp_path: Path) -> Path:
    files.create(tmp_path)
    return tmp_path


def write(index: Path, **applicants: tuple[str, ...]) -> ColumnsWriter:
    """Records by their ordinals ``o1``, ``o2`` …, without a commit."""
    writer = ColumnsWriter(index)
    for name, names in applicants.items():
        writer.add(layout.entry(a_patent(applicants=parties(*names)), int(name[1:])), int(name[1:]))
    return writer


def held(index: Path, *ordinals: int) -> list[list[str]]:
    store = Holdings(index)
    sizes, numbers = store.keys("applicant_k", np.array(ordinals, dtype=np.int64))
    texts = iter(store.texts("applicant_k", numbers))
    return [[next(texts) for _ in range(size)] for size in sizes.tolist()]


def test_what_is_committed_is_read_by_ordinal_in_any_order(index: Path) -> None:
    write(index, o3=("甲", "乙"), o1=("乙",), o7=()).commit()
    write(index, o5=("丙", "甲")).commit()
    assert held(index, 5, 1, 7, 3, 5) == [["丙", "甲"], ["乙"], [], ["甲", "乙"], ["丙", "甲"]]
    assert held(index) == []


def test_a_key_has_one_number_whoever_wrote_it(index: Path) -> None:
    for ordinal in (1, 2, 3):
        write(index, **{f"o{ordinal}": ("甲", f"{ordinal}")}).commit()
    store = Holdings(index)
    assert store.count("applicant_k") == 4
    assert [store.number("applicant_k", key) for key in ("甲", "1", "2", "3", "丁", "甲\n")] == [0, 1, 2, 3, None, None]


def test_what_was_not_committed_is_cut_off(index: Path) -> None:
    write(index, o1=("甲",)).commit()
    lost = write(index, o2=("乙",) * 2)
    lost._write()
    write(index, o2=("丙",)).commit()
    assert held(index, 1, 2) == [["甲"], ["丙"]]
    assert Holdings(index).number("applicant_k", "乙") is None


@pytest.mark.parametrize("name", ["keys", "values", "rows", "lengths"])
def test_a_lost_end_is_noticed(index: Path, name: str) -> None:
    write(index, o1=("甲",)).commit()
    file = files.folder(index) / name
    os.truncate(file, file.stat().st_size - 1)
    with pytest.raises(IndexDamaged):
        files.lengths(index)


def test_an_empty_store_counts_nothing(index: Path) -> None:
    assert Holdings(index).count("applicant_k") == 0
    assert held(index) == []
