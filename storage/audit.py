"""The audit log: what the admins of a server did, one line each, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.statements import fresh, moment
from storage.tables import AuditRow


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """`user_id` is who did it; `action` is one word, `detail` says what changed."""

    id: int
    guild_id: int
    user_id: int
    action: str
    detail: str
    at: datetime


async def add_audit(
    session: AsyncSession,
    guild_id: int,
    user_id: int,
    action: str,
    detail: str,
    *,
    at: datetime | None = None,
) -> None:
    """Notes what an admin did, in the transaction that does it."""
    session.add(
        AuditRow(guild_id=guild_id, user_id=user_id, action=action, detail=detail, at=moment(at))
    )
    await session.flush()


async def latest_audit(session: AsyncSession, guild_id: int, limit: int) -> list[AuditEntry]:
    """The last things that were done in a server, latest first."""
    rows = await session.scalars(
        fresh(
            select(AuditRow)
            .where(AuditRow.guild_id == guild_id)
            .order_by(AuditRow.id.desc())
            .limit(limit)
        )
    )
    return [
        AuditEntry(
            id=row.id,
            guild_id=row.guild_id,
            user_id=row.user_id,
            action=row.action,
            detail=row.detail,
            at=row.at,
        )
        for row in rows
    ]
