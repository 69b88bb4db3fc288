"""What an office or a database says has happened to an application, told from its words."""

import re
from typing import Literal

Happening = Literal["filed", "granted", "term", "lapsed", "expired", "withdrawn", "refused", "abandoned", "invalid", "restored"]
"""`term`: the day the source says the term ends on; `lapsed`: fees not paid; `abandoned`: given up."""

_WORDS: tuple[tuple[Happening, str], ...] = (
    ("restored", r"恢复|restor|reinstat"),
    ("invalid", r"(?<!部分)无效宣告.*全部|全部无效|宣告无效|撤销专利权|revoked|invalidated in whole|cancel+ed"),
    ("expired", r"有效期届满|期限届满|expired due to term|expir(y|ation) of (the )?term|^patent expired$"),
    ("lapsed", r"未缴.*年费|费用终止|专利权的?终止|lapse|non-?payment|ceased|failure to pay|(annual|maintenance) fee"),
    ("abandoned", r"放弃|abandon|surrender|renounce"),
    ("withdrawn", r"撤回|withdrawn|withdrawal|discontinued"),
    ("refused", r"驳回|refus|reject"),
    ("term", r"anticipated termination|anticipated expir|预计到期|adjusted expiration"),
    ("granted", r"授权(?!费)|granted|grant of patent"),
    ("filed", r"application filing|filing date|^申请日"),
)
_TABLE = tuple((happening, re.compile(words, re.IGNORECASE)) for happening, words in _WORDS)


def told(event: str) -> Happening | None:
    """What the words of an event say; ``None`` where they change nothing (a transfer, a request for examination, a partial
    invalidation)."""
    return next((happening for happening, words in _TABLE if words.search(event)), None)
