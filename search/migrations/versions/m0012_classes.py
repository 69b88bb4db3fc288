"""Classification schemes that an operator loaded, and what ties their classes to each other."""

import sqlalchemy as sa
from alembic import op

revision = "0012_classes"
down_revision = "0011_registrations_in_order"


def upgrade() -> None:
    op.create_table(
        "classes",
        sa.Column("scheme", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("parent", sa.Text),
        sa.Column("depth", sa.Integer, nullable=False),
        sa.Column("zh", sa.Text),
        sa.Column("en", sa.Text),
        sa.Column("notes_zh", sa.Text),
        sa.Column("notes_en", sa.Text),
        sa.Column("words_zh", sa.Text),
        sa.Column("words_en", sa.Text),
    )
    op.create_index("ix_classes_scheme_parent", "classes", ["scheme", "parent"])
    op.create_index("ix_classes_scheme_depth", "classes", ["scheme", "depth"])
    op.create_table(
        "class_links",
        sa.Column("scheme", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("target_scheme", sa.Text, primary_key=True),
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text),
        sa.Column("day", sa.Text),
    )
    op.create_index("ix_class_links_target_scheme_target", "class_links", ["target_scheme", "target"])
