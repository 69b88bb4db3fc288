"""Places out of addresses."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from search.patent.parties import Place, place

ROWS = [line.split("\t") for line in files("search.patent").joinpath("places.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("518129 广东省深圳市龙岗区坂田", Place("CN", "广东省", "深圳市", "广东省深圳市龙岗区坂田")),
        ("100176北京市大兴区亦庄302", Place("CN", "北京市", "北京市", "北京市大兴区亦庄302")),
        ("广西壮族自治区贺州市平桂区", Place("CN", "广西壮族自治区", "贺州市", "广西壮族自治区贺州市平桂区")),
        ("广西贺州市平桂区", Place("CN", "广西壮族自治区", "贺州市", "广西贺州市平桂区")),
        ("云南省大理白族自治州大理市", Place("CN", "云南省", "大理白族自治州", "云南省大理白族自治州大理市")),
        ("内蒙古自治区锡林郭勒盟锡林浩特市", Place("CN", "内蒙古自治区", "锡林郭勒盟", "内蒙古自治区锡林郭勒盟锡林浩特市")),
        ("新疆维吾尔自治区阿克苏地区库车县", Place("CN", "新疆维吾尔自治区", "阿克苏地区", "新疆维吾尔自治区阿克苏地区库车县")),
        ("江苏省镇江市丹阳市", Place("CN", "江苏省", "镇江市", "江苏省镇江市丹阳市")),
        ("江西省景德镇市珠山区", Place("CN", "江西省", "景德镇市", "江西省景德镇市珠山区")),
        ("浙江省象山县石浦镇", Place("CN", "浙江省", None, "浙江省象山县石浦镇")),
        ("吉林市丰满区", Place("CN", "吉林省", "吉林市", "吉林市丰满区")),
        ("吉林省永吉县", Place("CN", "吉林省", None, "吉林省永吉县")),
        ("中国（上海）自由贸易试验区", Place("CN", "上海市", "上海市", "中国（上海）自由贸易试验区")),
        ("中国台湾新竹市", Place("TW", "台湾省", None, "中国台湾新竹市")),
        ("中国香港九龙", Place("HK", "香港特别行政区", None, "中国香港九龙")),
        ("日本国东京都", Place("JP", None, None, "日本国东京都")),
        ("德国642", Place("DE", None, None, "德国642")),
        ("印度尼西亚雅加达", Place("ID", None, None, "印度尼西亚雅加达")),
        ("印度，金奈", Place("IN", None, None, "印度，金奈")),
        ("英属开曼群岛大开曼岛", Place("KY", None, None, "英属开曼群岛大开曼岛")),
        ("深圳市南山区", Place(None, None, None, "深圳市南山区")),
        ("1234567号信箱", Place(None, None, None, "1234567号信箱")),
        ("", Place(None, None, None, "")),
    ],
)
def test_places(address: str, found: Place) -> None:
    assert place(address) == found


def test_the_table_has_every_province_by_its_full_name() -> None:
    provinces = {region for _, _, *rest in ROWS for region in rest}
    assert len(provinces) == 34
    assert provinces <= {name for name, *_ in ROWS}
    assert len({name for name, *_ in ROWS}) == len(ROWS)


@pytest.mark.data
def test_the_table_names_offices_of_st3_and_divisions_of_china(real_data: Path) -> None:
    st3 = (real_data / "classification/st3/documents/data_descriptions/WIPO_STANDARD_ST_3.csv").read_text("utf-8")
    codes = {cell.strip() for row in csv.reader(st3.splitlines()) for cell in row}
    assert {code for _, code, *_ in ROWS} <= codes
    with (real_data / "classification/china/cpca/adcodes.csv").open(encoding="utf-8") as file:
        divisions = {row["name"] for row in csv.DictReader(file)}
    assert {region for _, _, *rest in ROWS for region in rest} <= divisions
