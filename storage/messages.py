"""Posted messages: which Discord message shows which diagram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.errors import NotFound
from storage.statements import changes, fresh, moment
from storage.tables import DiagramRow, MessageRow


@dataclass(frozen=True, kw_only=True)
class PostedMessage:
    """A message that shows a diagram; `guild_id` is None in direct messages."""

    message_id: int
    channel_id: int
    guild_id: int | None
    diagram_id: int
    posted_at: datetime
    deleted_at: datetime | None


async def add_message(
    session: AsyncSession,
    *,
    message_id: int,
    channel_id: int,
    guild_id: int | None,
    diagram_id: int,
    posted_at: datetime | None = None,
) -> PostedMessage:
    """Remembers that a message shows a diagram. A message that is known stays as it was.

    Raises:
        NotFound: there is no such diagram.
    """
    statement = (
        insert(session, MessageRow)
        .values(
            message_id=message_id,
            channel_id=channel_id,
            guild_id=guild_id,
            diagram_id=diagram_id,
            posted_at=moment(posted_at),
            deleted_at=None,
        )
        .on_conflict_do_nothing(index_elements=[MessageRow.message_id])
    )
    try:
        await changes(session, statement)
    except IntegrityError as error:
        raise NotFound(f"there is no diagram {diagram_id}") from error
    row = await session.scalar(fresh(select(MessageRow).where(MessageRow.message_id == message_id)))
    assert row is not None
    return _message(row)


async def diagram_of_message(session: AsyncSession, message_id: int) -> int | None:
    """The id of the diagram a message shows; None when it is unknown or was deleted."""
    return await session.scalar(
        select(MessageRow.diagram_id).where(
            MessageRow.message_id == message_id, MessageRow.deleted_at.is_(None)
        )
    )


async def messages_of_diagram(session: AsyncSession, diagram_id: int) -> list[PostedMessage]:
    """The messages that show a diagram, oldest first, without deleted ones."""
    rows = await session.scalars(
        fresh(
            select(MessageRow)
            .where(MessageRow.diagram_id == diagram_id, MessageRow.deleted_at.is_(None))
            .order_by(MessageRow.posted_at, MessageRow.message_id)
        )
    )
    return [_message(row) for row in rows]


async def is_withdrawn(session: AsyncSession, diagram_id: int) -> bool:
    """Whether a diagram was posted and every message that showed it is deleted."""
    counts = select(func.count(), func.count(MessageRow.deleted_at)).where(
        MessageRow.diagram_id == diagram_id
    )
    posted, deleted = (await session.execute(counts)).one()
    return bool(posted) and posted == deleted


def not_withdrawn(diagram: type[DiagramRow]) -> ColumnElement[bool]:
    """In SQL: the opposite of `is_withdrawn`, for the rows of this table or alias."""
    posted = select(MessageRow.message_id).where(MessageRow.diagram_id == diagram.id)
    return posted.where(MessageRow.deleted_at.is_(None)).exists() | ~posted.exists()


async def mark_deleted(
    session: AsyncSession, message_id: int, *, at: datetime | None = None
) -> bool:
    """Remembers that a message is gone; its diagram and ratings stay.

    Returns:
        False when the message is unknown or was marked before.
    """
    statement = (
        update(MessageRow)
        .where(MessageRow.message_id == message_id, MessageRow.deleted_at.is_(None))
        .values(deleted_at=moment(at))
    )
    return await changes(session, statement) > 0


async def messages_since(session: AsyncSession, since: datetime) -> list[PostedMessage]:
    """The messages posted at `since` or later, newest first, without deleted ones."""
    rows = await session.scalars(
        fresh(
            select(MessageRow)
            .where(MessageRow.posted_at >= since, MessageRow.deleted_at.is_(None))
            .order_by(MessageRow.posted_at.desc(), MessageRow.message_id.desc())
        )
    )
    return [_message(row) for row in rows]


def _message(row: MessageRow) -> PostedMessage:
    return PostedMessage(
        message_id=row.message_id,
        channel_id=row.channel_id,
        guild_id=row.guild_id,
        diagram_id=row.diagram_id,
        posted_at=row.posted_at,
        deleted_at=row.deleted_at,
    )
