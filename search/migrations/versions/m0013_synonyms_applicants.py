"""Lists of synonyms, and which names of applicants are one applicant's."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0013_synonyms_applicants"
down_revision = "0012_classes"


def upgrade() -> None:
    op.create_table(
        "synonym_lists",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id"), index=True),
        sa.Column("groups", sa.JSON, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "applicant_merges",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id"), index=True),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("one", sa.Text, nullable=False, index=True),
        sa.Column("other", sa.Text, nullable=False, index=True),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("merged_at", Instant, nullable=False),
        sa.Column("undone_at", Instant),
        sa.Column("undone_by", sa.Text, sa.ForeignKey("users.id"), index=True),
    )
    op.create_table(
        "applicant_proposals",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("one", sa.Text, nullable=False, index=True),
        sa.Column("other", sa.Text, nullable=False, index=True),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("refused_at", Instant),
        sa.Column("refused_by", sa.Text, sa.ForeignKey("users.id"), index=True),
    )
