"""Ratings by any emoji, answers to “A or B?”, and requests that only one person sees."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# SQLite counts by itself only in a column that is exactly INTEGER; what points there is the same.
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _ratings_by_emoji()
    op.create_table(
        "choices",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("better_id", SERIAL, autoincrement=False, nullable=False),
        sa.Column("worse_id", SERIAL, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["better_id"],
            ["diagrams.id"],
            name="fk_choices_better_id_diagrams",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["worse_id"], ["diagrams.id"], name="fk_choices_worse_id_diagrams", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "better_id", "worse_id", name="pk_choices"),
    )
    op.create_index("ix_choices_better_id", "choices", ["better_id"])
    op.create_index("ix_choices_worse_id", "choices", ["worse_id"])
    op.add_column(
        "requests", sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def _ratings_by_emoji() -> None:
    """The emoji becomes part of the key: until now it was the number's own, or a button."""
    op.create_table(
        "numbers",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("diagram_id", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reacted", sa.Boolean(), nullable=False),
        sa.Column("pressed", sa.Boolean(), nullable=False),
    )
    op.execute(
        "INSERT INTO numbers (user_id, diagram_id, value, rated_at, reacted, pressed)"
        " SELECT user_id, diagram_id, value, rated_at, reacted, pressed FROM ratings"
    )
    op.drop_table("ratings")
    op.create_table(
        "ratings",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("diagram_id", SERIAL, autoincrement=False, nullable=False),
        sa.Column("emoji", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("value BETWEEN 0 AND 5", name="ck_ratings_value"),
        sa.ForeignKeyConstraint(
            ["diagram_id"],
            ["diagrams.id"],
            name="fk_ratings_diagram_id_diagrams",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "diagram_id", "emoji", name="pk_ratings"),
    )
    op.create_index("ix_ratings_diagram_id", "ratings", ["diagram_id"])
    rows = "INSERT INTO ratings SELECT user_id, diagram_id, {emoji}, value, rated_at FROM numbers"
    number = "CAST(value AS VARCHAR) || '\ufe0f\u20e3'"
    op.execute(f"{rows.format(emoji=number)} WHERE reacted")
    op.execute(f"{rows.format(emoji=repr('button'))} WHERE pressed")
    op.drop_table("numbers")
