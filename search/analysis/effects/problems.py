"""What a correction may get instead."""

from auth.errors import Problem


class TooManyCorrections(Problem):
    """An account keeps only so many."""

    status = 409
    code = "too_many_corrections"
    zh = "您保存的功效更正过多，不能再增加。"
    en = "You keep too many corrections of effects to add another."
