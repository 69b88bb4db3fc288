"""Collections: what is in them, their branches, the deeds done to them, and snapshots."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0014_collections"
down_revision = "0013_synonyms_applicants"


def _of() -> "sa.Column[str]":
    return sa.Column("collection", sa.Text, sa.ForeignKey("collections.id"), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "collections",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id"), index=True),
        sa.Column("organisation", sa.Text, sa.ForeignKey("organisations.id"), index=True),
        sa.Column("enterprise", sa.Text, sa.ForeignKey("organisations.id"), index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("canonical", sa.Text),
        sa.Column("columns", sa.JSON, nullable=False),
        sa.Column("project", sa.JSON, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "collection_documents",
        _of(),
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("stands", sa.Text),
        sa.Column("key", sa.Boolean, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("cells", sa.JSON, nullable=False),
    )
    op.create_table(
        "collection_branches",
        _of(),
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("parent", sa.Text),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("chain", sa.Text),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("canonical", sa.Text),
    )
    op.create_table(
        "collection_marks",
        _of(),
        sa.Column("branch", sa.Text, primary_key=True),
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("value", sa.Boolean),
    )
    op.create_table(
        "collection_records",
        _of(),
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
    )
    op.create_table(
        "collection_deeds",
        _of(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id"), index=True),
        sa.Column("done_at", Instant, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("undone_at", Instant),
    )
    op.create_table(
        "collection_snapshots",
        _of(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("taken_at", Instant, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("numbers", sa.JSON, nullable=False),
        sa.Column("branches", sa.JSON, nullable=False),
    )
