"""Answers to “A or B?”: kept as pairs, from which preference tuning learns.

They leave the taste of whoever answers alone: the nearest neighbours need ratings 0–5, and a
pair says which is better, not how good either is.
"""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.failures import tell
from bot.rating.choosing import Answer, ChooseButton
from bot.results.shown import find_shown
from bot.texts import gettext as _
from storage.choices import choose, unchoose
from storage.database import Database


class ChoicesCog(commands.Cog):
    """Hears the buttons below the question, however old it is."""

    def __init__(self, *, client: discord.Client, database: Database) -> None:
        self._client = client
        self._database = database

    async def cog_load(self) -> None:
        self._client.add_dynamic_items(ChooseButton)

    async def cog_unload(self) -> None:
        self._client.remove_dynamic_items(ChooseButton)

    @commands.Cog.listener()
    async def on_a_or_b(
        self, interaction: discord.Interaction, a: int, b: int, answer: Answer
    ) -> None:
        """Keep the answer, and tell only whoever gave it."""
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await self._keep(interaction.user.id, a, b, answer)
            if answer is Answer.NEITHER:
                noted = _("Noted: neither is better.")
            else:
                noted = _("Noted: {answer} is better.").format(answer=answer.upper())
            then = _("Press another button if you change your mind.")
            await interaction.edit_original_response(content=f"{noted} {then}")
        except Exception as error:
            await tell(interaction, error, what="A or B")

    async def _keep(self, user_id: int, a: int, b: int, answer: Answer) -> None:
        """Store the answer.

        Raises:
            UserFacingError: one of the diagrams was deleted.
            StorageError: the database failed.
        """
        for diagram_id in (a, b):
            await find_shown(self._database, diagram_id)
        async with self._database.transaction() as session:
            if answer is Answer.NEITHER:
                await unchoose(session, user_id, a, b)
            else:
                better, worse = (a, b) if answer is Answer.A else (b, a)
                await choose(session, user_id, better, worse)
