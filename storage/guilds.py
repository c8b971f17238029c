"""Servers: what their admins decided. A server that decided nothing has the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.statements import changes, fresh
from storage.tables import GuildSettingsRow


@dataclass(frozen=True, kw_only=True)
class GuildSettings:
    """The rules of one server.

    `channels` are those where diagrams may be asked for; none means everywhere. `default_count`
    and `default_top` are None where the bot's own count. `cooldown_seconds` lie between two
    requests of a person, who has at most `per_day` of them in 24 hours; 0 is no limit. Neither
    holds for people with one of the `bypass_roles`. What is asked for here is deleted after
    `keep_days`; 0 keeps it.
    `blocked_words` are normalised as `bot/asking/limits.py` compares them. `emojis` are ratings
    beside 0️⃣ to 5️⃣, each with its number; a server's own are written `<:name:id>`.
    """

    channels: tuple[int, ...] = ()
    default_count: int | None = None
    default_top: int | None = None
    cooldown_seconds: int = 0
    per_day: int = 0
    bypass_roles: tuple[int, ...] = ()
    keep_days: int = 0
    paused: bool = False
    blocked_words: tuple[str, ...] = ()
    emojis: Mapping[str, int] = field(default_factory=dict)


async def guild_settings(session: AsyncSession, guild_id: int | None) -> GuildSettings:
    """The rules of a server; the defaults in direct messages, where `guild_id` is None."""
    if guild_id is None:
        return GuildSettings()
    row = await session.scalar(
        fresh(select(GuildSettingsRow).where(GuildSettingsRow.guild_id == guild_id))
    )
    return GuildSettings() if row is None else _settings(row.values)


async def change_guild_settings(
    session: AsyncSession, guild_id: int, **changed: Any
) -> GuildSettings:
    """Stores these fields of `GuildSettings` and leaves the others; returns all of them.

    Raises:
        TypeError: there is no such field.
    """
    settings = replace(await guild_settings(session, guild_id), **changed)
    values = asdict(settings)
    statement = insert(session, GuildSettingsRow).values(guild_id=guild_id, values=values)
    await changes(
        session,
        statement.on_conflict_do_update(
            index_elements=[GuildSettingsRow.guild_id], set_={"values": values}
        ),
    )
    return settings


async def retentions(session: AsyncSession) -> dict[int, int]:
    """For each server that does not keep things for ever, after how many days they go."""
    rows = await session.scalars(fresh(select(GuildSettingsRow)))
    days = {row.guild_id: _settings(row.values).keep_days for row in rows}
    return {guild_id: keep for guild_id, keep in days.items() if keep}


def _settings(values: dict[str, Any]) -> GuildSettings:
    """JSON has lists for tuples; a field that it lacks keeps its default."""
    known = {field.name for field in fields(GuildSettings)}
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in values.items()
        if name in known
    }
    return GuildSettings(**given)
