"""Reads the emojis that rate off a message, for catching up on events that were missed."""

from __future__ import annotations

import discord

from bot.rating.emojis import number_of, stored
from storage.database import Database
from storage.guilds import guild_settings
from storage.messages import PostedMessage
from storage.ratings import Mark, marks_on


async def fetch_marks(
    client: discord.Client, database: Database, message: PostedMessage
) -> list[Mark] | None:
    """The emojis on the message that rate its diagram; None when it is gone.

    An emoji that was a rating when it came still is one, with its number, whatever the server
    chose since. Those that are new have the numbers of today. Bots do not count, this one
    included.

    Raises:
        StorageError: the database failed.
        discord.HTTPException: Discord does not say, or the bot may not look.
    """
    async with database.reading() as session:
        chosen = (await guild_settings(session, message.guild_id)).emojis
        marks = await marks_on(session, message.diagram_id)
    known = {(mark.user_id, mark.emoji): mark.value for mark in marks}
    kinds = {mark.emoji for mark in marks}
    channel = client.get_partial_messageable(message.channel_id, guild_id=message.guild_id)
    try:
        found = await channel.fetch_message(message.message_id)
    except discord.NotFound:
        return None
    present = []
    for reaction in found.reactions:
        emoji = stored(reaction.emoji)
        number = number_of(emoji, chosen)
        if (number is None and emoji not in kinds) or (reaction.me and reaction.count == 1):
            continue
        async for user in reaction.users():
            value = known.get((user.id, emoji), number)
            if value is not None and not user.bot:
                present.append(Mark(user_id=user.id, emoji=emoji, value=value))
    return present
