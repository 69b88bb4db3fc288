"""What an account may be. A stranger has no account, hence no role."""

from enum import StrEnum


class Role(StrEnum):
    """One role an account; rights follow from it and from the organisation the account belongs to."""

    RESEARCHER = "researcher"
    AGENCY = "agency"
    ENTERPRISE = "enterprise"
    BUREAU = "bureau"
    EVALUATOR = "evaluator"
    ADMINISTRATOR = "administrator"


WATCHED = frozenset({Role.BUREAU, Role.ADMINISTRATOR})
"""Roles whose account and session are read from the database at every request, never from a process's memory."""
