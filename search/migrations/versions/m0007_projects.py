"""Projects, the rule files they adopted, who may evaluate them."""

import sqlalchemy as sa
from alembic import op

from auth.database.columns import Instant

revision = "0007_projects"
down_revision = "0006_registration"


def upgrade() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("agency", sa.Text, sa.ForeignKey("organisations.id"), nullable=False, index=True),
        sa.Column("bureau", sa.Text, sa.ForeignKey("organisations.id"), nullable=False, index=True),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        sa.Column("province", sa.Text, nullable=False),
        sa.Column("quarters", sa.Text, nullable=False),
        sa.Column("reading", sa.Text, nullable=False),
        sa.Column("grade", sa.Text),
        sa.Column("contract_sha256", sa.Text, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
    )
    op.create_table(
        "rule_files",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "evaluators",
        sa.Column("project", sa.Text, sa.ForeignKey("projects.id"), primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id"), primary_key=True, index=True),
        sa.Column("until", sa.Date, nullable=False),
    )
