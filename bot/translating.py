"""How Discord and this bot come to speak a person's language.

Discord shows commands, options, choices and context menus in it, from what a `Translator` says
when they are registered. Names that people type are the same in every language, as texts and
documents name them. Whatever somebody acts on is `Addressed`, and answers in the language of
their Discord.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.texts import gettext, speak, speaking

_TYPED = {
    app_commands.TranslationContextLocation.command_name,
    app_commands.TranslationContextLocation.group_name,
    app_commands.TranslationContextLocation.parameter_name,
}


class Addressed:
    """A command tree, a button, a menu or a form; to be named before discord.py's own class."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Everybody may; discord.py asks first, in the task that answers."""
        address(interaction)
        return True


def address(interaction: discord.Interaction[Any]) -> None:
    """Speak, in this task, the language of whoever acted."""
    speak(str(interaction.locale))


class Translator(app_commands.Translator):
    """The words of commands from the catalogues of `bot/texts.py`."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The words in this language; None where they are English, or are typed."""
        typed = context.location in _TYPED
        if typed and not isinstance(context.data, app_commands.ContextMenu):
            return None
        with speaking(str(locale)):
            translated = gettext(string.message)
        return None if translated == string.message else translated
