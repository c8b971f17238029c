"""What the buttons under posted diagrams do: refine, edit, restyle, more like this, export,
delete.

Everybody who sees a diagram may draw others from it, if they may use commands there; what comes
of it is theirs. Deleting is for whoever asked for the diagram and for those who manage messages.
Each click is checked again, because channels, permissions and diagrams change over the years.
"""

from __future__ import annotations

import asyncio
import logging
from io import BytesIO

import discord
from discord.ext import commands

from bot.asking.place import is_on_open_answer
from bot.asking.starting import Starter
from bot.background import Background
from bot.errors import UserFacingError
from bot.failures import answered, explained
from bot.rating.buttons import under_answer
from bot.results.buttons import Action, DiagramButton, under_bad_edit, under_delete
from bot.results.deleting import delete_messages
from bot.results.editing import Drafts, editable, filled_in, form
from bot.results.exporting import Exports, FormatMenu, format_menu
from bot.results.refining import wish_form, wished
from bot.results.shown import find_shown, may_delete, may_draw
from bot.texts import gettext as _
from bot.texts import later
from bot.translating import address
from ml.export.formats import Format
from storage.database import Database
from storage.diagrams import hide_diagram
from storage.requests import Request, RequestStatus, get_request

log = logging.getLogger(__name__)

FORM = "the form of an edit"
YOUR_TEXT = later("Your text is in this file, so that nothing is lost.")


