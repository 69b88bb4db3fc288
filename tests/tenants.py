"""Two tenants beside each other: in each a province's bureau with a city's under it, an agency there, an enterprise it serves."""

from collections.abc import Iterator
from datetime import UTC, datetime

from auth.access.model import Identity
from auth.database import Connection
from auth.organisations import store
from auth.organisations.codes import check_digit
from auth.organisations.model import Kind, Organisation
from auth.roles import Role
from auth.users import store as users
from auth.users.model import User

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NATION = "nation"
SIDES = ("a", "b")


def a_credit_code(number: int = 1, *, kind: str = "91", division: str = "520100") -> str:
    """A sound code of an enterprise, unless another kind of body is given, the same for the same number."""
    body = f"{kind}{division}{number:09}"
    return body + check_digit(body)


def an_organisation(held: str, kind: Kind = Kind.ENTERPRISE, **fields: str | None) -> Organisation:
    """An organisation with the id `held`; of kind enterprise unless said."""
    values: dict[str, str | None] = {"parent": None, "region": None, "credit_code": None, "address": None, "entered_by": None}
    values |= fields
    name = values.pop("name", None) or f"单位 {held}"
    return Organisation(id=held, kind=kind, name=name, version=1, created_at=NOON, **values)  # type: ignore[arg-type]


def all_of() -> Iterator[Organisation]:
    """Every organisation of both tenants, those above first. Ids end in the side: ``agency-a``."""
    yield an_organisation(NATION, Kind.BUREAU, name="国家知识产权局")
    for number, side in enumerate(SIDES, 1):
        yield an_organisation(f"province-{side}", Kind.BUREAU, parent=NATION, region=f"{51 + number}0000")
        yield an_organisation(f"city-{side}", Kind.BUREAU, parent=f"province-{side}", region=f"{51 + number}0100")
        yield an_organisation(f"agency-{side}", Kind.AGENCY, parent=f"city-{side}", entered_by=f"city-{side}")
        yield an_organisation(
            f"enterprise-{side}",
            name=f"贵州精工（{side}）机械有限公司",
            region=f"{51 + number}0100",
            credit_code=a_credit_code(number),
            entered_by=f"agency-{side}",
        )


def settle(connection: Connection) -> None:
    """Enters both tenants."""
    for organisation in all_of():
        assert store.add(connection, organisation)
    for side in SIDES:
        store.serve(connection, f"agency-{side}", f"enterprise-{side}", now=NOON)


def an_account(connection: Connection, name: str, role: Role, organisation: str | None) -> Identity:
    """An account of this id, and the caller it is."""
    email = f"{name}@example.com"
    user = User(id=name, email=email, name=None, role=role, organisation=organisation, status="active", created_at=NOON)
    assert users.add(connection, user, password="none")
    return a_caller(role, organisation, user=name)


def a_caller(role: Role, organisation: str | None = None, *, user: str = "u1") -> Identity:
    """Somebody of this role who acts for the organisation."""
    email = f"{user}@example.com"
    return Identity(user=user, email=email, name=None, role=role, organisation=organisation, session="s1")
