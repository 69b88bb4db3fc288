"""Evidence: facts by log, salts, fingerprints, checkpoints."""

revision = "0003_ledger"
down_revision = "0002_loads"


def upgrade() -> None:
    """Filled in with the room."""
