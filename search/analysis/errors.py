"""What a question of analysis may get instead of a table."""

from auth.errors import Problem
from search.query.errors import QueryError


class DimensionsAsked(Problem):
    """Too few, too many, or one twice."""

    status = 400
    code = "dimensions"

    def __init__(self, least: int, most: int) -> None:
        number = f"{least}" if least == most else f"{least}–{most}"
        super().__init__(
            zh=f"请用 by 给出 {number} 个互不相同的统计维度。",
            en=f"Give {number} different dimensions in `by`.",
            extra={"most": most},
        )


class BranchesAsked(Problem):
    """Branches of a population that is not that of one collection."""

    status = 400
    code = "branches_asked"
    zh = '按技术分支分析需要以一个专题库为统计范围：检索式写 collection:"编号"，可以再用 AND 加条件。'
    en = 'Branches are those of one collection: the query is its reference, collection:"id", with further conditions by AND.'


class NoBranches(Problem):
    """The collection is not divided."""

    status = 400
    code = "no_branches"

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(
            zh=f"该专题库还没有技术分支：请先在 /collections/{id}/branches 添加分支或导入技术分解表。",
            en=f"The collection has no branches. Add some, or bring a table of them, at /collections/{id}/branches.",
        )


class ApplicantsAsked(Problem):
    """A table of applicants that names too few or too many."""

    status = 400
    code = "applicants_asked"

    def __init__(self, least: int, most: int) -> None:
        super().__init__(
            zh=f"请用 applicants 给出 {least} 到 {most} 个申请人的全称。",
            en=f"Give the whole names of {least} to {most} applicants in `applicants`.",
            extra={"least": least, "most": most},
        )


class NoList(Problem):
    """A list of applicants that the account has not, or has no more."""

    status = 400
    code = "no_list"

    def __init__(self, number: int) -> None:
        super().__init__(
            zh=f"检索历史中没有编号 #{number} 的申请人名单，请重新粘贴或上传名单。",
            en=f"Your history has no list of applicants #{number}. Paste or upload the list again.",
        )


class StrategicUnreadable(Problem):
    """A query for strategic emerging industries that can't be read."""

    status = 400
    code = "strategic_unreadable"

    def __init__(self, why: QueryError) -> None:
        super().__init__(
            zh=f"界定战略性新兴产业的检索式有误：{why.zh}",
            en=f"The query that delimits strategic emerging industries can't be used. {why.en}",
        )


class PeopleUnreadable(Problem):
    """A line of a table of people that is no place with a number, or one of a place told before."""

    status = 422
    code = "people_unreadable"

    def __init__(self, line: int, text: str) -> None:
        super().__init__(
            zh=f"人口表第 {line} 行“{text[:40]}”无法读取：请每行写一个省份或城市和人数，每个地区只写一次，如“贵州省 3865万”。",
            en=f"Line {line} of the people, “{text[:40]}”, can't be read. Write a place once and a number, as 贵州省 38650000.",
            extra={"line": line},
        )


class DayAhead(Problem):
    """What is in force on a day to come, nobody knows."""

    status = 400
    code = "day_ahead"
    zh = "统计日（at）不能晚于今天。"
    en = "The day (`at`) can't be later than today."
