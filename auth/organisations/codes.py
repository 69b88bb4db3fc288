"""统一社会信用代码, the code of 18 signs that every organisation in China has (GB 32100-2015): checked and read.

1 the department that registers · 2 the kind of body with it · 3-8 the division code of the registering office ·
9-17 the organisation's code (GB 11714, with a check digit of its own) · 18 the check digit, modulo 31.
"""

import unicodedata
from dataclasses import dataclass

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 signs in the order of their values: no I, O, S, V, Z."""

LENGTH = 18
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_DEPARTMENTS = {
    "1": "机构编制",
    "2": "外交",
    "3": "司法行政",
    "4": "文化",
    "5": "民政",
    "6": "旅游",
    "7": "宗教",
    "8": "工会",
    "9": "工商",
    "A": "中央军委改革和编制办公室",
    "N": "农业",
    "Y": "其他",
}
_BODIES = {
    "11": "机关",
    "12": "事业单位",
    "13": "编办直接管理机构编制的群众团体",
    "51": "社会团体",
    "52": "民办非企业单位",
    "53": "基金会",
    "91": "企业",
    "92": "个体工商户",
    "93": "农民专业合作社",
}


class CodeRefused(ValueError):
    """Why the text is no credit code: `reason` is length, sign, check_digit or department."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class CreditCode:
    """`department` and `body` in the standard's words (`body` 其他 where it names no other); `division` 6 digits;
    `organisation` the 9 signs of GB 11714."""

    code: str
    department: str
    body: str
    division: str
    organisation: str

    @property
    def is_enterprise(self) -> bool:
        """Whether the code is one of a business: an enterprise, a household's business or a farmers' cooperative."""
        return self.code[0] == "9"


def parse(text: str) -> CreditCode:
    """The code in any spelling (full-width, lower case, blanks, hyphens); `CodeRefused`."""
    code = unicodedata.normalize("NFKC", text).upper().replace(" ", "").replace("-", "")
    if len(code) != LENGTH:
        raise CodeRefused("length")
    if any(sign not in SIGNS for sign in code) or not code[2:8].isdecimal():
        raise CodeRefused("sign")
    if check_digit(code[:-1]) != code[-1]:
        raise CodeRefused("check_digit")
    department = _DEPARTMENTS.get(code[0])
    if department is None:
        raise CodeRefused("department")
    return CreditCode(code, department, _BODIES.get(code[:2], "其他"), code[2:8], code[8:17])


def check_digit(body: str) -> str:
    """The 18th sign to 17 (annex A of the standard): C18 = 31 - Σ Ci·Wi mod 31, Wi = 3^(i-1) mod 31."""
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return SIGNS[-total % 31]
