"""The real schemes: how many different classes of each depth a file has, and what of it can't be read."""

from collections import Counter
from pathlib import Path

import pytest

from search.find.classes.files import parts
from search.find.classes.model import Entry, Link, Refusal

pytestmark = pytest.mark.data

DEPTHS: dict[str, dict[int, int]] = {
    "ipc_en_all_ipc.csv": {0: 8, 1: 131, 2: 645, 3: 7483, 4: 67020},
    "china/ipc_2026.01_zh.jsonl.gz": {0: 8, 1: 131, 2: 643, 3: 7469, 4: 68986},
    "ipc_en_2022/data/ipc-sections/20220101/labels_group_id_4.tsv": {2: 647},
    "ipc_en_2022/data/ipc-sections/20220101/labels_group_id_6.tsv": {3: 7545},
    "wipo35/ipc_technology.csv": {0: 5, 1: 35},
    "china/gbt4754_2017_zh.jsonl": {0: 20, 1: 97, 2: 274, 3: 1380},
    "cpc-scheme/sample/cpc-scheme.xml": {0: 9},
    "cpc-scheme/sample/cpc-scheme-A.xml": {0: 1, 1: 16, 2: 86},
    "cpc-scheme/sample/cpc-scheme-A01B.xml": {2: 1, 3: 37, 4: 92, 5: 127, 6: 72, 7: 17, 8: 2},
    "cpc-scheme/sample/cpc-scheme-G06Q.xml": {2: 1, 3: 11, 4: 44, 5: 85, 6: 130, 7: 94, 8: 16},
}


def read(path: Path) -> list[Entry | Link | Refusal]:
    return [each for _, found in parts(path) for each in found]


@pytest.mark.parametrize("path", DEPTHS)
def test_each_file_has_as_many_classes_of_each_depth(real_data: Path, path: str) -> None:
    entries = {each.key: each for each in read(real_data / "classification" / path) if isinstance(each, Entry)}
    assert dict(sorted(Counter(entry.depth for entry in entries.values()).items())) == DEPTHS[path]


def test_rows_with_a_cut_symbol_are_named(real_data: Path) -> None:
    refused = [each for each in read(real_data / "classification/china/ipc_2026.01_zh.jsonl.gz") if isinstance(each, Refusal)]
    assert [each.line for each in refused] == [45417, 45418, 45419, 45420, 45421]
    assert "E01D101/0" in refused[0].en


def test_fields_hold_symbols_down_to_main_groups(real_data: Path) -> None:
    links = [each for each in read(real_data / "classification/wipo35/ipc_technology.csv") if isinstance(each, Link)]
    assert len(links) == 764
    assert {each.key for each in links if each.target == "A61K8"} == {"14"}
    assert max(Counter(each.key for each in links).values()) == 53


def test_titles_are_cleaned_of_what_printing_left(real_data: Path) -> None:
    entries = {
        each.key: each for each in read(real_data / "classification/china/ipc_2026.01_zh.jsonl.gz") if isinstance(each, Entry)
    }
    assert "（用于播种、种植或施厩肥的开挖沟穴" in (entries["A01B"].zh or "")
    english = {each.key: each for each in read(real_data / "classification/ipc_en_all_ipc.csv") if isinstance(each, Entry)}
    assert english["A01B1"].en == "Hand tools (edge trimmers for lawns A01G 3/06)"
    assert english["A01B3"].en == "Ploughs with fixed plough-shares"
