"""Blocks: who may not ask for diagrams in a server.

They outlive /forget-me: else it would lift them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.statements import changes, fresh, moment
from storage.tables import BlockRow


@dataclass(frozen=True, kw_only=True)
class Block:
    """`by` is the admin who blocked `user_id`; the reason is for both of them to read."""

    guild_id: int
    user_id: int
    by: int
    at: datetime
    reason: str | None


async def add_block(
    session: AsyncSession,
    guild_id: int,
    user_id: int,
    *,
    by: int,
    reason: str | None = None,
    at: datetime | None = None,
) -> None:
    """Blocks somebody in a server; whoever is blocked already gets the new reason."""
    values = {"by": by, "at": moment(at), "reason": reason}
    statement = insert(session, BlockRow).values(guild_id=guild_id, user_id=user_id, **values)
    await changes(
        session,
        statement.on_conflict_do_update(
            index_elements=[BlockRow.guild_id, BlockRow.user_id], set_=values
        ),
    )


async def remove_block(session: AsyncSession, guild_id: int, user_id: int) -> bool:
    """Lifts a block. Returns whether there was one."""
    statement = delete(BlockRow).where(BlockRow.guild_id == guild_id, BlockRow.user_id == user_id)
    return await changes(session, statement) > 0


async def get_block(session: AsyncSession, guild_id: int, user_id: int) -> Block | None:
    """Somebody's block in a server; None when there is none."""
    row = await session.scalar(
        fresh(select(BlockRow).where(BlockRow.guild_id == guild_id, BlockRow.user_id == user_id))
    )
    if row is None:
        return None
    return Block(
        guild_id=row.guild_id, user_id=row.user_id, by=row.by, at=row.at, reason=row.reason
    )
