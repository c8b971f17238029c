"""What can be done with a diagram's message: **Rate diagram** and **Explain this diagram**."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking.place import is_on_open_answer
from bot.errors import UserFacingError
from bot.failures import tell
from bot.rating.buttons import RateButton, ask_for_rating, diagram_of_answer, under_answer
from bot.results.delivery import escaped
from bot.results.explaining import explain
from bot.results.replies import QUIET
from bot.texts import gettext as _
from ml.errors import SpecError
from ml.spec.text import parse_spec
from storage.database import Database
from storage.diagrams import get_diagram
from storage.errors import NotFound
from storage.messages import diagram_of_message
from storage.ratings import set_rating

RATE = "Rate diagram"
EXPLAIN = "Explain this diagram"


class MenusCog(commands.Cog):
    """Message context menus; their answers are seen by one person only."""

    def __init__(self, *, client: commands.Bot, database: Database) -> None:
        self._client = client
        self._database = database
        # discord.py makes no context menu of a cog's method by itself.
        self._menus = (
            app_commands.ContextMenu(name=RATE, callback=self._rate),
            app_commands.ContextMenu(name=EXPLAIN, callback=self._explain),
        )

    async def cog_load(self) -> None:
        """Add the menus, and take up the buttons of earlier runs."""
        for menu in self._menus:
            self._client.tree.add_command(menu)
        self._client.add_dynamic_items(RateButton)

    async def cog_unload(self) -> None:
        for menu in self._menus:
            self._client.tree.remove_command(menu.name, type=menu.type)

    @commands.Cog.listener()
    async def on_rated_by_button(
        self, interaction: discord.Interaction, diagram_id: int, value: int, in_result: bool
    ) -> None:
        """Keep the rating, and say so where the buttons are, or privately if all see those."""
        everybody = is_on_open_answer(interaction)
        try:
            if everybody:
                await interaction.response.defer(ephemeral=True, thinking=True)
            else:
                await interaction.response.defer()
            async with self._database.transaction() as session:
                await set_rating(session, interaction.user.id, diagram_id, value)
            if in_result and not everybody:
                await interaction.edit_original_response(view=under_answer(diagram_id, value))
            else:
                await ask_for_rating(interaction, self._database, diagram_id)
        except NotFound:
            gone = UserFacingError(_("This diagram is gone, so it cannot be rated any more."))
            await tell(interaction, gone, what="rating by a button")
        except Exception as error:
            await tell(interaction, error, what="rating by a button")

    async def _rate(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await ask_for_rating(interaction, self._database, await self._diagram_of(message))

    async def _explain(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        diagram_id = await self._diagram_of(message)
        async with self._database.reading() as session:
            diagram = await get_diagram(session, diagram_id)
        try:
            text = explain(parse_spec(diagram.text))
        except SpecError as error:  # another dialect
            raise UserFacingError(
                _("This diagram was written as bare shapes, so I cannot say what they mean.")
            ) from error
        # An embed has room for every character escaped; a message has not.
        lines = "\n".join(escaped(line) for line in text.split("\n"))
        title = _("Diagram {id}").format(id=diagram_id)
        embed = discord.Embed(title=title, description=lines)
        await interaction.edit_original_response(embed=embed, allowed_mentions=QUIET)

    async def _diagram_of(self, message: discord.Message) -> int:
        async with self._database.reading() as session:
            diagram_id = await diagram_of_message(session, message.id)
        if diagram_id is None and message.author == self._client.user:
            diagram_id = diagram_of_answer(message)
        if diagram_id is None:
            raise UserFacingError(
                _(
                    "There is no diagram of mine in this message. Please choose one with a "
                    "picture that I posted."
                )
            )
        return diagram_id
