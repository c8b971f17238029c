"""Requests that begin from a diagram, and who lets their data train shared models."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "requests",
        sa.Column("kind", sa.String(length=16), nullable=False, server_default="describe"),
    )
    op.add_column("requests", sa.Column("text", sa.Text(), nullable=True))
    op.add_column("requests", sa.Column("parent_id", sa.BigInteger(), nullable=True))
    op.create_table(
        "people",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shares", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_people"),
    )
