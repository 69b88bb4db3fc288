"""State of loading: runs, files, numbers met, refusals, blocks of ordinals."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0002_loads"
down_revision = "0001_accounts"


def upgrade() -> None:
    op.create_table(
        "load_runs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.Column("started", Instant, nullable=False, index=True),
        sa.Column("ended", Instant),
        sa.Column("outcome", sa.Text),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("read", "written", "merged", "unchanged", "refused")),
    )
    op.create_table(
        "load_files",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("disk", sa.Text, nullable=False, index=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("modified", sa.BigInteger, nullable=False),
        sa.Column("format", sa.Text),
        sa.Column("mark", sa.BigInteger, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("run", sa.Text),
        sa.Column("read", sa.BigInteger, nullable=False),
        sa.Column("refused", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "load_seen",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "load_refusals",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("offset", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("format", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("kept", sa.BigInteger, nullable=False),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_table(
        "load_blocks",
        sa.Column("low", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("high", sa.BigInteger, nullable=False),
        sa.Column("run", sa.Text, nullable=False),
    )
    op.create_table(
        "load_ordinals",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("next", sa.BigInteger, nullable=False),
    )
