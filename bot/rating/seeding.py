"""Puts the number emojis under posted diagrams, so that rating takes one click.

One after the other in the background: Discord takes about four reactions a second in a channel,
and discord.py waits for that. The task lives only while there is something to do.
"""

from __future__ import annotations

import logging
from collections import deque

import discord

from bot.background import Background
from bot.rating.emojis import RATING_EMOJIS
from bot.texts import gettext as _

log = logging.getLogger(__name__)


class Seeder:
    """Adds the emojis to the messages it is given: in that order, channels side by side."""

    def __init__(self, *, client: discord.Client, background: Background) -> None:
        self._client = client
        self._background = background
        self._waiting: dict[int, deque[int]] = {}
        self._told: set[int] = set()

    def add(self, channel_id: int, message_id: int) -> None:
        """Seed this message when those before it in the same channel are done."""
        waiting = self._waiting.get(channel_id)
        if waiting is not None:
            waiting.append(message_id)
            return
        self._waiting[channel_id] = deque([message_id])
        self._background.start(self._work(channel_id), name="seed reactions")

    async def _work(self, channel_id: int) -> None:
        try:
            while waiting := self._waiting[channel_id]:
                await self._seed(channel_id, waiting.popleft())
        finally:
            del self._waiting[channel_id]

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
        text = _(
            "I may not add reactions in this channel, so please add {low} to {high} yourselves to "
            "rate. A server admin can give me the permissions **Add Reactions** and **Read "
            "Message History**."
        ).format(low=RATING_EMOJIS[0], high=RATING_EMOJIS[-1])
        try:
            await self._client.get_partial_messageable(channel_id).send(text)
        except discord.HTTPException as error:
            log.warning("nobody could be told: %s", error, extra={"action": "seed"})
