"""Everything that is kept about a person, as plain values that they can take home."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

import numpy as np
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Base, DiagramRow

PersonData: TypeAlias = dict[str, list[dict[str, Any]]]


_OTHERS = frozenset({"by"})  # columns that name another person


async def person_data(session: AsyncSession, user_id: int) -> PersonData:
    """Table by table, the rows that are this person's or hang on a diagram of theirs.

    A table that comes later is in it by itself. The values are what JSON knows: times as ISO 8601
    in UTC, latents as lists of numbers. Ratings are this person's own: those of others, also of
    this person's diagrams, are other people's data.
    """
    mine = select(DiagramRow.id).where(DiagramRow.user_id == user_id)
    data: PersonData = {}
    for table in Base.metadata.sorted_tables:
        if "user_id" in table.c:
            wanted = table.c.user_id == user_id
        elif "diagram_id" in table.c:
            wanted = table.c.diagram_id.in_(mine)
        else:
            continue
        rows = await session.execute(select(table).where(wanted).order_by(*table.primary_key))
        data[table.name] = [
            {name: _value(value) for name, value in row.items() if name not in _OTHERS}
            for row in rows.mappings()
        ]
    return data


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return np.frombuffer(value, np.dtype("<f4")).tolist()
    return value
