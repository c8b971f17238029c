"""/admin: how the bot is doing, retraining, and who may ask. For people who may manage the server.

The permission is declared, so that Discord hides the commands, and checked again in code: server
admins can grant a command to anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import format_dt

from bot.background import Background
from bot.people.moderation import MAX_REASON, Moderation
from bot.results.delivery import bar, shortened
from bot.results.replies import Reply
from jobs.errors import JobError, TrainingBusy, TrainingCancelled
from jobs.retrain import Trained, TrainingProgress
from jobs.scheduler import Schedule, ScheduledJob
from jobs.trainer import Trainer
from ml.worker import WorkerStatus
from storage.database import Database
from storage.diagrams import count_diagrams
from storage.job_runs import JobRun, RunOutcome, latest_runs
from storage.ratings import count_ratings

_MARKS = {RunOutcome.OK: "✅", RunOutcome.FAILED: "⚠️", RunOutcome.SKIPPED: "💤", None: "⏳"}


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class AdminCog(
    commands.GroupCog,
    group_name="admin",
    group_description="For people who manage this server",
    group_auto_locale_strings=False,
):
    """Answers are private; what changes something is in the audit log of the server."""

    def __init__(
        self,
        *,
        client: discord.Client,
        background: Background,
        database: Database,
        schedule: Schedule,
        worker_status: Callable[[], WorkerStatus],
        trainer: Trainer,
    ) -> None:
        super().__init__()
        self._client = client
        self._background = background
        self._database = database
        self._schedule = schedule
        self._worker_status = worker_status
        self._trainer = trainer
        self._moderation = Moderation(database)

    @app_commands.command(description="How the worker, the models and the jobs are doing")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def status(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self._database.reading() as session:
            diagrams, ratings = await count_diagrams(session), await count_ratings(session)
            runs = {run.job: run for run in await latest_runs(session)}
        lines = [
            *worker_lines(self._worker_status()),
            f"**Kept** {diagrams} diagrams · {ratings} ratings",
            "**Jobs**",
            *(_job_line(job, runs.pop(job.id, None)) for job in self._schedule.jobs),
            *(f"{run.job}: {_outcome(run)}" for run in runs.values()),
        ]
        await interaction.edit_original_response(content=shortened("\n".join(lines), 2_000))

    @app_commands.command(description="Train a scoring model anew; it serves only if it is better")
    @app_commands.describe(kind="Which model")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def retrain(
        self, interaction: discord.Interaction, kind: Literal["readability", "autoencoder"]
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._moderation.note(*_where_and_who(interaction), "retrain", kind)
        reply = Reply(
            client=self._client,
            background=self._background,
            channel_id=interaction.channel_id or interaction.user.id,
            user_id=interaction.user.id,
            message_id=None,
            interaction=interaction,
        )
        self._background.start(self._train(kind, reply), name=f"retrain {kind}")

    @app_commands.command(description="Take no more requests in this server")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def pause(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = await self._moderation.pause(*_where_and_who(interaction), paused=True)
        await interaction.edit_original_response(content=said)

    @app_commands.command(description="Take requests again in this server")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def resume(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = await self._moderation.pause(*_where_and_who(interaction), paused=False)
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
        said = await self._moderation.block(*_where_and_who(interaction), user, why)
        await interaction.edit_original_response(content=said)

    @app_commands.command(description="Let somebody ask for diagrams again in this server")
    @app_commands.describe(user="Whom")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def unblock(self, interaction: discord.Interaction, user: discord.User) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = await self._moderation.unblock(*_where_and_who(interaction), user)
        await interaction.edit_original_response(content=said)

    @app_commands.command(description="The last 20 things that were changed in this server")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def audit(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = await self._moderation.audit(_where_and_who(interaction)[0])
        await interaction.edit_original_response(content=said)

    async def _train(self, kind: str, reply: Reply) -> None:
        reply.say(f"🏋️ Training {kind} …")

        def progress(news: TrainingProgress) -> None:
            reply.say(f"🏋️ Training {kind}: {news.stage} {bar(news.fraction)}")

        try:
            trained = await self._trainer.retrain(kind, progress=progress)
        except TrainingBusy as error:
            text = f"⏳ {error} Please wait until it is done."
        except TrainingCancelled:
            text = f"The training of {kind} was cancelled; the model is as it was."
        except JobError as error:
            text = f"⚠️ {error}"
        else:
            text = _trained(trained)
        await reply.finish(text)


def _where_and_who(interaction: discord.Interaction) -> tuple[int, int]:
    assert interaction.guild_id is not None  # guild_only
    return interaction.guild_id, interaction.user.id


def worker_lines(status: WorkerStatus) -> list[str]:
    """What is known of the worker and its models, for people."""
    state = "ready" if status.versions else "starting" if status.alive else "down"
    parts = [
        f"{state} on {status.device}" if status.device else state,
        f"{status.running} running, {status.queued} waiting",
        f"{status.restarts} restarts",
    ]
    if status.memory_bytes is not None:
        parts.append(f"{status.memory_bytes / 2**20:,.0f} MiB")
    lines = [f"**Worker** {' · '.join(parts)}"]
    if (models := status.versions) is not None:
        lines.append(
            f"**Models** language {models.language} · readability {models.readability} · "
            f"autoencoder {models.autoencoder}"
        )
    return lines


def _trained(trained: Trained) -> str:
    metrics = " · ".join(f"{name} {value:.3g}" for name, value in trained.metrics.items())
    mark = "✅" if trained.published else "💤"
    return f"{mark} {trained.kind}: {trained.detail}" + (f"\n{metrics}" if metrics else "")


def _job_line(job: ScheduledJob, run: JobRun | None) -> str:
    if job.running:
        said = "⏳ running"
    elif run is None:
        said = "🕒 not run yet"
    else:
        said = _outcome(run)
    return f"{job.id}: {said}" + (f" · next {format_dt(job.next_at, 'R')}" if job.next_at else "")


def _outcome(run: JobRun) -> str:
    when = format_dt(run.finished_at or run.started_at, "R")
    return f"{_MARKS[run.outcome]} {when} {shortened(run.detail or '', 120)}".rstrip()
