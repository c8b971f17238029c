"""What a server's rules are about, for one person who asks for something: all of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.blocks import Block, get_block
from storage.guilds import GuildSettings, guild_settings
from storage.requests import RequestStatus
from storage.statements import moment
from storage.tables import RequestRow

PERIOD = timedelta(days=1)
"""The rolling day of the quota. No cooldown is longer."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`asked_at` are the times of the person's last requests here, latest first.

    They are no older than `PERIOD` at the time `at`, no more than the quota needs, and without
    those that failed, which were not the person's doing.
    """

    settings: GuildSettings
    block: Block | None
    asked_at: tuple[datetime, ...]
    at: datetime


async def standing(
    session: AsyncSession, guild_id: int, user_id: int, *, at: datetime | None = None
) -> Standing:
    """How somebody stands in a server."""
    at = moment(at)
    settings = await guild_settings(session, guild_id)
    times: tuple[datetime, ...] = ()
    if settings.cooldown_seconds or settings.per_day:
        times = tuple(
            await session.scalars(
                select(RequestRow.created_at)
                .where(
                    RequestRow.user_id == user_id,
                    RequestRow.guild_id == guild_id,
                    RequestRow.status != RequestStatus.FAILED.value,
                    RequestRow.created_at > at - PERIOD,
                )
                .order_by(RequestRow.created_at.desc())
                .limit(max(settings.per_day, 1))
            )
        )
    return Standing(
        settings=settings,
        block=await get_block(session, guild_id, user_id),
        asked_at=times,
        at=at,
    )
