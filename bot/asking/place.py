"""Where somebody asks: whether the bot is a member there, or only installed by that person.

Whoever installs the app for themselves uses it everywhere: in servers without the bot, and in
direct messages with others. There the bot reads and posts nothing by itself. All it can do is
answer, by the token of the interaction, for 15 minutes and with `MOST_ANSWERS` more messages; and
reactions never reach it. Such a place is `outside`.

What is asked outside belongs to the person alone, as in direct messages: the rules of servers
hold where the bot is a member, no server's data has it, and of that place only the channel's id
is kept.
"""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.asking.asked import Asked

MOST_ANSWERS = 5
"""Messages that Discord lets follow the first answer to one interaction outside."""


def is_outside(interaction: discord.Interaction) -> bool:
    """Whether the bot is not a member of the server or the conversation."""
    if interaction.guild_id is not None:
        return interaction.client.get_guild(interaction.guild_id) is None
    return interaction.context.private_channel


def server_of(interaction: discord.Interaction) -> int | None:
    """The server whose rules hold; None in direct messages and outside."""
    return None if is_outside(interaction) else interaction.guild_id


def shows_everybody(interaction: discord.Interaction) -> bool:
    """Whether Discord lets everybody see an answer outside. Between friends it always does."""
    return interaction.guild_id is None or interaction.permissions.use_external_apps


def is_on_open_answer(interaction: discord.Interaction) -> bool:
    """Whether something was pressed below an answer outside that everybody sees.

    Nothing but the click itself can change or delete that message.
    """
    message = interaction.message
    return message is not None and not message.flags.ephemeral and is_outside(interaction)


def as_asked_in(interaction: discord.Interaction, asked: Asked) -> Asked:
    """The wish as it can be fulfilled there: outside it is no server's and shows fewer diagrams,
    and is private where Discord hides the answer anyway."""
    if not is_outside(interaction):
        return asked
    return replace(
        asked,
        guild_id=None,
        outside=True,
        private=asked.private or not shows_everybody(interaction),
        top=min(asked.top, MOST_ANSWERS),
    )
