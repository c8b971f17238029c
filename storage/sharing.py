"""What models may learn from: what somebody who shares asked for openly, and did not delete."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from storage.messages import not_withdrawn
from storage.tables import DiagramRow, PersonRow, RequestRow


def shared_by(user_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """In SQL: whether the person of this column shares for training."""
    return user_id.in_(select(PersonRow.user_id).where(PersonRow.shares))


def learnable(*diagrams: type[DiagramRow]) -> tuple[ColumnElement[bool], ...]:
    """In SQL: what has to hold of a request and of these diagrams of it, a table or aliases.

    Joins them, too. Whoever asked shares, and did not ask privately; every diagram is still
    there. What somebody who rated or compared them decided is another question, `shared_by`.
    """
    joined = [
        condition
        for diagram in diagrams
        for condition in (
            RequestRow.id == diagram.request_id,
            not_withdrawn(diagram),
            # No message is stored of what was shown outside: deleting it takes its picture.
            or_(RequestRow.outside.is_(False), diagram.png_path.is_not(None)),
        )
    ]
    return (*joined, shared_by(RequestRow.user_id), RequestRow.private.is_(False))
