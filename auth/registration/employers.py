"""What is known of a registered person's enterprise."""

from collections.abc import Sequence
from datetime import datetime

from auth.clock import day
from auth.database import Connection
from auth.organisations import codes, divisions
from auth.organisations import service as organisations
from auth.organisations import store as organisation_store
from auth.organisations.model import Mark, Organisation
from auth.registration.eligibility import Employer
from auth.registration.model import Registration


def employer_of(connection: Connection, held: Registration, *, now: datetime) -> Employer | None:
    """The person's enterprise as it is known now."""
    return employers_of(connection, [held], now=now).get(held.account)


def employers_of(connection: Connection, people: Sequence[Registration], *, now: datetime) -> dict[str, Employer]:
    """By account, of those whose enterprise is held."""
    wanted = {each.enterprise for each in people if each.enterprise}
    if not wanted:
        return {}
    enterprises = organisation_store.by_ids(connection, wanted)
    marks = organisation_store.marks_of_each(connection, enterprises)
    found = {}
    for each in people:
        if enterprise := enterprises.get(each.enterprise or ""):
            borne = organisations.borne(marks.get(enterprise.id, ()), day(now), agency=each.attribution.agency)
            found[each.account] = _employer(enterprise, size=borne.get(Mark.SIZE_CLASS))
    return found


def _employer(enterprise: Organisation, *, size: str | None) -> Employer:
    code = codes.parse(enterprise.credit_code) if enterprise.credit_code else None
    return Employer(
        enterprise.id,
        enterprise.name,
        size=size,
        region=enterprise.region,
        code_region=code.division if code and divisions.known(code.division) else None,
        address_region=divisions.of_address(enterprise.address) if enterprise.address else None,
        business=code.is_enterprise if code else None,
    )
