"""The way from a person's wish in Discord to its fulfilment: commands and buttons share it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import discord

from bot.background import Background
from bot.posting import ChannelDelivery, cannot_post, missing_permissions
from bot.requests import Asked, Requests
from bot.seeding import Seeder
from storage.requests import Request


class Starter:
    """Answers an interaction with a status, and fulfils its request in the background."""

    def __init__(
        self, *, client: discord.Client, requests: Requests, background: Background
    ) -> None:
        self._client = client
        self._requests = requests
        self._background = background
        self._seeder = Seeder(client=client, background=background)

    async def start(
        self, interaction: discord.Interaction, asked: Asked
    ) -> tuple[Request, asyncio.Task[None]]:
        """Answer publicly and begin; the request, and the task that fulfils it.

        Raises:
            UserFacingError: it cannot be drawn, not be posted here, or nothing can be stored.
        """
        # These checks take microseconds, and before the defer a refusal can still be private.
        self._requests.checked(asked)
        check_permissions(interaction)
        status = await interaction.response.defer(thinking=True)
        request = await self._requests.accept(asked)
        if status is not None and status.message_id is not None:
            await self._requests.status_shown_in(request, status.message_id)
            request = replace(request, status_message_id=status.message_id)
        fulfilling = self._background.start(
            self._requests.fulfil(request, self._delivery(request, interaction)),
            name=f"request {request.id}",
        )
        return request, fulfilling

    async def resume(self, request: Request) -> None:
        """Fulfil what an earlier run left unfinished; its interaction is too old to use."""
        await self._requests.fulfil(request, self._delivery(request))

    def _delivery(
        self, request: Request, interaction: discord.Interaction | None = None
    ) -> ChannelDelivery:
        return ChannelDelivery(
            client=self._client,
            background=self._background,
            seeder=self._seeder,
            request=request,
            interaction=interaction,
        )


def check_permissions(interaction: discord.Interaction) -> None:
    """Raise CannotPost when the results could not be posted where the interaction was."""
    if interaction.guild_id is None:
        return  # in a direct message everything that is needed is allowed
    missing = missing_permissions(
        interaction.app_permissions, thread=isinstance(interaction.channel, discord.Thread)
    )
    if missing:
        raise cannot_post(missing)
