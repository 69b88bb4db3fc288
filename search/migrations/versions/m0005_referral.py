"""Links with the record of their changes, clicks on them, keys of requests that may be repeated."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0005_referral"
down_revision = "0004_organisations"

_COUNTED = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text, sa.ForeignKey("organisations.id"), nullable=False, index=True),
        sa.Column("enterprise", sa.Text, sa.ForeignKey("organisations.id")),
        sa.Column("member", sa.Text, sa.ForeignKey("users.id"), index=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("first", Instant),
        sa.Column("last", Instant),
        sa.Column("expires_at", Instant),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
    )
    op.create_table(
        "link_changes",
        sa.Column("id", _COUNTED, primary_key=True, autoincrement=True),
        sa.Column("link", sa.Text, sa.ForeignKey("links.id"), nullable=False, index=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id"), index=True),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
    )
    op.create_table(
        "clicks",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", Instant, nullable=False, index=True),
        sa.Column("link", sa.Text, sa.ForeignKey("links.id"), index=True),
        sa.Column("typed", sa.Text),
        sa.Column("state", sa.Text),
        sa.Column("class", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("rules", sa.Integer, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("agent", sa.Text),
        sa.Column("place", sa.Text),
        sa.Column("times", sa.Integer, nullable=False),
    )
    op.create_index("ix_clicks_place_at", "clicks", ["place", "at"])
    op.create_table(
        "idempotency_keys",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("answer", sa.LargeBinary),
        sa.Column("expires_at", Instant, nullable=False, index=True),
    )
