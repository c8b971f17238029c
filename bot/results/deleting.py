"""Takes a diagram's messages away, and remembers that."""

from __future__ import annotations

import logging

import discord

from bot.errors import UserFacingError
from bot.texts import gettext as _
from storage.database import Database
from storage.diagrams import Diagram
from storage.messages import mark_deleted, messages_of_diagram

log = logging.getLogger(__name__)


async def delete_messages(
    client: discord.Client, database: Database, diagram: Diagram, *, by: discord.Interaction
) -> None:
    """Delete the messages that show a diagram; ratings of it stay.

    Its owner deletes all of them. The permission of anybody else is for the channel they are in.

    Raises:
        UserFacingError: Discord refused for one of them; the others are gone.
        StorageError: the database failed.
    """
    async with database.reading() as session:
        shown = await messages_of_diagram(session, diagram.id)
    if by.user.id != diagram.user_id:
        shown = [message for message in shown if message.channel_id == by.channel_id]
    refused: discord.HTTPException | None = None
    for message in shown:
        channel = client.get_partial_messageable(message.channel_id, guild_id=message.guild_id)
        try:
            await channel.get_partial_message(message.message_id).delete()
        except discord.NotFound:
            pass  # somebody was faster
        except discord.HTTPException as error:
            refused = error
            continue
        async with database.transaction() as session:
            await mark_deleted(session, message.message_id)
    if refused is not None:
        raise UserFacingError(
            _(
                "Discord did not let me delete the message. Somebody who manages messages there "
                "can do it."
            )
        ) from refused
    log.info("diagram deleted", extra={"action": "delete"})