class ResultsCog(commands.Cog):
    """Answers every click under a diagram."""

    def __init__(
        self,
        *,
        client: discord.Client,
        database: Database,
        starter: Starter,
        background: Background,
        exports: Exports,
    ) -> None:
        self._client = client
        self._database = database
        self._starter = starter
        self._background = background
        self._exports = exports
        self._drafts = Drafts()

    async def cog_load(self) -> None:
        """Hear the buttons of every message, however old."""
        self._client.add_dynamic_items(DiagramButton, FormatMenu)

    async def cog_unload(self) -> None:
        """Hear them no more."""
        self._client.remove_dynamic_items(DiagramButton, FormatMenu)

    @commands.Cog.listener()
    async def on_diagram_button(
        self, interaction: discord.Interaction, action: Action, diagram_id: int
    ) -> None:
        """Somebody pressed a button."""
        match action:
            case Action.REFINE:
                work = self._refine(interaction, diagram_id)
            case Action.EDIT:
                work = self._edit(interaction, diagram_id)
            case Action.REDO:
                work = self._redo(interaction, diagram_id)
            case Action.RESTYLE:
                work = self._restyle(interaction, diagram_id)
            case Action.AGAIN:
                work = self._again(interaction, diagram_id)
            case Action.EXPORT:
                work = self._export(interaction, diagram_id)
            case Action.DELETE:
                work = self._delete(interaction, diagram_id)
            case Action.SURE:
                work = self._delete_now(interaction, diagram_id)
            case _:
                work = self._keep(interaction, diagram_id)
        await answered(interaction, work, what=f"the button {action}")

    @commands.Cog.listener()
    async def on_diagram_format(
        self, interaction: discord.Interaction, chosen: str, diagram_id: int
    ) -> None:
        """Somebody chose a format."""
        work = self._export_as(interaction, chosen, diagram_id)
        await answered(interaction, work, what=f"the export as {chosen}")

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody sent the form with a diagram's text, or with a wish about a diagram."""
        address(interaction)
        text, wish = filled_in(interaction), wished(interaction)
        if text is not None:
            await answered(interaction, self._edited(interaction, *text), what=FORM)
        elif wish is not None:
            await answered(interaction, self._refined(interaction, *wish), what="a refinement")

    async def _refine(self, interaction: discord.Interaction, diagram_id: int) -> None:
        # Only the first answer to a click can be a form, and reading never waits for writers.
        shown = await find_shown(self._database, diagram_id)
        may_draw(interaction, shown)
        await interaction.response.send_modal(wish_form(diagram_id))

    async def _refined(self, interaction: discord.Interaction, diagram_id: int, wish: str) -> None:
        shown = await find_shown(self._database, diagram_id)
        may_draw(interaction, shown)
        await self._starter.start(interaction, shown.refined(interaction, wish))

    async def _edit(self, interaction: discord.Interaction, diagram_id: int) -> None:
        # Only the first answer to a click can be a form, and reading never waits for writers.
        shown = await find_shown(self._database, diagram_id)
        may_draw(interaction, shown)
        await interaction.response.send_modal(form(diagram_id, editable(shown.diagram.text)))

    async def _redo(self, interaction: discord.Interaction, diagram_id: int) -> None:
        text = self._drafts.get(interaction.user.id, diagram_id)
        if text is None:
            raise UserFacingError(
                _(
                    "I have forgotten your text meanwhile, but it is still in the file here. "
                    "Press **Edit text** under the diagram and paste it in."
                )
            )
        await interaction.response.send_modal(form(diagram_id, text))

    async def _edited(self, interaction: discord.Interaction, diagram_id: int, text: str) -> None:
        try:
            shown = await find_shown(self._database, diagram_id)
            may_draw(interaction, shown)
            request, drawing = await self._starter.start(
                interaction, shown.edited(interaction, text)
            )
        except Exception as error:
            said = explained(error, what=FORM)
            await self._give_back(interaction, diagram_id, text, said)
            return
        self._background.start(
            self._give_back_if_failed(interaction, diagram_id, request, drawing),
            name=f"outcome of {request.id}",
        )

    async def _give_back_if_failed(
        self,
        interaction: discord.Interaction,
        diagram_id: int,
        request: Request,
        drawing: asyncio.Task[None],
    ) -> None:
        await asyncio.wait([drawing])
        async with self._database.reading() as session:
            status = (await get_request(session, request.id)).status
        if status is RequestStatus.FAILED and not interaction.is_expired():
            await self._give_back(interaction, diagram_id, request.text or "", _(YOUR_TEXT))

    async def _give_back(
        self, interaction: discord.Interaction, diagram_id: int, text: str, said: str
    ) -> None:
        """Send a person's text back to them alone."""
        self._drafts.put(interaction.user.id, diagram_id, text)
        done = interaction.response.is_done()
        send = interaction.followup.send if done else interaction.response.send_message
        try:
            await send(
                said,
                file=discord.File(BytesIO(text.encode()), filename="diagram.txt"),
                view=under_bad_edit(diagram_id),
                ephemeral=True,
            )
        except discord.HTTPException as error:
            log.warning("a text could not be given back: %s", error, extra={"action": "edit"})

    async def _restyle(self, interaction: discord.Interaction, diagram_id: int) -> None:
        shown = await find_shown(self._database, diagram_id)
        may_draw(interaction, shown)
        await self._starter.start(interaction, shown.restyled(interaction))

    async def _again(self, interaction: discord.Interaction, diagram_id: int) -> None:
        shown = await find_shown(self._database, diagram_id)
        may_draw(interaction, shown)
        await self._starter.start(interaction, shown.again(interaction))

    async def _export(self, interaction: discord.Interaction, diagram_id: int) -> None:
        await find_shown(self._database, diagram_id)
        await interaction.response.send_message(
            _("Choose a format. Only you will see the file."),
            view=format_menu(diagram_id),
            ephemeral=True,
        )

    async def _export_as(
        self, interaction: discord.Interaction, chosen: str, diagram_id: int
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        shown = await find_shown(self._database, diagram_id)
        name, data = await self._exports.file(shown, Format(chosen))
        await interaction.edit_original_response(
            attachments=[discord.File(BytesIO(data), filename=name)]
        )

    async def _delete(self, interaction: discord.Interaction, diagram_id: int) -> None:
        shown = await find_shown(self._database, diagram_id)
        may_delete(interaction, shown.diagram)
        if is_on_open_answer(interaction):  # then it is asked there
            await interaction.response.edit_message(view=under_delete(diagram_id))
            return
        await interaction.response.send_message(
            _("Delete this diagram for everybody? This cannot be undone."),
            view=under_delete(diagram_id),
            ephemeral=True,
        )

    async def _delete_now(self, interaction: discord.Interaction, diagram_id: int) -> None:
        await interaction.response.defer()
        shown = await find_shown(self._database, diagram_id)
        may_delete(interaction, shown.diagram)
        if shown.origin.private or shown.origin.outside:
            async with self._database.transaction() as session:
                await hide_diagram(session, diagram_id)
        await delete_messages(self._client, self._database, shown.diagram, by=interaction)
        if is_on_open_answer(interaction):
            await interaction.delete_original_response()
        else:
            await interaction.edit_original_response(content=_("🗑️ Deleted."), view=None)

    async def _keep(self, interaction: discord.Interaction, diagram_id: int) -> None:
        if is_on_open_answer(interaction):
            shown = await find_shown(self._database, diagram_id)
            may_delete(interaction, shown.diagram)
            await interaction.response.edit_message(view=under_answer(diagram_id))
            return
        await interaction.response.edit_message(content=_("Kept. Nothing was deleted."), view=None)
