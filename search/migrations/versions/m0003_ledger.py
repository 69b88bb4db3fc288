"""Evidence: the logs' heads, their leaves and signed checkpoints, which only grow; salts, fingerprints."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0003_ledger"
down_revision = "0002_loads"

_GROWING = ("ledger_leaves", "ledger_checkpoints")


def upgrade() -> None:
    op.create_table(
        "ledger_heads",
        sa.Column("log", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("frontier", sa.LargeBinary, nullable=False),
        sa.Column("recorded_at", Instant),
    )
    op.create_table(
        "ledger_leaves",
        sa.Column("log", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.Column("account", sa.Text, index=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "ledger_checkpoints",
        sa.Column("log", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
    )
    op.create_table(
        "ledger_salts",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("salt", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "fingerprints",
        sa.Column("hmac", sa.Text, primary_key=True),
        sa.Column("first_verified_at", Instant, nullable=False),
    )
    _refuse_changes()


def _refuse_changes() -> None:
    """The database refuses to change or delete a leaf or a checkpoint: a slip of the program is an error, not a damaged log."""
    if op.get_bind().dialect.name == "sqlite":
        for table in _GROWING:
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
    )
    for table in _GROWING:
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION only_grows()"
        )
