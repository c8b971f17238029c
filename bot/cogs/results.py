"""What the buttons under posted diagrams do: edit, restyle, more like this, delete.

Everybody who sees a diagram may draw others from it, if they may use commands there; what comes
of it is theirs. Deleting is for whoever asked for the diagram and for those who manage messages.
Each click is checked again, because channels, permissions and diagrams change over the years.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from io import BytesIO
from typing import Any

import discord
from discord.ext import commands

from bot.background import Background
from bot.buttons import Action, DiagramButton, under_bad_edit, under_delete
from bot.editing import Drafts, editable, filled_in, form
from bot.errors import UserFacingError
from bot.failures import explained, tell
from bot.requests import Asked
from bot.starting import Starter, check_permissions
from storage.database import Database
from storage.diagrams import Diagram, get_diagram
from storage.errors import NotFound
from storage.messages import is_withdrawn, mark_deleted, messages_of_diagram
from storage.requests import Request, RequestKind, RequestStatus, get_request

log = logging.getLogger(__name__)

STYLES = 8
STYLES_SHOWN = 3
FORM = "the form of an edit"
YOUR_TEXT = "Your text is in this file, so that nothing is lost."
GONE = (
    "This diagram was deleted, so there is nothing left to work with. `/diagram` draws a new one."
)


class ResultsCog(commands.Cog):
    """Answers every click under a diagram."""

    def __init__(
        self,
        *,
        client: discord.Client,
        database: Database,
        starter: Starter,
        background: Background,
    ) -> None:
        self._client = client
        self._database = database
        self._starter = starter
        self._background = background
        self._drafts = Drafts()

    async def cog_load(self) -> None:
        """Hear the buttons of every message, however old."""
        self._client.add_dynamic_items(DiagramButton)

    async def cog_unload(self) -> None:
        """Hear them no more."""
        self._client.remove_dynamic_items(DiagramButton)

    @commands.Cog.listener()
    async def on_diagram_button(
        self, interaction: discord.Interaction, action: Action, diagram_id: int
    ) -> None:
        """Somebody pressed a button."""
        match action:
            case Action.EDIT:
                work = self._edit(interaction, diagram_id)
            case Action.REDO:
                work = self._redo(interaction, diagram_id)
            case Action.RESTYLE:
                work = self._restyle(interaction, diagram_id)
            case Action.AGAIN:
                work = self._again(interaction, diagram_id)
            case Action.DELETE:
                work = self._delete(interaction, diagram_id)
            case Action.SURE:
                work = self._delete_now(interaction, diagram_id)
            case _:
                work = self._keep(interaction)
        await _answered(interaction, work, what=f"the button {action}")

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody sent the form with a diagram's text."""
        sent = filled_in(interaction)
        if sent is not None:
            work = self._edited(interaction, *sent)
            await _answered(interaction, work, what=FORM)

    async def _edit(self, interaction: discord.Interaction, diagram_id: int) -> None:
        # Only the first answer to a click can be a form, and reading never waits for writers.
        diagram, _ = await self._find(diagram_id)
        may_draw(interaction)
        await interaction.response.send_modal(form(diagram_id, editable(diagram.text)))

    async def _redo(self, interaction: discord.Interaction, diagram_id: int) -> None:
        text = self._drafts.get(interaction.user.id, diagram_id)
        if text is None:
            raise UserFacingError(
                "I have forgotten your text meanwhile, but it is still in the file here. Press "
                "**Edit text** under the diagram and paste it in."
            )
        await interaction.response.send_modal(form(diagram_id, text))

    async def _edited(self, interaction: discord.Interaction, diagram_id: int, text: str) -> None:
        try:
            may_draw(interaction)
            diagram, origin = await self._find(diagram_id)
            asked = _asked(
                interaction, diagram, origin, RequestKind.EDIT, text=text, count=1, top=1
            )
            request, drawing = await self._starter.start(interaction, asked)
        except Exception as error:
            if interaction.response.is_done():  # publicly: the status becomes the problem
                await tell(interaction, error, what=FORM)
                said = YOUR_TEXT
            else:
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
            await self._give_back(interaction, diagram_id, request.text or "", YOUR_TEXT)

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
        may_draw(interaction)
        diagram, origin = await self._find(diagram_id)
        await self._starter.start(interaction, _restyled(interaction, diagram, origin))

    async def _again(self, interaction: discord.Interaction, diagram_id: int) -> None:
        """More like this one.

        What the language model wrote, it writes anew with another seed. A diagram that somebody
        edited, or that is in other styles already, is not what its description says any more, and
        writing that anew would throw their work away: those keep their structure, and more like
        them are other styles.
        """
        may_draw(interaction)
        diagram, origin = await self._find(diagram_id)
        if origin.kind is RequestKind.DESCRIBE:
            asked = _asked(
                interaction,
                diagram,
                origin,
                RequestKind.DESCRIBE,
                text=None,
                count=origin.count,
                top=origin.top,
            )
        else:
            asked = _restyled(interaction, diagram, origin)
        await self._starter.start(interaction, asked)

    async def _delete(self, interaction: discord.Interaction, diagram_id: int) -> None:
        diagram, _ = await self._find(diagram_id)
        may_delete(interaction, diagram)
        await interaction.response.send_message(
            "Delete this diagram for everybody? This cannot be undone.",
            view=under_delete(diagram_id),
            ephemeral=True,
        )

    async def _delete_now(self, interaction: discord.Interaction, diagram_id: int) -> None:
        await interaction.response.defer()
        diagram, _ = await self._find(diagram_id)
        may_delete(interaction, diagram)
        async with self._database.reading() as session:
            shown = await messages_of_diagram(session, diagram_id)
        if interaction.user.id != diagram.user_id:  # a permission is for one channel only
            shown = [message for message in shown if message.channel_id == interaction.channel_id]
        for message in shown:
            channel = self._client.get_partial_messageable(message.channel_id)
            try:
                await channel.get_partial_message(message.message_id).delete()
            except discord.NotFound:
                pass  # somebody was faster
            except discord.HTTPException as error:
                raise UserFacingError(
                    "Discord did not let me delete the message. Somebody who manages messages "
                    "here can do it."
                ) from error
            async with self._database.transaction() as session:
                await mark_deleted(session, message.message_id)
        log.info("diagram deleted", extra={"action": "delete"})
        await interaction.edit_original_response(content="🗑️ Deleted.", view=None)

    async def _keep(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content="Kept. Nothing was deleted.", view=None)

    async def _find(self, diagram_id: int) -> tuple[Diagram, Request]:
        """The diagram and the request it came from.

        Raises:
            UserFacingError: it was deleted or forgotten.
        """
        try:
            async with self._database.reading() as session:
                diagram = await get_diagram(session, diagram_id)
                origin = await get_request(session, diagram.request_id)
                gone = await is_withdrawn(session, diagram_id)
        except NotFound as error:
            raise UserFacingError(GONE) from error
        if gone:
            raise UserFacingError(GONE)
        return diagram, origin


