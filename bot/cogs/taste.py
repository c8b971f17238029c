"""/taste: what the bot has learned of somebody's taste, as a picture only they see."""

from __future__ import annotations

import asyncio
from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import UserFacingError
from bot.problems import problem_of
from bot.rating.emojis import RATING_EMOJIS
from bot.rating.portrait import in_words, leanings_of, portrait
from bot.texts import gettext as _
from bot.texts import ngettext
from ml.errors import ModelError, WorkerError
from ml.worker import Draws
from storage.database import Database
from storage.rated import rated_diagrams

FEWEST = 3
_MOST = 500
"""Ratings looked at, the latest; older ones hardly count."""


class TasteCog(commands.Cog):
    """Shows people what their ratings have taught."""

    def __init__(self, *, database: Database, worker: Draws) -> None:
        self._database = database
        self._worker = worker

    @app_commands.command(description="See what you like, and how well I know it")
    async def taste(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self._database.reading() as session:
            rated = await rated_diagrams(session, interaction.user.id, _MOST)
        if len(rated) < FEWEST:
            text = _(
                "You have rated {count} of the {fewest} diagrams it takes to see a taste. "
                "Click {low} (bad) to {high} (great) under some; `/diagram` draws new ones."
            ).format(count=len(rated), fewest=FEWEST, low=RATING_EMOJIS[0], high=RATING_EMOJIS[-1])
            await interaction.edit_original_response(content=text)
            return
        found = await asyncio.to_thread(leanings_of, rated)
        try:
            png = await self._worker.picture(portrait(rated, found), scale=2.0, transparent=False)
        except (WorkerError, ModelError) as error:
            raise UserFacingError(problem_of(error, "taste")) from error
        mean = sum(one.rating for one in rated) / len(rated)
        head = ngettext(
            "Your taste, from {count} rating, {mean:.1f} on average. {words}",
            "Your taste, from {count} ratings, {mean:.1f} on average. {words}",
            len(rated),
        ).format(count=len(rated), mean=mean, words=in_words(found))
        file = discord.File(BytesIO(png), filename="taste.png", description=in_words(found))
        await interaction.edit_original_response(content=head, attachments=[file])
