"""What is told about merges that are not made."""

from auth.errors import Problem
from search.applicants.model import MOST


class EvidenceNeeded(Problem):
    """The documents held don't say that the names are one applicant's, and nobody wrote why they are."""

    status = 409
    code = "evidence_needed"
    zh = "已收录的文献没有说明这两个名称属于同一申请人（仅公司形式不同不算），请写明依据。"
    en = (
        "The documents held don't say that these names are one applicant's (a difference in legal form alone is no ground)."
        " Write what says so."
    )


class SameAlready(Problem):
    """They are one applicant's already, or one name."""

    status = 409
    code = "same_applicant"
    zh = "这两个名称已属于同一申请人。"
    en = "These names are one applicant's already."


class TooManyNames(Problem):
    """An applicant of so many names can't be asked for in one query."""

    status = 409
    code = "too_many_names"
    zh = f"一个申请人最多 {MOST} 个名称。"
    en = f"An applicant has at most {MOST} names."
