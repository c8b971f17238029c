"""/help: what the bot does, in one screen."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking.descriptions import EXAMPLE, MAX_DESCRIPTION
from bot.rating.emojis import RATING_EMOJIS
from bot.texts import gettext as _


def help_text(*, default_count: int, default_top: int) -> str:
    """Everything a person needs to know, within one message."""
    parts = (
        _("**I turn a sentence into diagrams and learn which ones you like.**"),
        _(
            "`/diagram description: {example}`\n"
            "I draw `count` candidates ({count} unless you say otherwise) and show the best "
            "`top` ({top}). Say which parts there are and what leads to what, in up to "
            "{most:,} characters. `/diagram-form` takes several lines."
        ).format(example=EXAMPLE, count=default_count, top=default_top, most=MAX_DESCRIPTION),
        _(
            "**The numbers.** `#1 · 8.7 / 10 · readability 4.5 · for you 4.2`: how easy the "
            "picture is to read, and how much you will like it, each 0 to 5. Until you have rated "
            "something, the second number is what the team likes."
        ),
        _(
            "**Rating.** Click {low} (bad) to {high} (great) under a diagram. The latest number "
            "counts; take it back and the one before counts again. A minute or so later my next "
            "diagrams for you are ranked by it."
        ).format(low=RATING_EMOJIS[0], high=RATING_EMOJIS[-1]),
        _(
            "**Afterwards.** Buttons under a diagram change what you name (**Refine**: “make Train "
            "red, add Test after it”), edit its text, draw it in other styles, draw more like it, "
            "or export it for PowerPoint, draw.io, Mermaid and others. `/again` draws your latest "
            "request once more; `/history` and `/search` find your diagrams, `/show` posts one. A "
            "right click on one, then *Apps*: **Rate diagram** and **Explain this diagram**."
        ),
        _(
            "`/ratings` lists what you have rated, `/taste` shows what I make of it. `/privacy` "
            "says what I keep, `/my-data export` gives it to you, `/forget-me` deletes it. `/help` "
            "shows this."
        ),
    )
    return "\n\n".join(parts)


class HelpCog(commands.Cog):
    """Explains the bot."""

    def __init__(self, *, default_count: int, default_top: int) -> None:
        self._default_count = default_count
        self._default_top = default_top

    @app_commands.command(description="What I can do, and how rating works")
    async def help(self, interaction: discord.Interaction) -> None:
        text = help_text(default_count=self._default_count, default_top=self._default_top)
        await interaction.response.send_message(text, ephemeral=True)
