"""Everything that is kept about a person, as plain values that they can take home."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

import numpy as np
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import (
    Base,
    DiagramRow,
    LatentRow,
    MessageRow,
    PersonRow,
    RatingRow,
    RequestRow,
)

PersonData: TypeAlias = dict[str, list[dict[str, Any]]]


async def person_data(session: AsyncSession, user_id: int) -> PersonData:
    """A list of rows for each of consent, requests, diagrams, messages, ratings and latents.

    The values are what JSON knows: times as ISO 8601 in UTC, latents as lists of numbers. Rows
    are oldest first. Ratings are this person's own; those of others are other people's data.
    """
    mine = select(DiagramRow.id).where(DiagramRow.user_id == user_id)
    return {
        "consent": _plain(
            await session.scalars(select(PersonRow).where(PersonRow.user_id == user_id))
        ),
        "requests": _plain(
            await session.scalars(
                select(RequestRow)
                .where(RequestRow.user_id == user_id)
                .order_by(RequestRow.created_at, RequestRow.id)
            )
        ),
        "diagrams": _plain(
            await session.scalars(
                select(DiagramRow).where(DiagramRow.user_id == user_id).order_by(DiagramRow.id)
            )
        ),
        "messages": _plain(
            await session.scalars(
                select(MessageRow)
                .where(MessageRow.diagram_id.in_(mine))
                .order_by(MessageRow.posted_at, MessageRow.message_id)
            )
        ),
        "ratings": _plain(
            await session.scalars(
                select(RatingRow)
                .where(RatingRow.user_id == user_id)
                .order_by(RatingRow.rated_at, RatingRow.diagram_id, RatingRow.value)
            )
        ),
        "latents": _plain(
            await session.scalars(
                select(LatentRow)
                .where(LatentRow.diagram_id.in_(mine))
                .order_by(LatentRow.diagram_id, LatentRow.encoder)
            )
        ),
    }


def _plain(rows: Any) -> list[dict[str, Any]]:
    return [
        {column.name: _value(getattr(row, column.name)) for column in _table(row).columns}
        for row in rows
    ]


def _table(row: Base) -> Any:
    return row.__table__


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return np.frombuffer(value, np.dtype("<f4")).tolist()
    return value
