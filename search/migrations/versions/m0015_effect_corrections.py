"""What readers corrected in tables of means and effects."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0015_effect_corrections"
down_revision = "0014_collections"


def upgrade() -> None:
    op.create_table(
        "effect_corrections",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("found", sa.Text, nullable=False),
        sa.Column("effect", sa.Text),
        sa.Column("means", sa.Text),
        sa.Column("corrected_at", Instant, nullable=False),
        sa.Column("undone_at", Instant),
    )
