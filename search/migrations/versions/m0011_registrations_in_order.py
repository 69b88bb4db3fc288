"""An agency's registrations in the order of their pages: a page costs the same however many there are."""

from alembic import op

revision = "0011_registrations_in_order"
down_revision = "0010_saved"


def upgrade() -> None:
    op.create_index("ix_registrations_agency_verified_at", "registrations", ["agency", "verified_at", "account"])
    op.drop_index("ix_registrations_agency", "registrations")
