"""What the parts of /admin share."""

from __future__ import annotations

from pathlib import Path

import discord
from discord.ext import commands

from bot.background import Background
from bot.errors import UserFacingError
from bot.operating.models import Models
from bot.people.moderation import Moderation
from bot.results.replies import Reply
from bot.texts import gettext as _
from jobs.refresh import REFRESH
from jobs.scheduler import Schedule
from jobs.trainer import Trainer
from ml.registry import Registry
from ml.worker import Draws
from storage.database import Database


class AdminCommands(commands.Cog):
    """One group of commands stands in several modules; this holds what they work with."""

    def __init__(
        self,
        *,
        client: discord.Client,
        background: Background,
        database: Database,
        schedule: Schedule,
        worker: Draws,
        trainer: Trainer,
        registry: Registry,
        images: Path,
    ) -> None:
        super().__init__()
        self._client = client
        self._background = background
        self._database = database
        self._schedule = schedule
        self._worker = worker
        self._trainer = trainer
        self._images = images
        self._moderation = Moderation(database)
        self._models = Models(
            registry=registry, worker=worker, database=database, refresh=self._start_refresh
        )

    def _start_refresh(self) -> None:
        self._background.start(self._schedule.run_now(REFRESH), name="refresh after rollback")

    def _reply(self, interaction: discord.Interaction) -> Reply:
        """An answer that takes its time, for one person: nothing is said in the channel.

        How it ended after the interaction is too old stands in /admin jobs.
        """
        return Reply(
            client=self._client,
            background=self._background,
            channel_id=interaction.channel_id or interaction.user.id,
            user_id=interaction.user.id,
            message_id=None,
            interaction=interaction,
            quiet=True,
        )


async def must_operate(interaction: discord.Interaction) -> None:
    """Raise UserFacingError when this person may not change what all servers share.

    Models and jobs are the installation's. Where the bot is in one server only, the admins of
    that server run it; else whoever owns the application in Discord, or is in its team.
    """
    client = interaction.client
    assert isinstance(client, commands.Bot)
    if len(client.guilds) > 1 and not await client.is_owner(interaction.user):
        raise UserFacingError(
            _(
                "I am in several servers, and all of them share the models and jobs. So only "
                "whoever runs this bot may do that: the owner of the application in Discord, or "
                "its team."
            )
        )


def where_and_who(interaction: discord.Interaction) -> tuple[int, int]:
    """The server and the admin."""
    assert interaction.guild_id is not None  # guild_only
    return interaction.guild_id, interaction.user.id
