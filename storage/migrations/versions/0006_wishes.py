"""Requests for a change of a diagram, with what was wished for."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("requests", sa.Column("wish", sa.Text(), nullable=True))
