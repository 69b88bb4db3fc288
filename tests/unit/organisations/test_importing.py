"""Tables of enterprises: what is read as a table and what is not."""

import pytest

from auth.organisations.importing import EXAMPLE, MAX_ROWS, table
from auth.organisations.problems import TableUnreadable

HEAD = "企业名称,统一社会信用代码"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_spreadsheets_encodings_are_read(encoding: str) -> None:
    assert list(table(EXAMPLE.encode(encoding))) == [
        (2, {"name": "贵州某某机械有限公司", "credit_code": "91520100MA0000000M", "address": "贵州省贵阳市云岩区"})
    ]


def test_columns_stand_in_any_order_and_others_are_passed_over() -> None:
    rows = table('序号,credit_code,备注, name \n1, X ,y,甲\n\n,,,\n2,Z,,"乙\n丙"\n'.encode())
    assert list(rows) == [(2, {"credit_code": "X", "name": "甲"}), (5, {"credit_code": "Z", "name": "乙\n丙"})]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "企业名称\n甲\n".encode(),
        f"{HEAD},单位名称\n甲,X,乙\n".encode(),
        f'{HEAD}\n"甲,X\n'.encode(),
        f"{HEAD}\n甲,\x00\n".encode(),
        b"\xff\xfe\x00\x01",
        f"{HEAD}\n".encode() + "甲,X\n".encode() * (MAX_ROWS + 1),
    ],
    ids=["empty", "no code", "a name twice", "open quote", "nul", "no text", "too long"],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(TableUnreadable):
        list(table(data))
