"""Values of keyword fields, as people type them."""

from importlib.resources import files
from typing import get_args

import pytest

from search.patent import model
from search.query import values


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("country", "cn", "CN"),
        ("country", "日本", "JP"),
        ("country", "United States", "US"),
        ("country", "zz", "ZZ"),
        ("kind", "ａ1", "A1"),
        ("type", "發明", "invention"),
        ("type", "Utility_Model", "utility_model"),
        ("type", "machine", None),
        ("stage", "公布", "published"),
        ("stage", "", None),
        ("region", "廣東", "广东省"),
        ("region", "HONG KONG", "香港特别行政区"),
        ("region", "加利福尼亚", "加利福尼亚"),
        ("family", "12345-a", "12345-a"),
    ],
)
def test_keyword(field: str, typed: str, value: str | None) -> None:
    assert values.keyword(field, typed) == value


@pytest.mark.parametrize("field", ["country", "type", "stage", "region"])
def test_no_name_means_two_values(field: str) -> None:
    table = {"country": values.COUNTRIES, "type": values.TYPES, "stage": values.STAGES, "region": values.REGIONS}[field]
    for value, names in table.items():
        for name in (value, *names):
            assert values.keyword(field, name) == value


def test_the_lists_are_those_of_the_record() -> None:
    assert set(values.TYPES) == set(get_args(model.Type))
    assert set(values.STAGES) == set(get_args(model.Stage))
    rows = (line.split("\t") for line in files("search.patent").joinpath("places.tsv").read_text("utf-8").splitlines())
    assert set(values.REGIONS) == {row[2] for row in rows if len(row) == 3 and row[2]}
