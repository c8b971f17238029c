"""/diagram: from a sentence to diagrams."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from enum import StrEnum
from io import BytesIO
from typing import Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking.cancelling import CancelButton
from bot.asking.descriptions import EXAMPLE, MAX_DESCRIPTION, clean
from bot.asking.requests import Asked, Requests
from bot.asking.starting import Starter
from bot.asking.wishes import with_wishes, words_of
from bot.background import Background
from bot.failures import explained
from bot.texts import gettext as _
from bot.translating import Addressed
from ml.spec.model import Detail, Direction, Palette
from storage.guilds import GuildSettings
from storage.requests import Request

log = logging.getLogger(__name__)

MOST = 10
AT_ONCE = 4
"""How many requests of an earlier run are taken up at the same time."""


def _choices(words: type[StrEnum]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=words_of(word), value=word.value) for word in words]


class DescriptionForm(Addressed, discord.ui.Modal):
    """Takes a description of several lines and starts its request, or gives it back.

    Whoever leaves it open over a restart gets Discord's own error and asks again.
    """

    def __init__(self, start: Callable[[discord.Interaction, str], Awaitable[None]]) -> None:
        super().__init__(title=_("What shall I draw?"), timeout=30 * 60)
        self._start = start
        self._text: discord.ui.TextInput[Self] = discord.ui.TextInput(
            custom_id="description",
            style=discord.TextStyle.paragraph,
            placeholder=EXAMPLE,
            max_length=MAX_DESCRIPTION,
        )
        self.add_item(
            discord.ui.Label(
                text=_("Description"),
                description=_("Which parts are there, and what leads to what?"),
                component=self._text,
            )
        )

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        await self._start(interaction, self._text.value)

    async def on_error(self, interaction: discord.Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """Say why it was refused, with the text in a file: it may have taken long to type."""
        done = interaction.response.is_done()
        send = interaction.followup.send if done else interaction.response.send_message
        try:
            await send(
                explained(error, what="/diagram-form"),
                file=discord.File(BytesIO(self._text.value.encode()), filename="description.txt"),
                ephemeral=True,
            )
        except discord.HTTPException as failure:
            log.warning("a description was not given back: %s", failure, extra={"action": "form"})


class DiagramCog(commands.Cog):
    """Takes requests in, and takes up those that an earlier run left unfinished."""

    def __init__(
        self,
        *,
        client: discord.Client,
        starter: Starter,
        requests: Requests,
        background: Background,
        default_count: int,
        default_top: int,
    ) -> None:
        self._client = client
        self._starter = starter
        self._requests = requests
        self._background = background
        self._default_count = default_count
        self._default_top = default_top

    async def cog_load(self) -> None:
        """Take up what an earlier run left, before any new command can come."""
        self._client.add_dynamic_items(CancelButton)
        left = await self._requests.take_up()
        if left:
            log.info("%d requests to finish", len(left), extra={"action": "take_up"})
        few = asyncio.Semaphore(AT_ONCE)
        for request in left:
            self._background.start(self._finish(request, few), name=f"take up request {request.id}")

    @app_commands.command(description="Draw a sentence as diagrams and show the best")
    @app_commands.describe(
        description=f"What to draw, for example: {EXAMPLE}",
        count="How many candidates to draw, 1 to 10",
        top="How many of them to show, 1 to 10",
        direction="Which way it goes",
        palette="Its colours",
        detail="Whether layers are drawn node by node",
        private="Only you see it, and you rate it by buttons",
    )
    @app_commands.choices(
        direction=_choices(Direction), palette=_choices(Palette), detail=_choices(Detail)
    )
    async def diagram(
        self,
        interaction: discord.Interaction,
        description: str,
        count: app_commands.Range[int, 1, MOST] | None = None,
        top: app_commands.Range[int, 1, MOST] | None = None,
        direction: str | None = None,
        palette: str | None = None,
        detail: str | None = None,
        private: bool = False,
    ) -> None:
        """Wishes for the looks become part of the description: see `bot/asking/wishes.py`."""
        wishes = (
            Direction(direction) if direction else None,
            Palette(palette) if palette else None,
            Detail(detail) if detail else None,
        )
        described = with_wishes(clean(description), *wishes)
        await self._start(interaction, described, count, top, private=private)

    @app_commands.command(
        name="diagram-form", description="Draw a description of several lines, typed into a form"
    )
    async def diagram_form(self, interaction: discord.Interaction) -> None:
        # Only the first answer can be a form, and reading never waits for writers.
        await self._starter.check_may_ask(interaction)
        await interaction.response.send_modal(DescriptionForm(self._start))

    async def _start(
        self,
        interaction: discord.Interaction,
        description: str,
        count: int | None = None,
        top: int | None = None,
        *,
        private: bool = False,
    ) -> None:
        stands = await self._starter.standing(interaction)  # once: it all delays the answer
        rules = stands.settings if stands else GuildSettings()
        usual_count = rules.default_count or self._default_count
        usual_top = rules.default_top or self._default_top
        top = top or min(usual_top, count or usual_top)
        await self._starter.start(
            interaction,
            Asked(
                user_id=interaction.user.id,
                guild_id=interaction.guild_id,
                channel_id=interaction.channel_id or interaction.user.id,
                description=clean(description),
                count=max(count or usual_count, top),
                top=top,
                private=private,
            ),
            stands=stands,
        )

    async def _finish(self, request: Request, few: asyncio.Semaphore) -> None:
        async with few:  # else a long list would fill the worker's queue, and be refused
            await self._starter.resume(request)
