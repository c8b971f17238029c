"""Reads the number emojis off a message, for catching up on events that were missed."""

from __future__ import annotations

import discord

from bot.rating.emojis import rating_of
from storage.messages import PostedMessage


async def fetch_numbers(
    client: discord.Client, message: PostedMessage
) -> list[tuple[int, int]] | None:
    """Who has which number on the message, as (user id, value); None when it is gone.

    Bots do not count, this one included.

    Raises:
        discord.HTTPException: Discord does not say, or the bot may not look.
    """
    channel = client.get_partial_messageable(message.channel_id, guild_id=message.guild_id)
    try:
        found = await channel.fetch_message(message.message_id)
    except discord.NotFound:
        return None
    numbers = []
    for reaction in found.reactions:
        value = rating_of(reaction.emoji) if isinstance(reaction.emoji, str) else None
        if value is None or (reaction.me and reaction.count == 1):
            continue
        async for user in reaction.users():
            if not user.bot:
                numbers.append((user.id, value))
    return numbers
