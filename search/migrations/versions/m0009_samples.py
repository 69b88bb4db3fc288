"""Samples for call-backs, and whom each drew."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0009_samples"
down_revision = "0008_sizes_handovers"


def upgrade() -> None:
    op.create_table(
        "samples",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("project", sa.Text, sa.ForeignKey("projects.id"), nullable=False, index=True),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("commitment", sa.Text, nullable=False),
        sa.Column("committed_at", Instant, nullable=False),
        sa.Column("checkpoint", sa.Text, nullable=False),
        sa.Column("nonce", sa.Text),
        sa.Column("population", sa.Integer),
        sa.Column("drawn_at", Instant),
        sa.Column("closed_at", Instant),
    )
    op.create_table(
        "sampled",
        sa.Column("sample", sa.Text, sa.ForeignKey("samples.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("account", sa.Text, index=True),
        sa.Column("code", sa.Text, unique=True),
        sa.Column("answer", sa.Text),
        sa.Column("by", sa.Text),
        sa.Column("answered_at", Instant),
    )
