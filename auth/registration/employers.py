"""What is known of a registered person's enterprise."""

from datetime import datetime

from auth.clock import day
from auth.database import Connection
from auth.organisations import codes, divisions
from auth.organisations import service as organisations
from auth.organisations import store as organisation_store
from auth.organisations.model import Mark
from auth.registration.eligibility import Employer
from auth.registration.model import Registration


def employer_of(connection: Connection, held: Registration, *, now: datetime) -> Employer | None:
    """The person's enterprise as it is known now."""
    enterprise = organisation_store.get(connection, held.enterprise) if held.enterprise else None
    if enterprise is None:
        return None
    marks = organisations.marks_on(connection, enterprise.id, day(now), agency=held.attribution.agency)
    code = enterprise.credit_code
    division = codes.parse(code).division if code else None
    return Employer(
        enterprise.id,
        enterprise.name,
        size=marks.get(Mark.SIZE_CLASS),
        region=enterprise.region,
        code_region=division if division and divisions.known(division) else None,
        address_region=divisions.of_address(enterprise.address) if enterprise.address else None,
    )
