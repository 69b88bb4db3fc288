"""Division codes: the table is whole, places are read from the beginning of addresses."""

from collections import Counter

import pytest

from auth.organisations import divisions


def test_the_table_holds_every_province_and_prefecture_once() -> None:
    """34 provinces; 333 prefecture-level divisions: 293 cities, 7 prefectures, 30 autonomous prefectures, 3 leagues."""
    held = divisions.table().values()
    provinces = [one for one in held if one.code.endswith("0000")]
    below = [one for one in held if one not in provinces]
    assert len(provinces) == 34
    endings = Counter(next(end for end in ("自治州", "地区", "盟", "市") if one.zh.endswith(end)) for one in below)
    assert endings == {"市": 293, "地区": 7, "自治州": 30, "盟": 3}
    assert all(one.code[4:] == "00" and divisions.province(one.code) for one in below)
    assert len({one.zh for one in held}) == len({one.code for one in held}) == 34 + 333
    assert all(one.en.strip() == one.en and one.en for one in held)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("贵州省贵阳市云岩区中华北路", "520100"),
        ("贵州贵阳", "520100"),
        ("中国贵州省遵义市", "520300"),
        ("北京市海淀区", "110000"),
        ("内蒙古包头市昆都仑区", "150200"),
        ("江苏省苏州工业园区", "320500"),
        ("安徽省宿州市", "341300"),
        ("贵阳市观山湖区", "520100"),
        ("吉林市船营区", "220200"),
        ("海南藏族自治州共和县", "632500"),
        ("朝阳区建国路", None),
        ("幸福路 1 号", None),
        ("", None),
    ],
)
def test_an_address_tells_its_division(address: str, code: str | None) -> None:
    assert divisions.of_address(address) == code


@pytest.mark.parametrize(
    ("code", "known", "words"),
    [("520115", True, "贵州省贵阳市"), ("110108", True, "北京市"), ("990000", False, ""), ("52011", False, "贵州省贵阳市")],
)
def test_a_code_tells_its_place(code: str, known: bool, words: str) -> None:
    assert divisions.known(code) is known
    assert divisions.words(code) == words
