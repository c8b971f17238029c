"""Small helpers that the table modules share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import CursorResult, Delete, Select, Update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import Insert

Selected = TypeVar("Selected", bound=Select[*tuple[object, ...]])


def moment(at: datetime | None) -> datetime:
    """The time given, in UTC, or now.

    Raises:
        ValueError: the time has no time zone.
    """
    if at is None:
        return datetime.now(UTC)
    if at.tzinfo is None:
        raise ValueError("a time without a time zone")
    return at.astimezone(UTC)


def fresh(statement: Selected) -> Selected:
    """Reads what is stored, not what the session read before an UPDATE."""
    return statement.execution_options(populate_existing=True)


async def changes(session: AsyncSession, statement: Insert | Update | Delete) -> int:
    """Runs the statement; returns how many rows it touched."""
    if not isinstance(statement, Insert):
        statement = statement.execution_options(synchronize_session=False)
    result = await session.execute(statement)
    assert isinstance(result, CursorResult)
    return int(result.rowcount)
