"""What a search or a look-up may answer instead."""

from collections.abc import Sequence

from auth.errors import Problem
from search.find.question import DEEPEST


class PageTooDeep(Problem):
    """Beyond the pages that can be asked by number."""

    status = 400
    code = "page_too_deep"
    zh = f"按页码最多看到第 {DEEPEST} 条；更多结果请用游标（cursor）：先传空的 cursor，再用回答中的 cursor 继续。"
    en = f"Pages end at document {DEEPEST:,}. To go on use a cursor: send an empty cursor, then the one of each answer."


class FamiliesByPage(Problem):
    """Families and applications that hits are not collapsed by are counted page by page."""

    status = 400
    code = "families_by_page"
    zh = (
        "用游标（cursor）时只统计合并所用的同族数或申请数（collapse）；"
        f"另行统计 families、applications 请用页码（page，到第 {DEEPEST} 件为止）。"
    )
    en = (
        "With a cursor only what hits are collapsed by is counted: leave out families and applications, or collapse by one of them,"
        f" or ask by page, up to {DEEPEST:,}."
    )


class NotHeld(Problem):
    """No document under this number; `near` are the nearest numbers that are held."""

    status = 404
    code = "not_held"
    zh = "没有该号码的文献，请核对号码，或从已收录的相近号码中选择。"
    en = "No document is held under this number. Check it, or choose one of the nearest numbers that are held."

    def __init__(self, near: Sequence[str]) -> None:
        super().__init__(extra={"near": list(near)})
