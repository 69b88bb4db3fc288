"""Projects, contracts, adopted rules, decisions."""

revision = "0007_projects"
down_revision = "0006_registration"


def upgrade() -> None:
    """Filled in with the room."""
