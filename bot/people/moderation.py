"""What the admins of a server do about people and pauses, each with its line in the audit log."""

from __future__ import annotations

import discord
from discord.utils import format_dt

from bot.results.delivery import shortened
from bot.texts import gettext as _
from storage.audit import AuditEntry, add_audit, latest_audit
from storage.blocks import add_block, remove_block
from storage.database import Database
from storage.guilds import change_guild_settings

MAX_REASON = 300
"""Characters."""

_LINES = 20
_DETAIL = 44  # characters: so many lines fit one message


class Moderation:
    """Every method stores what it does and returns what the admin is told.

    Raises:
        StorageError: the database failed, nothing was changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pause(self, guild_id: int, by: int, *, paused: bool) -> str:
        """Stop taking requests in a server, or go on."""
        async with self._database.transaction() as session:
            await change_guild_settings(session, guild_id, paused=paused)
            await add_audit(session, guild_id, by, "pause" if paused else "resume", "")
        if paused:
            return _(
                "⏸️ Paused: from now on nobody can ask me for diagrams in this server. What is "
                "under way is finished. `/admin resume` lets me go on."
            )
        return _("▶️ I take requests again.")

    async def block(self, guild_id: int, by: int, user: discord.abc.User, reason: str) -> str:
        """Let somebody ask for nothing more in a server; an empty reason is none."""
        async with self._database.transaction() as session:
            await add_block(session, guild_id, user.id, by=by, reason=reason or None)
            detail = f"<@{user.id}>{f': {reason}' if reason else ''}"
            await add_audit(session, guild_id, by, "block", detail)
        return _(
            "🚫 <@{user}> cannot ask me for diagrams in this server any more. `/admin unblock` "
            "lifts that."
        ).format(user=user.id)

    async def unblock(self, guild_id: int, by: int, user: discord.abc.User) -> str:
        """Lift a block, if there is one."""
        async with self._database.transaction() as session:
            lifted = await remove_block(session, guild_id, user.id)
            if lifted:
                await add_audit(session, guild_id, by, "unblock", f"<@{user.id}>")
        if not lifted:
            return _("<@{user}> is not blocked in this server. Nothing was changed.").format(
                user=user.id
            )
        return _("✅ <@{user}> can ask me for diagrams again.").format(user=user.id)

    async def note(self, guild_id: int, by: int, action: str, detail: str) -> None:
        """Only the line in the audit log."""
        async with self._database.transaction() as session:
            await add_audit(session, guild_id, by, action, detail)

    async def audit(self, guild_id: int) -> str:
        """The last things that were done, latest first."""
        async with self._database.reading() as session:
            entries = await latest_audit(session, guild_id, _LINES)
        if not entries:
            return _("Nobody has changed anything in this server yet.")
        return shortened("\n".join(map(audit_line, entries)), 2_000)


def audit_line(entry: AuditEntry) -> str:
    """When, who, what."""
    detail = f" {shortened(' '.join(entry.detail.split()), _DETAIL)}" if entry.detail else ""
    return f"{format_dt(entry.at, 'R')} <@{entry.user_id}> **{entry.action}**{detail}"
