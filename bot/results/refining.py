"""The form in which somebody says what is to change about a diagram.

Like the form with the text it is not kept anywhere: what comes back names its diagram.
"""

from __future__ import annotations

import re

import discord

from bot.asking.descriptions import MAX_DESCRIPTION
from bot.results.editing import sent
from bot.texts import gettext as _

_FORM = re.compile(r"diagram:wish:(?P<id>[0-9]{1,18})")


def wish_form(diagram_id: int) -> discord.ui.Modal:
    """An empty form for a wish about this diagram."""
    modal = discord.ui.Modal(title=_("Refine the diagram"), custom_id=f"diagram:wish:{diagram_id}")
    modal.add_item(
        discord.ui.Label(
            text=_("What should change?"),
            description=_("In your own words. Name the parts as the picture does."),
            component=discord.ui.TextInput(
                custom_id="wish",
                style=discord.TextStyle.paragraph,
                placeholder=_("make the decoder red, add a skip connection from Input to Output"),
                max_length=MAX_DESCRIPTION,
            ),
        )
    )
    modal.stop()  # else discord.py would keep it until it is sent, which may be never
    return modal


def wished(interaction: discord.Interaction) -> tuple[int, str] | None:
    """The diagram id and the wish, when the interaction is this form being sent."""
    return sent(interaction, _FORM)
