"""Accounts by mobile number; outgoing messages, one-time codes; claims, registrations, consents, judgements, proofs spent."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0006_registration"
down_revision = "0005_referral"


def upgrade() -> None:
    _let_accounts_be_without_an_address()
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, index=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("state", sa.Text, nullable=False, index=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("due_at", Instant, nullable=False, index=True),
        sa.Column("sent_at", Instant),
    )
    op.create_table(
        "codes",
        sa.Column("ref", sa.Text, primary_key=True),
        sa.Column("digits", sa.Text, nullable=False),
        sa.Column("token", sa.Text, nullable=False, unique=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id"), index=True),
        sa.Column("claim", sa.Text, index=True),
        sa.Column("message", sa.Text, nullable=False, index=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("created_at", Instant, nullable=False, index=True),
        sa.Column("used_at", Instant),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False, index=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("contact", sa.Text),
        sa.Column("contact_key", sa.Text, index=True),
        sa.Column("form", sa.LargeBinary),
        sa.Column("agency", sa.Text, sa.ForeignKey("organisations.id")),
        sa.Column("link", sa.Text, sa.ForeignKey("links.id")),
        sa.Column("first_link", sa.Text, sa.ForeignKey("links.id")),
        sa.Column("how", sa.Text),
        sa.Column("event", sa.Boolean, nullable=False),
        sa.Column("place", sa.Text),
        sa.Column("device", sa.Text, index=True),
        sa.Column("series", sa.Text, index=True),
        sa.Column("created_at", Instant, nullable=False, index=True),
    )
    op.create_index("ix_claims_place_created_at", "claims", ["place", "created_at"])
    op.create_table(
        "claimed_accounts",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False, index=True),
        sa.Column("created_at", Instant, nullable=False, index=True),
    )
    op.create_table(
        "registrations",
        sa.Column("account", sa.Text, sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("credit", sa.Text, unique=True),
        sa.Column("identity", sa.Text, nullable=False, index=True),
        sa.Column("agency", sa.Text, sa.ForeignKey("organisations.id"), index=True),
        sa.Column("link", sa.Text, sa.ForeignKey("links.id")),
        sa.Column("first_link", sa.Text, sa.ForeignKey("links.id")),
        sa.Column("how", sa.Text),
        sa.Column("contact_class", sa.Text, nullable=False),
        sa.Column("new", sa.Boolean, nullable=False),
        sa.Column("quick", sa.Boolean, nullable=False),
        sa.Column("enterprise", sa.Text, sa.ForeignKey("organisations.id"), index=True),
        sa.Column("enterprise_name", sa.Text),
        sa.Column("name_key", sa.Text),
        sa.Column("role", sa.Text),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.Column("verified_at", Instant, nullable=False, index=True),
        sa.Column("completed_at", Instant),
        sa.Column("activated_at", Instant),
        sa.Column("confirmed_at", Instant),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("text_version", sa.Integer, nullable=False),
        sa.Column("given_at", Instant, nullable=False),
        sa.Column("withdrawn_at", Instant),
    )
    op.create_table(
        "judgements",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False, index=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("explanation", sa.Text),
        sa.Column("by", sa.Text, sa.ForeignKey("users.id"), index=True),
    )
    op.create_table(
        "spent_proofs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("expires_at", Instant, nullable=False, index=True),
    )


def _let_accounts_be_without_an_address() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("users", "email", nullable=True)
        op.alter_column("users", "email_key", nullable=True)
        op.add_column("users", sa.Column("mobile", sa.Text))
        op.create_unique_constraint("uq_users_mobile", "users", ["mobile"])
        return
    op.execute("PRAGMA defer_foreign_keys=ON")  # for this transaction: rows that point to accounts find them again at its end
    op.execute("CREATE TABLE users_before AS SELECT * FROM users")
    op.drop_table("users")
    op.create_table(
        "users",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("email", sa.Text),
        sa.Column("email_key", sa.Text, unique=True),
        sa.Column("mobile", sa.Text, unique=True),
        sa.Column("name", sa.Text),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("created_at", Instant, nullable=False),
    )
    kept = "id, email, email_key, name, role, organisation, status, password, created_at"
    op.execute(f"INSERT INTO users ({kept}) SELECT {kept} FROM users_before")  # noqa: S608 - names of columns
    op.drop_table("users_before")
