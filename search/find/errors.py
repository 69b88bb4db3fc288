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


class DialectUnknown(Problem):
    """A dialect that this version does not read."""

    status = 400
    code = "dialect_not_supported"

    def __init__(self, dialect: str) -> None:
        super().__init__(
            zh=f"尚不支持检索式方言“{dialect}”，请改用 native（见检索语言说明）。",
            en=f"The dialect {dialect} is not supported. Write the query in native (see the description of the query language).",
            extra={"supported": ["auto", "native"]},
        )


class NotHeld(Problem):
    """No document under this number; `near` are the nearest numbers that are held."""

    status = 404
    code = "not_held"

    def __init__(self, near: Sequence[str]) -> None:
        super().__init__(
            zh="没有该号码的文献。" + (f"相近的号码：{'、'.join(near)}。" if near else "请核对号码后重试。"),
            en="No document is held under this number. "
            + (f"The nearest numbers held: {', '.join(near)}." if near else "Check the number and try again."),
            extra={"near": list(near)},
        )
