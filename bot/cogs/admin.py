"""/admin: how the bot is doing, its models and jobs, and who may ask. For people who may manage
the server.

The permission is declared, so that Discord hides the commands, and checked again in code: server
admins can grant a command to anybody.
"""

from __future__ import annotations

import asyncio
from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.admin_jobs import AdminJobs
from bot.cogs.admin_models import AdminModels
from bot.cogs.admin_shared import where_and_who
from bot.errors import UserFacingError
from bot.operating.running import failed_jobs, guild_export_text, worker_lines
from bot.people.moderation import MAX_REASON
from bot.people.takeout import TooLarge, takeout
from bot.texts import gettext as _
from storage.diagrams import count_diagrams
from storage.guild_data import guild_data
from storage.job_runs import latest_runs
from storage.ratings import count_ratings


@app_commands.guild_only()
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class AdminCog(
    AdminModels,
    AdminJobs,
    commands.GroupCog,
    group_name="admin",
    group_description="For people who manage this server",
):
    """Answers are private; what changes something is in the audit log of the server."""

    @app_commands.command(description="How the worker and the models are doing")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def status(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self._database.reading() as session:
            diagrams, ratings = await count_diagrams(session), await count_ratings(session)
            runs = await latest_runs(session)
        lines = [
            *worker_lines(self._worker.status),
            _("**Kept** {diagrams} diagrams · {ratings} ratings").format(
                diagrams=diagrams, ratings=ratings
            ),
            failed_jobs(runs),
        ]
        await interaction.edit_original_response(content="\n".join(lines))

    @app_commands.command(description="Take no more requests in this server")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def pause(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = await self._moderation.pause(*where_and_who(interaction), paused=True)
        await interaction.edit_original_response(content=said)

    @app_commands.command(description="Take requests again in this server")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def resume(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = await self._moderation.pause(*where_and_who(interaction), paused=False)
        await interaction.edit_original_response(content=said)

    @app_commands.command(description="Let somebody ask for no more diagrams in this server")
    @app_commands.describe(user="Whom", reason="Why; they read it when they ask")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def block(
        self,
        interaction: discord.Interaction,
        user: discord.User,
        reason: app_commands.Range[str, 1, MAX_REASON] | None = None,
    ) -> None:
        why = " ".join((reason or "").split())
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = await self._moderation.block(*where_and_who(interaction), user, why)
        await interaction.edit_original_response(content=said)

    @app_commands.command(description="Let somebody ask for diagrams again in this server")
    @app_commands.describe(user="Whom")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def unblock(self, interaction: discord.Interaction, user: discord.User) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = await self._moderation.unblock(*where_and_who(interaction), user)
        await interaction.edit_original_response(content=said)

    @app_commands.command(
        name="export-data", description="A copy of what was asked, drawn and rated in this server"
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def export_data(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild_id, user_id = where_and_who(interaction)
        async with self._database.reading() as session:
            data = await guild_data(session, guild_id)
        try:
            packed = await asyncio.to_thread(takeout, data, self._images)
        except TooLarge as error:
            raise UserFacingError(
                _(
                    "What I keep of this server is more than Discord takes in one file, even "
                    "without the pictures. Please ask whoever runs this bot for it."
                )
            ) from error
        await self._moderation.note(guild_id, user_id, "export-data", "")
        await interaction.edit_original_response(
            content=guild_export_text(data, packed),
            attachments=[discord.File(BytesIO(packed.data), filename="server-data.zip")],
        )

    @app_commands.command(description="The last 20 things that were changed in this server")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def audit(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = await self._moderation.audit(where_and_who(interaction)[0])
        await interaction.edit_original_response(content=said)
