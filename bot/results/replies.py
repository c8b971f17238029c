"""One message of ours that changes as things move on, edited only when it changed.

The token of an interaction lives 15 minutes, so it is used while it is young; later, and after
a restart, the message is edited in its channel by id. When it cannot be edited at all, the last
word is said in a new message.
"""

from __future__ import annotations

import asyncio
import logging
from time import monotonic

import discord

from bot.background import Background
from bot.results.delivery import shortened

log = logging.getLogger(__name__)

MAX_CONTENT = 1_900
"""Characters: Discord takes 2,000, and a mention may come before them."""

QUIET = discord.AllowedMentions.none()


def calling(user_id: int) -> discord.AllowedMentions:
    """Notifies this person and nobody else."""
    return discord.AllowedMentions(
        everyone=False, roles=False, users=[discord.Object(user_id)], replied_user=False
    )


class Reply:
    """The answer to a command of `user_id`, or what an earlier run left of it.

    `message_id` None means that nothing can be edited once the interaction is too old: an
    answer that only one person sees is in no channel.
    `quiet`: when it cannot be edited, nothing is said in the channel either.
    `view` is below it until the last word is said.
    `pause` is the least time in seconds between two edits of the same message.
    """

    def __init__(
        self,
        *,
        client: discord.Client,
        background: Background,
        channel_id: int,
        user_id: int,
        message_id: int | None,
        interaction: discord.Interaction | None = None,
        view: discord.ui.View | None = None,
        quiet: bool = False,
        pause: float = 1.0,
    ) -> None:
        self._background = background
        self._channel = client.get_partial_messageable(channel_id)
        self._user_id = user_id
        self._message_id = message_id
        self._interaction = interaction
        self._view = view
        self._quiet = quiet
        self._pause = pause
        self._wanted: str | None = None
        self._shown: tuple[str, discord.ui.View | None] | None = None
        self._edited_at = -pause
        self._editing: asyncio.Task[None] | None = None

    def say(self, text: str) -> None:
        """Show this soon, unless something newer comes first."""
        self._wanted = shortened(text, MAX_CONTENT)
        if self._editing is None or self._editing.done():
            self._editing = self._background.start(self._catch_up(), name="edit status")

    async def show(self, text: str) -> None:
        """Show this before going on. Never raises."""
        await self._stop_editing()
        self._wanted = text = shortened(text, MAX_CONTENT)
        await self._show(text)

    async def finish(self, text: str) -> bool:
        """Show this now, and for good. Never raises: there is nobody left to tell.

        Returns:
            Whether it had to be said in a new message, which notifies the person.
        """
        await self._stop_editing()
        self._view = None
        self._wanted = text = shortened(text, MAX_CONTENT)
        shown = await self._show(text) or self._quiet
        if not shown:
            await self.call(text, calling(self._user_id))
        return not shown

    async def delete(self) -> None:
        """Take it away, where it can be reached. Never raises."""
        await self._stop_editing()
        try:
            if self._interaction is not None and not self._interaction.is_expired():
                await self._interaction.delete_original_response()
            elif self._message_id is not None:
                await self._channel.get_partial_message(self._message_id).delete()
        except discord.NotFound:
            return
        except discord.HTTPException as error:
            log.warning("a status was not deleted: %s", error, extra={"action": "status"})

    async def _stop_editing(self) -> None:
        editing, self._editing = self._editing, None
        if editing is not None:
            editing.cancel()
            await asyncio.gather(editing, return_exceptions=True)

    async def _catch_up(self) -> None:
        while (text := self._wanted) is not None and self._shown != (text, self._view):
            early = self._edited_at + self._pause - monotonic()
            if early > 0:
                await asyncio.sleep(early)
                continue  # for what is wanted by now
            await self._show(text)

    async def _show(self, text: str) -> bool:
        if self._shown == (text, self._view):
            return True
        self._edited_at = monotonic()
        self._shown = (text, self._view)
        try:
            return await self._edit(text)
        except discord.HTTPException as error:
            log.warning("a status could not be shown: %s", error, extra={"action": "status"})
            return False

    async def _edit(self, text: str) -> bool:
        interaction = self._interaction
        if interaction is not None and not interaction.is_expired():
            try:
                await interaction.edit_original_response(
                    content=text, view=self._view, allowed_mentions=QUIET
                )
                return True
            except discord.NotFound:
                # The token ran out earlier than the clock says, or the message was deleted.
                self._interaction = None
        if self._message_id is None:
            return False
        message = self._channel.get_partial_message(self._message_id)
        await message.edit(content=text, view=self._view, allowed_mentions=QUIET)
        return True

    async def call(self, text: str, mentions: discord.AllowedMentions) -> None:
        """Say this in a new message, which can notify people. Never raises."""
        text = shortened(text, MAX_CONTENT)
        try:
            await self._channel.send(f"<@{self._user_id}>\n{text}", allowed_mentions=mentions)
        except discord.HTTPException as error:
            log.warning("nobody could be told: %s", error, extra={"action": "status"})
