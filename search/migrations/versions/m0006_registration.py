"""Claims, codes, holds, disputes, outgoing mail."""

revision = "0006_registration"
down_revision = "0005_referral"


def upgrade() -> None:
    """Filled in with the room."""
