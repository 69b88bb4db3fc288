"""Means counted together: never cut within a word, never under a noun that says nothing, as many as there must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.effects.heads import alone, heads


@pytest.mark.parametrize(
    ("means", "text", "expected"),
    [
        ("可充电锂离子电池", "一种锂离子电池，所述电池包括隔膜。", ["锂离子电池", "电池"]),
        ("太阳能电池", "太阳能电池的背板", []),
        ("电池隔膜", "所述隔膜为电池隔膜。", ["隔膜"]),
        ("清洗机器人", "一种清洗机器人，该机器人行走。", ["机器人"]),
        ("无人机云台", "所述无人机云台包括电机。", []),
        ("加热装置", "所述装置包括机架。", []),
        ("余热回收利用系统", "余热回收及利用系统", []),
        ("余热回收利用系统", "一种余热回收系统，利用系统产生的热能；采用系统供热。", []),
        ("余热回收利用系统", "该利用系统包括换热器，利用系统产生的热能。", ["利用系统"]),
        ("hydraulic lifting device", "the lifting device; the device", ["lifting device"]),
        ("lithium ion battery", "the battery of an electric car", ["battery"]),
    ],
)
def test_a_noun_stands_alone_in_its_document(means: str, text: str, expected: list[str]) -> None:
    assert list(alone(means, text)) == expected


def test_means_are_counted_under_the_longest_noun_that_enough_documents_have() -> None:
    documents = {"可充电锂离子电池": {"1"}, "锂离子电池": {"2", "3"}, "钠离子电池": {"4"}, "刀轴": {"5"}}
    found = heads(documents, {"锂离子电池", "电池"}, read=40)
    assert found == {"可充电锂离子电池": "锂离子电池", "锂离子电池": "锂离子电池", "钠离子电池": "电池", "刀轴": "刀轴"}
    assert set(heads(documents, {"锂离子电池", "电池"}, read=400).values()) == {"电池", "刀轴"}


words = st.text(alphabet="甲乙丙电池机轴", min_size=1, max_size=6)


@given(st.dictionaries(words, st.sets(st.integers(1, 9).map(str), min_size=1)), st.sets(words), st.integers(1, 1_000))
def test_a_head_is_the_end_of_its_means_and_a_noun_that_is_known(
    documents: dict[str, set[str]], nouns: set[str], read: int
) -> None:
    found = heads(documents, nouns, read=read)
    assert found.keys() == documents.keys()
    for means, head in found.items():
        assert means.endswith(head)
        assert head == means or head in nouns
