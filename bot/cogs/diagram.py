"""/diagram: from a sentence to diagrams."""

from __future__ import annotations

import asyncio
import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.background import Background
from bot.cancelling import CancelButton
from bot.descriptions import EXAMPLE
from bot.requests import Asked, Requests
from bot.starting import Starter
from storage.requests import Request

log = logging.getLogger(__name__)

MOST = 10
AT_ONCE = 4
"""How many requests of an earlier run are taken up at the same time."""


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
    )
    async def diagram(
        self,
        interaction: discord.Interaction,
        description: str,
        count: app_commands.Range[int, 1, MOST] | None = None,
        top: app_commands.Range[int, 1, MOST] | None = None,
    ) -> None:
        top = top or min(self._default_top, count or self._default_top)
        await self._starter.start(
            interaction,
            Asked(
                user_id=interaction.user.id,
                guild_id=interaction.guild_id,
                channel_id=interaction.channel_id or interaction.user.id,
                description=description,
                count=max(count or self._default_count, top),
                top=top,
            ),
        )

    async def _finish(self, request: Request, few: asyncio.Semaphore) -> None:
        async with few:  # else a long list would fill the worker's queue, and be refused
            await self._starter.resume(request)
