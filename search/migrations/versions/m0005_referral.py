"""Links, clicks and touches."""

revision = "0005_referral"
down_revision = "0004_organisations"


def upgrade() -> None:
    """Filled in with the room."""
