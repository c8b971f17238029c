"""/admin jobs, run and queue."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.cogs.admin_shared import AdminCommands, must_operate, where_and_who
from bot.operating.running import ended, jobs_text, queue_text, under_way
from bot.texts import gettext as _
from storage.job_runs import latest_runs
from storage.requests import unfinished


class AdminJobs(AdminCommands):
    """What happens without anybody asking, and what somebody waits for."""

    @app_commands.command(description="The jobs: when each runs next and how it last ended")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def jobs(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self._database.reading() as session:
            runs = await latest_runs(session)
        await interaction.edit_original_response(content=jobs_text(self._schedule.jobs, runs))

    @app_commands.command(description="Run a job now")
    @app_commands.describe(job="Which one")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def run(self, interaction: discord.Interaction, job: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await must_operate(interaction)
        if job not in {planned.id for planned in self._schedule.jobs}:
            said = _("There is no job “{job}”. `/admin jobs` lists those there are.").format(
                job=job[:50]
            )
            await interaction.edit_original_response(
                content=said, allowed_mentions=discord.AllowedMentions.none()
            )
            return
        await self._moderation.note(*where_and_who(interaction), "run", job)
        self._background.start(self._run(job, interaction), name=f"run {job}")

    @run.autocomplete("job")
    async def _jobs(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        names = [job.id for job in self._schedule.jobs if typed.lower() in job.id]
        return [app_commands.Choice(name=name, value=name) for name in names[:25]]

    @app_commands.command(description="Who waits for diagrams in this server")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def queue(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self._database.reading() as session:
            requests = await unfinished(session)
        said = queue_text(requests, self._worker.place_in_queue, where_and_who(interaction)[0])
        await interaction.edit_original_response(
            content=said, allowed_mentions=discord.AllowedMentions.none()
        )

    async def _run(self, job: str, interaction: discord.Interaction) -> None:
        reply = self._reply(interaction)
        reply.say(under_way(_("⏳ {job} runs …").format(job=job)))
        await reply.finish(ended(job, await self._schedule.run_now(job)))
