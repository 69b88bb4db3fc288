"""What a question of analysis may get instead of a table."""

from auth.errors import Problem


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


class DayAhead(Problem):
    """What is in force on a day to come, nobody knows."""

    status = 400
    code = "day_ahead"
    zh = "统计日（at）不能晚于今天。"
    en = "The day (`at`) can't be later than today."
