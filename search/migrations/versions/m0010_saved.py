"""The history of searches and searches saved under a name."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0010_saved"
down_revision = "0009_samples"


def upgrade() -> None:
    op.create_table(
        "history",
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("dialect", sa.Text, nullable=False),
        sa.Column("canonical", sa.Text),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("numbers", sa.JSON),
    )
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("organisation", sa.Text, sa.ForeignKey("organisations.id"), index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("canonical", sa.Text, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
