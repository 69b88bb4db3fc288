"""Organisations, which agency serves which enterprise, dated marks."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0004_organisations"
down_revision = "0003_ledger"


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False, index=True),
        sa.Column("parent", sa.Text, sa.ForeignKey("organisations.id"), index=True),
        sa.Column("region", sa.Text),
        sa.Column("credit_code", sa.Text, unique=True),
        sa.Column("address", sa.Text),
        sa.Column("entered_by", sa.Text, sa.ForeignKey("organisations.id")),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
    )
    op.create_table(
        "served",
        sa.Column("agency", sa.Text, sa.ForeignKey("organisations.id"), primary_key=True),
        sa.Column("enterprise", sa.Text, sa.ForeignKey("organisations.id"), primary_key=True, index=True),
        sa.Column("since", Instant, nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("enterprise", sa.Text, sa.ForeignKey("organisations.id"), nullable=False, index=True),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("document_sha256", sa.Text, nullable=False),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("last", sa.Date),
        sa.Column("entered_by", sa.Text, sa.ForeignKey("organisations.id")),
        sa.Column("recorded_at", Instant, nullable=False),
    )
