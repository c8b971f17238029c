"""Puts the number emojis under posted diagrams, so that rating takes one click.

One after the other in the background: Discord takes about four reactions a second in a channel,
and discord.py waits for that. The task lives only while there is something to do.
"""

from __future__ import annotations

import logging
from collections import deque

import discord

from bot.background import Background
from bot.emojis import RATING_EMOJIS

log = logging.getLogger(__name__)

MAY_NOT_REACT = (
    f"I may not add reactions in this channel, so please add {RATING_EMOJIS[0]} to "
    f"{RATING_EMOJIS[-1]} yourselves to rate. A server admin can give me the permissions "
    "**Add Reactions** and **Read Message History**."
)


class Seeder:
    """Adds the emojis to each message that it is given, in that order."""

    def __init__(self, *, client: discord.Client, background: Background) -> None:
        self._client = client
        self._background = background
        self._messages: deque[tuple[int, int]] = deque()
        self._busy = False
        self._told: set[int] = set()

    def add(self, channel_id: int, message_id: int) -> None:
        """Seed this message when those before it are done."""
        self._messages.append((channel_id, message_id))
        if not self._busy:
            self._busy = True
            self._background.start(self._work(), name="seed reactions")

    async def _work(self) -> None:
        try:
            while self._messages:
                await self._seed(*self._messages.popleft())
        finally:
            self._busy = False

    async def _seed(self, channel_id: int, message_id: int) -> None:
        channel = self._client.get_partial_messageable(channel_id)
        message = channel.get_partial_message(message_id)
        try:
            for emoji in RATING_EMOJIS:
                await message.add_reaction(emoji)
        except discord.Forbidden:
            await self._tell(channel_id)
        except discord.NotFound:
            pass  # the message was deleted meanwhile
        except discord.HTTPException as error:
            log.warning("reactions could not be added: %s", error, extra={"action": "seed"})

    async def _tell(self, channel_id: int) -> None:
        if channel_id in self._told:
            return
        self._told.add(channel_id)
        try:
            await self._client.get_partial_messageable(channel_id).send(MAY_NOT_REACT)
        except discord.HTTPException as error:
            log.warning("nobody could be told: %s", error, extra={"action": "seed"})
