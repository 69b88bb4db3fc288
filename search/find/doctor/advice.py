"""What to do about a line, in a sentence."""

from collections.abc import Mapping
from typing import Any

_SENTENCES: dict[str, tuple[str, str]] = {
    "found": ("", ""),
    "blank": ("", ""),
    "not_held": (
        "号码书写正确，但尚未收录这件文献；可请管理员装入，或核对年份与国别。",
        "The number is well formed, but no document is held under it. Check year and country, or ask for it to be loaded.",
    ),
    "check_digit": (
        "校验位与前面的数字不符：有一位数字有误，或相邻两位颠倒。请与原件核对，可能为：",
        "The check digit does not fit: one digit is wrong, or two neighbours are exchanged. Compare with the numbers listed:",
    ),
    "corrected_not_held": (
        "校验位与前面的数字不符，且一位之差的号码均未收录；按所输入的数字，校验位应如下，请与原件核对：",
        "The check digit does not fit, and no number one slip away is held. For the digits typed it would be as follows; "
        "check the original:",
    ),
    "ambiguous": (
        "这个号码可指下列不同文献，请选择其一，或写明国别与文献种类：",
        "This may be any of the following; choose one, or write country and kind:",
    ),
    "figure": (
        "电子表格把号码变成了科学计数法，末尾数字已丢失。请把该列设为文本后重新导出；可能为：",
        "A spreadsheet has turned the number into a figure and its last digits are lost. Format the column as text and export "
        "it again. It may have been:",
    ),
    "not_number": (
        "不是专利号码。可写作 CN110330865B、201910792871.4 或 US2015322651A1。",
        "This is no patent number. One looks like CN110330865B, 201910792871.4 or US2015322651A1.",
    ),
}


def advised(found: Mapping[str, Any], lang: str) -> str:
    """The sentence for the fields of a verdict, in `lang` (zh or en); empty where there is nothing to do."""
    name = found["verdict"]
    candidates = found.get("candidates", ())
    if name == "check_digit" and not any(candidate.held for candidate in candidates):
        name = "corrected_not_held"
    if name == "ambiguous" and not any(candidate.held for candidate in candidates):
        name = "figure"
    return _SENTENCES[name][lang == "en"]
