"""Requests from places where the bot is not a member."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "requests", sa.Column("outside", sa.Boolean(), nullable=False, server_default=sa.false())
    )
