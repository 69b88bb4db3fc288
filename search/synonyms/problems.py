"""What is told about a list of synonyms that is not taken."""

from auth.errors import Problem
from search.synonyms.model import LONGEST, TERMS


class BadLine(Problem):
    """A line of it is no group; `line` counts from 1."""

    status = 422
    code = "synonyms_line"

    def __init__(self, line: int) -> None:
        super().__init__(
            zh=f"第 {line} 行不是一组同义词：每行 2 至 {TERMS} 个词，用逗号分开，每个不超过 {LONGEST} 个字符，不含 * 和 ?。",
            en=f"Line {line} is no group: 2 to {TERMS} words with commas between, each of at most {LONGEST} characters, without"
            " * and ?.",
            extra={"line": line},
        )


class TooManyGroups(Problem):
    """The list has more groups than may be kept."""

    status = 422
    code = "synonyms_too_many"

    def __init__(self, most: int) -> None:
        super().__init__(
            zh=f"同义词最多 {most} 组，请删减。", en=f"At most {most:,} groups are kept. Leave some out.", extra={"most": most}
        )


class ListChanged(Problem):
    """Somebody changed it since it was read."""

    status = 409
    code = "synonyms_changed"
    zh = "同义词表已被修改，请重新打开后再改。"
    en = "The list was changed meanwhile. Open it again and then change it."
