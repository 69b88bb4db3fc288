"""The 35 fields of technology, against the published concordance."""

import csv
import re

import pytest

from search.patent.technology import FIELDS, field
from tests.machine import real_documents


def test_a_symbol_is_of_the_field_of_its_group_or_of_its_subclass() -> None:
    assert [field(key) for key in ("H01M10/0525", "A61K8/00", "A61K31/00", "G01N33/48", "G01N21/00", "H04N21/2", "H10B")] == [
        *("1", "14", "16", "11", "10", "4", "8")
    ]
    assert field("Y02E60/10") is None


def test_no_class_is_of_two_fields() -> None:
    classes = [each for one in FIELDS for each in one.classes]
    assert len(classes) == len(set(classes))


@pytest.mark.data
def test_every_class_of_the_published_table_is_of_its_field() -> None:
    data = real_documents()
    assert data is not None
    with (data / "classification/wipo35/ipc_technology.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert len(rows) > 700
    for row in rows:
        found = re.fullmatch(r"(\w{4})\s*(\d*/?)%", row["IPC_code"])
        assert found is not None
        group = f"{found[2]}00" if found[2] else ""
        assert field(f"{found[1]}{group}") == row["Field_number"], row["IPC_code"]
        assert FIELDS[int(row["Field_number"]) - 1].en == row["Field_en"]
