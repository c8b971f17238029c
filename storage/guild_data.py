"""What is kept of one server, as plain values that its admins can take away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.personal import PersonData
from storage.ratings import current
from storage.tables import DiagramRow, MessageRow, RatingRow, RequestRow


async def guild_data(session: AsyncSession, guild_id: int) -> PersonData:
    """The requests that were made in a server, their diagrams, messages there, and ratings.

    Nothing of other servers: ratings of a diagram that was shown elsewhere too are left out,
    since whoever gave them may not be of this server. Nor is what somebody asked for privately.
    Times are ISO 8601 in UTC.
    """
    here = (RequestRow.guild_id == guild_id, RequestRow.private == false())
    mine = select(DiagramRow.id).join(RequestRow).where(*here)
    elsewhere = select(MessageRow.message_id).where(
        MessageRow.diagram_id == RatingRow.diagram_id,
        MessageRow.guild_id.is_distinct_from(guild_id),
    )
    wanted: dict[str, Select[Any]] = {
        "requests": select(RequestRow.__table__)
        .where(*here)
        .order_by(RequestRow.created_at, RequestRow.id),
        "diagrams": select(DiagramRow.__table__)
        .where(DiagramRow.id.in_(mine))
        .order_by(DiagramRow.id),
        "messages": select(MessageRow.__table__)
        .where(MessageRow.diagram_id.in_(mine), MessageRow.guild_id == guild_id)
        .order_by(MessageRow.message_id),
        "ratings": select(RatingRow.__table__)
        .where(RatingRow.diagram_id.in_(mine), current, ~elsewhere.exists())
        .order_by(RatingRow.diagram_id, RatingRow.user_id),
    }
    return {
        name: [
            {column: _value(value) for column, value in row.items()}
            for row in (await session.execute(statement)).mappings()
        ]
        for name, statement in wanted.items()
    }


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
