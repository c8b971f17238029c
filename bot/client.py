"""The bot itself: a discord.py client with the cogs, the error handler and nothing else."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from yarl import URL

from bot.asking.policy import Policy
from bot.asking.requests import Requests
from bot.asking.starting import Starter
from bot.background import Background
from bot.cogs.admin import AdminCog
from bot.cogs.choices import ChoicesCog
from bot.cogs.diagram import DiagramCog
from bot.cogs.help import HelpCog
from bot.cogs.history import HistoryCog
from bot.cogs.menus import MenusCog
from bot.cogs.privacy import PrivacyCog
from bot.cogs.ratings import RatingsCog
from bot.cogs.results import ResultsCog
from bot.cogs.settings import SettingsCog
from bot.cogs.taste import TasteCog
from bot.failures import tell
from bot.people.forgetting import Forgetter
from bot.results.exporting import Exports
from bot.results.replies import QUIET
from bot.syncing import is_known
from bot.translating import Addressed, Translator
from jobs.refresh import REFRESH
from jobs.scheduler import Schedule
from jobs.trainer import Trainer
from ml.registry import Registry
from ml.worker import Draws
from storage.database import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class BotConfig:
    """What the bot needs to know of the settings."""

    default_count: int = 5
    default_top: int = 3
    guild_ids: tuple[int, ...] = ()
    backup_days: int = 0
    writes_elsewhere: bool = False


def intents() -> discord.Intents:
    """The least that is needed, none of it privileged.

    Guilds for channels and permissions, reactions for ratings, and messages only because their
    deletion is an event of that group; what people write is not part of it.
    """
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.guild_reactions = True
    wanted.dm_reactions = True
    wanted.guild_messages = True
    wanted.dm_messages = True
    return wanted


class DiagramBot(commands.Bot):
    """Everything that happens in Discord. Its collaborators are opened and closed by others."""

    def __init__(
        self,
        *,
        requests: Requests,
        database: Database,
        schedule: Schedule,
        worker: Draws,
        trainer: Trainer,
        registry: Registry,
        images: Path,
        policy: Policy | None,
        config: BotConfig,
    ) -> None:
        # This bot never speaks, so what speaking lacks is no warning.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents(),
            tree_cls=Tree,
            allowed_mentions=QUIET,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        self.requests = requests
        self._database = database
        self._schedule = schedule
        self._worker = worker
        self._trainer = trainer
        self._registry = registry
        self._images = images
        self._config = config
        self.background = Background()
        self._starter = Starter(
            client=self,
            database=database,
            requests=requests,
            background=self.background,
            policy=policy,
        )

    async def setup_hook(self) -> None:
        """Add the cogs and tell Discord which commands there are."""
        self._offer()
        config = self._config
        await self.add_cog(
            DiagramCog(
                client=self,
                starter=self._starter,
                requests=self.requests,
                background=self.background,
                default_count=config.default_count,
                default_top=config.default_top,
            )
        )
        await self.add_cog(
            RatingsCog(
                client=self,
                database=self._database,
                schedule=self._schedule,
                background=self.background,
            )
        )
        await self.add_cog(
            ResultsCog(
                client=self,
                database=self._database,
                starter=self._starter,
                background=self.background,
                exports=Exports(worker=self._worker, images=self._images),
            )
        )
        await self.add_cog(
            HistoryCog(
                client=self,
                starter=self._starter,
                database=self._database,
                images=self._images,
            )
        )
        await self.add_cog(
            PrivacyCog(
                client=self,
                database=self._database,
                images=self._images,
                forgetter=Forgetter(
                    client=self,
                    database=self._database,
                    requests=self.requests,
                    images=self._images,
                    background=self.background,
                    refresh_taste=partial(self._schedule.run_now, REFRESH),
                ),
                backup_days=config.backup_days,
                writes_elsewhere=config.writes_elsewhere,
            )
        )
        await self.add_cog(MenusCog(client=self, database=self._database))
        await self.add_cog(ChoicesCog(client=self, database=self._database))
        await self.add_cog(TasteCog(database=self._database, worker=self._worker))
        await self.add_cog(
            HelpCog(default_count=config.default_count, default_top=config.default_top)
        )
        await self.add_cog(
            AdminCog(
                client=self,
                background=self.background,
                database=self._database,
                schedule=self._schedule,
                worker=self._worker,
                trainer=self._trainer,
                registry=self._registry,
                images=self._images,
            )
        )
        await self.add_cog(SettingsCog(database=self._database))
        await self.tree.set_translator(Translator())
        await self._sync()

    def _offer(self) -> None:
        """Say where commands are offered, unless a command says otherwise.

        Where the app may be installed by a person for themselves, which its owner decides at
        Discord, that is everywhere. Where not, Discord refuses to hear of it, and of places that
        only such people can use it in.
        """
        if self.application is not None and self.application.user_integration_config is not None:
            self.tree.allowed_installs = app_commands.AppInstallationType(guild=True, user=True)
            self.tree.allowed_contexts = app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            )

    async def _sync(self) -> None:
        """Commands of chosen guilds are there at once; those for everybody can take an hour."""
        for guild_id in self._config.guild_ids:
            guild = discord.Object(guild_id)
            self.tree.copy_global_to(guild=guild)
            try:
                if not await is_known(self.tree, guild=guild):
                    await self.tree.sync(guild=guild)
            except discord.HTTPException as error:
                log.error("the guild %s in GUILD_IDS cannot be used: %s", guild_id, error)
        if not self._config.guild_ids and not await is_known(self.tree):
            await self.tree.sync()

    async def connect(self, *, reconnect: bool = True) -> None:
        """Connect to the gateway that the API names, which another server may have its own of."""
        _, url, _ = await self.http.get_bot_gateway()
        # A class attribute: discord.py comes back to it whenever a session cannot be resumed.
        DiscordWebSocket.DEFAULT_GATEWAY = URL(url)
        await super().connect(reconnect=reconnect)

    async def on_message(self, message: discord.Message, /) -> None:
        """Commands are slash commands; what people write is never looked at."""

    async def close(self) -> None:
        """End the background tasks, then the connection."""
        await self.background.close()
        await super().close()


class Tree(Addressed, app_commands.CommandTree[DiagramBot]):
    """The commands, with the one place where their errors become answers."""

    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        command = interaction.command.qualified_name if interaction.command else "?"
        await tell(interaction, cause, what=f"/{command}")
