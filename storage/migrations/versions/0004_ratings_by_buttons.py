"""Ratings by buttons beside those by emojis."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "ratings", sa.Column("reacted", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.add_column(
        "ratings", sa.Column("pressed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
