"""Organisations and their dated marks."""

revision = "0004_organisations"
down_revision = "0003_ledger"


def upgrade() -> None:
    """Filled in with the room."""
