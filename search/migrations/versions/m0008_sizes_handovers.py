"""Tables of size classes with what a mark was computed from; to whom whose name was shown."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0008_sizes_handovers"
down_revision = "0007_projects"


def upgrade() -> None:
    op.create_table(
        "size_tables",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("loaded_at", Instant, nullable=False),
    )
    op.add_column("marks", sa.Column("basis", sa.Text))
    op.create_table(
        "handovers",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("organisation", sa.Text, sa.ForeignKey("organisations.id"), primary_key=True),
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("first_at", Instant, nullable=False),
        sa.Column("last_at", Instant, nullable=False),
    )