async def _answered(
    interaction: discord.Interaction, work: Coroutine[Any, Any, None], *, what: str
) -> None:
    """Do the work; what goes wrong is told where a command's errors are told."""
    try:
        await work
    except Exception as error:
        await tell(interaction, error, what=what)


def may_draw(interaction: discord.Interaction) -> None:
    """Raise UserFacingError when this person, or the bot, may not draw here."""
    if interaction.guild_id is not None and not interaction.permissions.use_application_commands:
        raise UserFacingError(
            "You may not use commands in this channel, and these buttons are like commands. A "
            "server admin can give you the permission **Use Application Commands**."
        )
    check_permissions(interaction)


def may_delete(interaction: discord.Interaction, diagram: Diagram) -> None:
    """Raise UserFacingError when this person may not delete the diagram here."""
    if interaction.user.id == diagram.user_id:
        return
    if interaction.guild_id is None or not interaction.permissions.manage_messages:
        raise UserFacingError(
            "Only whoever asked for this diagram, and people with the permission "
            "**Manage Messages**, can delete it."
        )


def _restyled(interaction: discord.Interaction, diagram: Diagram, origin: Request) -> Asked:
    return _asked(
        interaction,
        diagram,
        origin,
        RequestKind.RESTYLE,
        text=diagram.text,
        count=STYLES,
        top=STYLES_SHOWN,
    )


def _asked(
    interaction: discord.Interaction,
    diagram: Diagram,
    origin: Request,
    kind: RequestKind,
    *,
    text: str | None,
    count: int,
    top: int,
) -> Asked:
    return Asked(
        user_id=interaction.user.id,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id or interaction.user.id,
        description=origin.description,
        count=count,
        top=top,
        kind=kind,
        text=text,
        parent_id=diagram.id,
    )
