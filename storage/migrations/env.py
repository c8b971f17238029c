"""Alembic's environment: uses the connection it is given, in the transaction that is open."""

from typing import Any, Literal

from alembic import context

from storage.tables import Base, UtcDateTime


def _render(kind: str, item: Any, _: object) -> str | Literal[False]:
    """Revisions outlive our classes, so they are written in SQLAlchemy's own types."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making a new one
    compare_type=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
